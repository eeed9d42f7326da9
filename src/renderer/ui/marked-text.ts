/**
 * Marks parts of the texts that are shown below an element, without touching what shows them: the browser paints the marks
 * (CSS Custom Highlight API), and they are found anew whenever something below the element changes.
 */
import type { Attachment } from 'svelte/attachments';

export interface Marking {
  /** The elements whose texts count. */
  readonly selector: string;
  /** Another one makes it look again. */
  readonly version: number;
  readonly rangesOf: (text: string) => readonly (readonly [from: number, to: number])[];
}

const NAME = 'found';
/** Marks by the element that they are below. */
const painted = new Map<Element, readonly Range[]>();

/** null: nothing is marked. */
export function markText(marking: Marking | null): Attachment<HTMLElement> {
  return (root) => {
    if (!marking || !('highlights' in CSS)) return;
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      painted.set(
        root,
        [...root.querySelectorAll(marking.selector)].flatMap((one) => marksIn(one, marking)),
      );
      show();
    };
    const schedule = (): void => {
      frame ||= requestAnimationFrame(paint);
    };
    const observer = new MutationObserver(schedule);
    observer.observe(root, { subtree: true, childList: true, characterData: true });
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      painted.delete(root);
      show();
    };
  };
}

function show(): void {
  const ranges = [...painted.values()].flat();
  if (ranges.length > 0) CSS.highlights.set(NAME, new Highlight(...ranges));
  else CSS.highlights.delete(NAME);
}

function marksIn(element: Element, { rangesOf }: Marking): readonly Range[] {
  const text = element.textContent ?? '';
  return rangesOf(text).flatMap(([from, to]) => {
    const start = placeOf(element, from);
    const end = placeOf(element, to);
    if (!start || !end) return [];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return [range];
  });
}

/** Where the character number `at` of an element's text stands. */
function placeOf(element: Element, at: number): { readonly node: Node; readonly offset: number } | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (at <= before + length) return { node, offset: at - before };
    before += length;
  }
  return null;
}
