/** A frame into a fold: which frames completions are rebuilt from is said here alone, for the window, exports and the CLI. */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { FrameKind } from '../sse/types.ts';
import type { CompletionFold } from './fold.ts';

/** Longer frames without an event are not searched for an error: what is said there is a sentence, not a body. */
export const MAX_UNFRAMED_BYTES = 64 * 1024;

export interface FrameToFold {
  readonly kind: FrameKind;
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  readonly attempt: number;
  /** Bytes of the frame. */
  readonly length: number;
  /** Asked for when it is an event. */
  readonly event: () => { readonly type: string; readonly data: string } | null;
  /** Asked for when it is not. */
  readonly bytes: () => Uint8Array;
}

export function foldFrame(fold: CompletionFold, frame: FrameToFold, byteText: ByteText): void {
  const { kind, seq, atMs, attempt } = frame;
  if (kind === 'event') {
    const event = frame.event();
    if (event) fold.push({ type: event.type, data: event.data, seq, atMs, attempt });
  } else if ((kind === 'unknown' || kind === 'incomplete') && frame.length <= MAX_UNFRAMED_BYTES) {
    const bytes = frame.bytes();
    fold.pushUnframed({ text: byteText.utf8(bytes, 0, bytes.length), seq, atMs, attempt });
  }
}
