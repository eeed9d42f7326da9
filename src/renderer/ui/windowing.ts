/**
 * Which rows of a long list are in view. Rows have one fixed height, so everything is arithmetic. Browsers cap the height of
 * an element, so a list that would be higher lives in a lower scroll space: near both ends a scrolled pixel is a pixel of the
 * list, in between it stands for several. `top` is always in pixels of the list, `scrollTop` in pixels of the scroll space.
 */

export interface ListMeasures {
  readonly rowHeight: number;
  readonly rowCount: number;
  readonly viewportHeight: number;
}

/** Half-open range of rows. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Chromium 114 to 156 cap an element at 33,554,428 device pixels; a quarter of that leaves room for zoom and dense screens up
 * to four device pixels a pixel.
 */
export const MAX_SCROLL_HEIGHT = 8_388_000;

/** Within this distance of either end, one pixel scrolled is one pixel of the list. */
const EXACT_ZONE = 200_000;

export function listHeight(list: ListMeasures): number {
  return list.rowHeight * list.rowCount;
}

export function scrollHeight(list: ListMeasures): number {
  return Math.min(listHeight(list), MAX_SCROLL_HEIGHT);
}

export function isCompressed(list: ListMeasures): boolean {
  return listHeight(list) > MAX_SCROLL_HEIGHT;
}

/** The largest `top`: the last row stands at the bottom of the viewport. */
export function maxTop(list: ListMeasures): number {
  return Math.max(0, listHeight(list) - list.viewportHeight);
}

export function clampTop(top: number, list: ListMeasures): number {
  return Math.min(Math.max(0, top), maxTop(list));
}

/** What stands between the two exact zones, in both spaces. */
function middle(list: ListMeasures): { scroll: number; list: number } {
  const scrollMax = Math.max(0, scrollHeight(list) - list.viewportHeight);
  return { scroll: scrollMax - 2 * EXACT_ZONE, list: maxTop(list) - 2 * EXACT_ZONE };
}

/** The list's position for a scrollbar's position. Monotone, continuous, exact at and near both ends. */
export function topOf(scrollTop: number, list: ListMeasures): number {
  if (!isCompressed(list)) return clampTop(scrollTop, list);
  const between = middle(list);
  const inside = scrollTop - EXACT_ZONE;
  if (inside <= 0) return clampTop(scrollTop, list);
  if (inside < between.scroll) return EXACT_ZONE + (inside * between.list) / between.scroll;
  return clampTop(EXACT_ZONE + between.list + (inside - between.scroll), list);
}

/** The scrollbar's position for a position of the list: the inverse of `topOf`. */
export function scrollTopOf(top: number, list: ListMeasures): number {
  const clamped = clampTop(top, list);
  if (!isCompressed(list)) return clamped;
  const between = middle(list);
  const inside = clamped - EXACT_ZONE;
  if (inside <= 0) return clamped;
  if (inside < between.list) return EXACT_ZONE + (inside * between.scroll) / between.list;
  return EXACT_ZONE + between.scroll + (inside - between.list);
}

/**
 * Rows to keep in the document. The range moves in steps of `step` rows, so that scrolling a little changes no row at all and
 * the browser only moves what it has drawn.
 */
export function rowsAround(top: number, list: ListMeasures, step = 8): RowRange {
  const visible = Math.ceil(list.viewportHeight / list.rowHeight) + 1;
  const size = Math.min(list.rowCount, visible + 2 * step);
  const wanted = Math.floor(top / list.rowHeight / step) * step - Math.floor(step / 2);
  const first = Math.max(0, Math.min(wanted, list.rowCount - size));
  return { first, end: first + size };
}

/** Rows of which at least a pixel is in view. */
export function rowsInView(top: number, list: ListMeasures): RowRange {
  const first = Math.min(list.rowCount, Math.floor(top / list.rowHeight));
  const end = Math.min(list.rowCount, Math.ceil((top + list.viewportHeight) / list.rowHeight));
  return { first, end: Math.max(first, end) };
}

/** Rows that fit whole: how far a page key moves. */
export function pageRows(list: ListMeasures): number {
  return Math.max(1, Math.floor(list.viewportHeight / list.rowHeight) - 1);
}

/** The nearest position at which row `index` is in view as a whole. */
export function topShowing(index: number, top: number, list: ListMeasures): number {
  const start = index * list.rowHeight;
  const end = start + list.rowHeight;
  if (start < top) return clampTop(start, list);
  if (end > top + list.viewportHeight) return clampTop(end - list.viewportHeight, list);
  return clampTop(top, list);
}

/** The position at which row `index` stands in the middle. */
export function topCentring(index: number, list: ListMeasures): number {
  return clampTop(Math.round((index + 0.5) * list.rowHeight - list.viewportHeight / 2), list);
}

/** Where a key takes the cursor, clamped to the list; null for other keys. Without a cursor the keys begin at what is in view. */
export function rowForKey(
  key: string,
  cursor: number | null,
  top: number,
  list: ListMeasures,
): number | null {
  const inView = rowsInView(top, list);
  const step = stepOf(key, pageRows(list));
  if (step === null) return null;
  const from = cursor ?? (step < 0 ? inView.end : inView.first - 1);
  return Math.max(0, Math.min(list.rowCount - 1, from + step));
}

function stepOf(key: string, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return 1;
    case 'ArrowUp':
    case 'k':
    case 'K':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return null;
  }
}
