/** What wheel and pointer mean on the timeline: zoom, pan, range, click. Places are pixels of the element. */
import type { Attachment } from 'svelte/attachments';

export interface Gestures {
  readonly onPan: (pixels: number) => void;
  readonly onZoom: (x: number, factor: number) => void;
  readonly onClick: (x: number, y: number) => void;
  /** Shift-drag; `done` when the button was released. */
  readonly onRange: (from: number, to: number, done: boolean) => void;
  readonly onMove: (x: number, y: number) => void;
  readonly onLeave: () => void;
}

/** Less is a click with an unsteady hand. */
const DRAG_FROM = 4;

/** A wheel notch of 100 zooms by a quarter. */
const ZOOM_A_PIXEL = Math.log(1.25) / 100;

export function createPointer(gestures: Gestures): Attachment<HTMLElement> {
  return (element) => {
    let drag: {
      readonly x: number;
      readonly y: number;
      last: number;
      moved: boolean;
      readonly range: boolean;
    } | null = null;

    function place(event: MouseEvent): { x: number; y: number } {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    function down(event: PointerEvent): void {
      if (event.button !== 0) return;
      const { x, y } = place(event);
      element.setPointerCapture(event.pointerId);
      drag = { x, y, last: x, moved: false, range: event.shiftKey };
    }

    function move(event: PointerEvent): void {
      const { x, y } = place(event);
      gestures.onMove(x, y);
      if (!drag) return;
      if (!drag.moved && Math.abs(x - drag.x) < DRAG_FROM) return;
      drag.moved = true;
      if (drag.range) gestures.onRange(drag.x, x, false);
      else gestures.onPan(drag.last - x);
      drag.last = x;
    }

    function up(event: PointerEvent): void {
      if (!drag) return;
      const { x, y } = place(event);
      const { moved, range, x: from } = drag;
      drag = null;
      if (!moved) gestures.onClick(x, y);
      else if (range) gestures.onRange(from, x, true);
    }

    function wheel(event: WheelEvent): void {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 100 : 1;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) gestures.onPan(sideways * unit);
      else gestures.onZoom(place(event).x, Math.exp(-event.deltaY * unit * ZOOM_A_PIXEL));
    }

    function leave(): void {
      if (!drag) gestures.onLeave();
    }

    function lost(): void {
      drag = null;
    }

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', lost);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', lost);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', wheel);
    };
  };
}
