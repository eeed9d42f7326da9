/** Bringing places of a text into sight, and staying at its end while it grows. */

const MARGIN_PX = 24;
/** So near to the end counts as the end. */
const END_PX = 24;

/** Scrolls the nearest scroller of `within` as little as possible so that the range can be seen. */
export function bringIntoView(within: HTMLElement, range: Range): void {
  const scroller = within.closest<HTMLElement>('[data-scroller]');
  // Not known where nothing is laid out, as in tests without a window.
  if (!scroller || typeof range.getBoundingClientRect !== 'function') return;
  const box = range.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  if (box.top < view.top + MARGIN_PX) scroller.scrollTop -= view.top + MARGIN_PX - box.top;
  else if (box.bottom > view.bottom - MARGIN_PX) scroller.scrollTop += box.bottom - view.bottom + MARGIN_PX;
}

export function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - END_PX;
}
