/** Bringing places of a text into sight, and staying at its end while it grows. */
import type { Attachment } from 'svelte/attachments';

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

/**
 * Keeps a scroller at its end while its content grows, until the reader goes up; back at the end it stays there again. What
 * the reader does is told from keys, wheel and pointer: positions also change by themselves when text is laid out.
 */
export function followEnd(fromTheStart: boolean): Attachment<HTMLElement> {
  return (scroller) => {
    let following = fromTheStart;
    const isAtEnd = () => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - END_PX;
    const leave = () => (following = false);
    const wheel = (event: WheelEvent) => {
      if (event.deltaY < 0) leave();
    };
    const key = (event: KeyboardEvent) => {
      if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) leave();
    };
    const scrolled = () => {
      if (isAtEnd()) following = true;
    };
    scroller.addEventListener('wheel', wheel, { passive: true });
    scroller.addEventListener('keydown', key);
    scroller.addEventListener('pointerdown', leave);
    scroller.addEventListener('scroll', scrolled, { passive: true });
    const content = scroller.firstElementChild;
    const observer =
      typeof ResizeObserver === 'undefined'
        ? null
        : new ResizeObserver(() => {
            if (following) scroller.scrollTop = scroller.scrollHeight;
          });
    if (content) observer?.observe(content);
    return () => {
      observer?.disconnect();
      scroller.removeEventListener('wheel', wheel);
      scroller.removeEventListener('keydown', key);
      scroller.removeEventListener('pointerdown', leave);
      scroller.removeEventListener('scroll', scrolled);
    };
  };
}
