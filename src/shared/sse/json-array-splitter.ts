/**
 * Cuts a JSON array into its items, each whole as soon as its last byte is there; the brackets, commas and white space in front
 * of an item belong to its frame. JSON texts that follow each other without an array are items as well, so one JSON document is
 * one item.
 */
import { createFrameCutter, type ByteSplitter, type OnCut } from './frame-cutter.ts';
import { createJsonScan, delimitsItself, isJsonSpace } from './json-scan.ts';
import { FRAME_FLAGS } from './types.ts';

const LF = 10;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const BOM: readonly number[] = [0xef, 0xbb, 0xbf];

export function createJsonArraySplitter(maxFrameBytes: number, onCut: OnCut): ByteSplitter {
  const cutter = createFrameCutter(maxFrameBytes, onCut);
  const scan = createJsonScan();
  /** `value` delimits itself, `word` ends where something else begins, `stray` at a line end. */
  let where: 'between' | 'value' | 'word' | 'stray' = 'between';
  let inArray = false;
  let opened = false;
  /** Bytes of a BOM seen at the start of the body; -1 when that is settled. */
  let bomBytes = 0;

  function cut(to: number, how: 'whole' | 'stray'): void {
    where = 'between';
    cutter.cut(to, how);
    opened = false;
  }

  /** Takes one byte that is in no value. */
  function takeBetween(byte: number): void {
    if (bomBytes >= 0 && byte === BOM[bomBytes]) {
      bomBytes = bomBytes === 2 ? -1 : bomBytes + 1;
      return;
    }
    bomBytes = -1;
    if (isJsonSpace(byte)) return;
    if (inArray && byte === COMMA) return;
    if (inArray && byte === CLOSE) inArray = false;
    else if (!inArray && byte === OPEN) inArray = opened = true;
    else if (delimitsItself(byte)) {
      scan.start(byte);
      where = 'value';
    } else {
      where = isWord(byte) ? 'word' : 'stray';
    }
  }

  return {
    get flags() {
      return opened ? FRAME_FLAGS.opensArray : 0;
    },
    get openBytes() {
      return cutter.openBytes;
    },
    begin() {
      cutter.begin();
      where = 'between';
      inArray = opened = false;
      bomBytes = 0;
    },
    push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        const byte = bytes[at] as number;
        if (where === 'value') {
          const end = scan.follow(bytes, at);
          at = end === -1 ? bytes.length : end;
          if (end !== -1) cut(end, 'whole');
          continue;
        }
        // What ends a word is read again: it may begin the next value.
        if (where === 'word' && !isWord(byte)) {
          cut(at, 'whole');
          continue;
        }
        at += 1;
        if (where === 'between') takeBetween(byte);
        if (where === 'stray' && byte === LF) cut(at, 'stray');
      }
      cutter.endRead(bytes.length);
    },
    end() {
      if (cutter.openBytes === 0) return;
      if (where === 'between') cutter.cut(0, 'between');
      else if (where === 'word') cutter.cut(0, inArray ? 'tail' : 'whole');
      else cutter.cut(0, where === 'stray' ? 'stray' : 'tail');
    },
  };
}

/** Bytes of numbers, true, false and null, and of what looks like them. */
function isWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e
  );
}
