/** Events that are held back until there are enough of them to change places. They come when the last of them is due. */
import type { SourceFrame } from '../replay/source-frame.ts';
import { shuffledAt } from './chance.ts';

export interface Reordering {
  readonly isHolding: boolean;
  /** From this event on, so many are held back; nothing when some are already. */
  begin(fault: number, events: number, shuffle: boolean): void;
  hold(frame: SourceFrame): void;
  readonly isFull: boolean;
  /** What was held back, in its new order; nothing is held after that. */
  release(nextRead: () => number): SourceFrame[];
}

export function createReordering(seed: number, attempt: number): Reordering {
  let held: SourceFrame[] = [];
  let wanted = 0;
  let fault = 0;
  let shuffles = true;
  return {
    get isHolding() {
      return wanted > 0;
    },
    get isFull() {
      return wanted > 0 && held.length >= wanted;
    },
    begin(which, events, shuffle) {
      if (wanted > 0) return;
      wanted = events;
      fault = which;
      shuffles = shuffle;
    },
    hold: (frame) => void held.push(frame),
    release(nextRead) {
      const frames = held;
      const order = shuffles
        ? shuffledAt(frames.length, seed, fault, attempt, frames[0]?.seq ?? 0)
        : frames.map((_, at) => frames.length - 1 - at);
      held = [];
      wanted = 0;
      const atMs = frames.at(-1)?.segments.at(-1)?.atMs ?? 0;
      return order.map((from) => {
        const frame = frames[from] as SourceFrame;
        const read = nextRead();
        return { ...frame, segments: frame.segments.map(({ bytes }) => ({ bytes, atMs, read })) };
      });
    },
  };
}
