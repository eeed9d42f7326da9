/**
 * Cuts a JSON text sequence into its texts (RFC 7464): each begins with a record separator and ends at the line feed behind it.
 * A text that the next separator cuts off is broken, and reading goes on behind it. Texts without a separator are read too.
 */
import { createFrameCutter, type ByteSplitter, type OnCut } from './frame-cutter.ts';
import { createJsonScan, delimitsItself, isJsonSpace } from './json-scan.ts';

const LF = 10;
const SEPARATOR = 0x1e;

export function createJsonSeqSplitter(maxFrameBytes: number, onCut: OnCut): ByteSplitter {
  const cutter = createFrameCutter(maxFrameBytes, onCut);
  const scan = createJsonScan();
  /** `value` delimits itself; `word` ends at white space; `complete`: only the LF is missing. */
  let where: 'between' | 'value' | 'word' | 'complete' = 'between';
  let hasSeparator = false;

  function cut(to: number, how: 'whole' | 'broken' | 'between' | 'tail'): void {
    where = 'between';
    hasSeparator = false;
    cutter.cut(to, how);
  }

  /** A separator at `at`: it is never part of a JSON text. */
  function takeSeparator(at: number): void {
    if (where === 'complete') cut(at, 'whole');
    else if (where !== 'between') cut(at, 'broken');
    hasSeparator = true;
  }

  function take(byte: number): void {
    if (isJsonSpace(byte) || where !== 'between') return;
    if (delimitsItself(byte)) scan.start(byte);
    where = delimitsItself(byte) ? 'value' : 'word';
  }

  /** Follows a value to its end or to a separator, and returns where to go on. */
  function follow(bytes: Uint8Array, at: number, nextSeparator: number): number {
    const part = nextSeparator === -1 ? bytes : bytes.subarray(0, nextSeparator);
    const end = scan.follow(part, at);
    if (end === -1) return part.length;
    where = 'complete';
    return end;
  }

  return {
    flags: 0,
    get openBytes() {
      return cutter.openBytes;
    },
    begin() {
      cutter.begin();
      where = 'between';
      hasSeparator = false;
    },
    push(bytes) {
      let at = 0;
      let nextSeparator = bytes.indexOf(SEPARATOR);
      while (at < bytes.length) {
        if (nextSeparator !== -1 && nextSeparator < at) nextSeparator = bytes.indexOf(SEPARATOR, at);
        if (at === nextSeparator) {
          takeSeparator(at);
          at += 1;
        } else if (where === 'value') {
          at = follow(bytes, at, nextSeparator);
        } else {
          const byte = bytes[at] as number;
          take(byte);
          at += 1;
          if (byte === LF && (where === 'word' || where === 'complete')) cut(at, 'whole');
        }
      }
      cutter.endRead(bytes.length);
    },
    end() {
      if (cutter.openBytes === 0) return;
      // A number or a word may have been longer: only white space behind it says that it was not (RFC 7464, 2.4).
      if (where === 'complete') cut(0, 'whole');
      else cut(0, where === 'between' && !hasSeparator ? 'between' : 'tail');
    },
  };
}
