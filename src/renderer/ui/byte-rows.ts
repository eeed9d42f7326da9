/**
 * Bytes as rows of text that hide nothing: broken at line ends and at a width, with line ends, controls and bytes that are not
 * UTF-8 as symbols. Rows are found for all bytes at once (an integer each); what a row shows is worked out when it is drawn.
 */
import { isHiddenChar } from './visible-text.ts';

export interface ByteToken {
  /** `name`: a field name of the event-stream format; `eol`, `control`, `bad`: a symbol that stands for the bytes. */
  readonly kind: 'text' | 'name' | 'eol' | 'control' | 'bad';
  readonly text: string;
  /** First byte, in the given bytes. */
  readonly at: number;
  readonly length: number;
}

const CR = 13;
const LF = 10;

/** Names of U+0000 to U+001F, as symbols. */
const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

const FIELD_NAMES: ReadonlySet<string> = new Set(['data', 'event', 'id', 'retry', '']);
const MAX_NAME_BYTES = 64;

/** Bytes of the UTF-8 character at `at` (Unicode 15, table 3-7); 0 when there is none. */
export function characterBytes(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > end) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Bytes of the line end at `at`, 0 when there is none there. */
export function lineEndBytes(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at];
  if (byte === LF) return 1;
  if (byte !== CR) return 0;
  return at + 1 < end && bytes[at + 1] === LF ? 2 : 1;
}

/** Whether a line begins at `at`; the first byte counts as one. */
export function beginsLine(bytes: Uint8Array, at: number): boolean {
  if (at <= 0) return true;
  const before = bytes[at - 1];
  return before === LF || (before === CR && bytes[at] !== LF);
}

/** Where rows of at most `columns` cells begin, from `from` to `to`; a row ends after its line end. Ascending, never empty rows. */
export function rowStarts(bytes: Uint8Array, columns: number, from = 0, to = bytes.length): Uint32Array {
  let starts = new Uint32Array(256);
  let count = 0;
  let at = from;
  while (at < to) {
    if (count === starts.length) {
      const grown = new Uint32Array(starts.length * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[count] = at;
    count += 1;
    at = rowEnd(bytes, at, to, columns);
  }
  return starts.slice(0, count);
}

function rowEnd(bytes: Uint8Array, start: number, to: number, columns: number): number {
  let cells = 0;
  let at = start;
  while (at < to) {
    const byte = bytes[at] ?? 0;
    const eol = lineEndBytes(bytes, at, to);
    if (eol > 0) return at + eol;
    let length = 1;
    let width = 1;
    if (byte < 0x20 || byte === 0x7f) width = 4;
    else if (byte >= 0x80) {
      length = characterBytes(bytes, at, to);
      // Narrow scripts have at most two bytes a character; symbols for what is hidden take up to seven cells.
      width = length === 0 ? 3 : length === 2 ? 1 : 2;
      if (length === 3 && (byte === 0xe2 || byte === 0xef)) width = 7;
      if (length === 2 && byte === 0xc2) width = 5;
      length = Math.max(1, length);
    }
    if (cells + width > columns && at > start) return at;
    cells += width;
    at += length;
  }
  return to;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a row shows. */
export function tokensOf(bytes: Uint8Array, start: number, end: number): ByteToken[] {
  const tokens: ByteToken[] = [];
  let textStart = start;
  const flush = (to: number): void => {
    if (to > textStart)
      tokens.push({
        kind: 'text',
        text: decoder.decode(bytes.subarray(textStart, to)),
        at: textStart,
        length: to - textStart,
      });
  };
  const symbol = (kind: ByteToken['kind'], text: string, at: number, length: number): number => {
    flush(at);
    tokens.push({ kind, text, at, length });
    textStart = at + length;
    return textStart;
  };

  let at = start;
  if (beginsLine(bytes, start)) {
    const name = nameBytes(bytes, start, end);
    if (name > 0) at = symbol('name', decoder.decode(bytes.subarray(start, start + name)), start, name);
  }
  while (at < end) {
    const byte = bytes[at] ?? 0;
    const eol = lineEndBytes(bytes, at, end);
    if (eol > 0) {
      at = symbol('eol', eol === 2 ? 'CRLF' : byte === CR ? 'CR' : 'LF', at, eol);
    } else if (byte < 0x20 || byte === 0x7f) {
      at = symbol('control', CONTROLS[byte] ?? 'DEL', at, 1);
    } else if (byte < 0x80) {
      at += 1;
    } else {
      const length = characterBytes(bytes, at, end);
      if (length === 0) at = symbol('bad', hexByte(byte), at, 1);
      else {
        const char = decoder.decode(bytes.subarray(at, at + length));
        if (isHiddenChar(char)) at = symbol('control', nameOfHidden(char), at, length);
        else at += length;
      }
    }
  }
  flush(end);
  return tokens;
}

function nameOfHidden(char: string): string {
  if (char === '\ufeff') return 'BOM';
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Bytes up to and with the colon (and the one space) of a field name that the standard knows; 0 for other lines. */
function nameBytes(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const limit = Math.min(end, start + MAX_NAME_BYTES);
  while (at < limit && bytes[at] !== 0x3a && bytes[at] !== CR && bytes[at] !== LF) at += 1;
  if (!FIELD_NAMES.has(decoder.decode(bytes.subarray(start, at)))) return 0;
  if (bytes[at] !== 0x3a || at >= end) return at - start;
  return bytes[at + 1] === 0x20 && at + 1 < end ? at + 2 - start : at + 1 - start;
}

/** `at`, or the first byte of the character that it is inside of: where a mark can be drawn in text. */
export function startOfCharacter(bytes: Uint8Array, at: number): number {
  for (let back = 1; back <= 3 && back <= at; back += 1)
    if (characterBytes(bytes, at - back, bytes.length) > back) return at - back;
  return at;
}

export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** The last of ascending `starts` that is not above `at`, by its position; 0 when all are above. */
export function rowOfByte(starts: Uint32Array, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
