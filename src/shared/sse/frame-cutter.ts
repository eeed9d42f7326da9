/**
 * The bookkeeping of a splitter of bytes: where the frame in hand began, and pieces of frames that outgrow the cap. Places are
 * relative to the read in hand, so that they stay small integers; a frame that began in an earlier read has a negative `from`.
 */

/**
 * Why a frame ended.
 * - `whole`: what it holds is complete.
 * - `between`: only what stands between values: white space, separators, brackets.
 * - `stray`: bytes that the format has no place for.
 * - `broken`: another value began before this one was complete.
 * - `tail`: the body was over before it was complete.
 * - `cap`: it outgrew the cap; this is one of its pieces.
 */
export type CutEnd = 'whole' | 'between' | 'stray' | 'broken' | 'tail' | 'cap';

export type OnCut = (from: number, to: number, end: CutEnd) => void;

/** Cuts a body that is no event stream into frames, by bytes; every byte is in exactly one frame, however the body was read. */
export interface ByteSplitter {
  /** Bytes at the end of what was pushed that are in no frame yet. */
  readonly openBytes: number;
  /** FRAME_FLAGS that the splitter knows of the frame in hand; to be asked during `onCut`. */
  readonly flags: number;
  begin(): void;
  push(bytes: Uint8Array): void;
  /** The body is over. Its last frame lies before the (empty) read in hand. */
  end(): void;
}

export interface FrameCutter {
  readonly openBytes: number;
  begin(): void;
  /** The frame in hand ends before `to`. */
  cut(to: number, end: CutEnd): void;
  /** The read in hand, of `length` bytes, is over. */
  endRead(length: number): void;
}

export function createFrameCutter(maxFrameBytes: number, onCut: OnCut): FrameCutter {
  let start = 0;
  let inPieces = false;

  /** Which bytes a piece holds depends on nothing but the body. */
  function cutPieces(to: number): void {
    while (to - start > maxFrameBytes) {
      const from = start;
      start += maxFrameBytes;
      inPieces = true;
      onCut(from, start, 'cap');
    }
  }

  return {
    get openBytes() {
      return -start;
    },
    begin() {
      start = 0;
      inPieces = false;
    },
    cut(to, end) {
      cutPieces(to);
      const from = start;
      const how = inPieces ? 'cap' : end;
      start = to;
      inPieces = false;
      onCut(from, to, how);
    },
    endRead(length) {
      cutPieces(length);
      start -= length;
    },
  };
}
