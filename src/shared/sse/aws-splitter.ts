/**
 * Cuts an AWS event stream into its messages, by the length in each prelude. A prelude whose checksum does not fit says that the
 * place is lost, and nothing in the format says where the next message begins: the rest of the body is kept as stray bytes.
 */
import { messageLength, PRELUDE_BYTES } from './aws-message.ts';
import { createFrameCutter, type ByteSplitter, type OnCut } from './frame-cutter.ts';

/** Bytes of a body that lost its place are cut into pieces of this size. */
const STRAY_BYTES = 64 * 1024;

export function createAwsSplitter(maxFrameBytes: number, onCut: OnCut): ByteSplitter {
  const cutter = createFrameCutter(maxFrameBytes, onCut);
  const prelude = new Uint8Array(PRELUDE_BYTES);
  let preludeBytes = 0;
  /** Bytes that the message in hand, or the piece of stray bytes, still needs. */
  let missing = 0;
  let lost = false;

  function takePrelude(bytes: Uint8Array, at: number): number {
    const part = bytes.subarray(at, at + PRELUDE_BYTES - preludeBytes);
    prelude.set(part, preludeBytes);
    preludeBytes += part.length;
    if (preludeBytes === PRELUDE_BYTES) {
      const length = messageLength(prelude, 0);
      lost = length === -1;
      missing = (lost ? STRAY_BYTES : length) - PRELUDE_BYTES;
    }
    return at + part.length;
  }

  function takeRest(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + missing);
    missing -= end - at;
    if (missing === 0) {
      cutter.cut(end, lost ? 'stray' : 'whole');
      if (lost) missing = STRAY_BYTES;
      else preludeBytes = 0;
    }
    return end;
  }

  return {
    flags: 0,
    get openBytes() {
      return cutter.openBytes;
    },
    begin() {
      cutter.begin();
      preludeBytes = missing = 0;
      lost = false;
    },
    push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        at = preludeBytes < PRELUDE_BYTES ? takePrelude(bytes, at) : takeRest(bytes, at);
      }
      cutter.endRead(bytes.length);
    },
    end() {
      if (cutter.openBytes > 0) cutter.cut(0, lost ? 'stray' : 'tail');
    },
  };
}
