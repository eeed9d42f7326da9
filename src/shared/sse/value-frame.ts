/**
 * What a frame of a body that is no event stream means: which kind it is, and the type and data of its event. Capture asks when
 * the frame ends, everybody else when somebody looks; the bytes say the same both times.
 *
 * Types: `line` (NDJSON), `item` (JSON text sequence, JSON array), `text`; of AWS messages the header `:event-type`, else
 * `:exception-type` or `:error-code`.
 */
import { assertNever } from '../base/assert.ts';
import { headerOf, readMessage } from './aws-message.ts';
import type { ByteText } from './byte-text.ts';
import type { CutEnd } from './frame-cutter.ts';
import type { Framing } from './framing.ts';
import { isJsonSpace } from './json-scan.ts';
import { FRAME_FLAGS, type FrameKind } from './types.ts';

export type ValueFraming = Exclude<Framing, 'sse'>;

export interface ValueEvent {
  readonly type: string;
  readonly data: string;
}

/** Places of the data in a frame's bytes. */
interface DataRange {
  readonly from: number;
  readonly to: number;
}

const SEPARATOR = 0x1e;
const COMMA = 0x2c;
const BOM_BYTES = 3;

/** The kind of a frame that was just cut. */
export function valueKind(
  framing: ValueFraming,
  end: CutEnd,
  bytes: Uint8Array,
  flags: number,
  byteText: ByteText,
): FrameKind {
  switch (end) {
    case 'whole':
      return framing === 'ndjson' && isBlank(framing, bytes, flags, byteText) ? 'blank' : 'event';
    case 'tail':
      // A last line needs no line end, but if it is not JSON it is most likely cut off.
      if (framing === 'text') return 'event';
      if (framing !== 'ndjson') return 'incomplete';
      if (isBlank(framing, bytes, flags, byteText)) return 'blank';
      return isJson(valueData(framing, bytes, 0, bytes.length, flags, byteText)) ? 'event' : 'incomplete';
    case 'between':
      return 'blank';
    case 'stray':
      return 'unknown';
    case 'broken':
      return 'incomplete';
    case 'cap':
      return 'oversize';
    default:
      return assertNever(end, 'end of a frame');
  }
}

/** The event in the bytes from `start` to `end` of a frame of kind `event`; they may be its beginning only. */
export function valueEvent(
  framing: ValueFraming,
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
  byteText: ByteText,
): ValueEvent {
  if (framing !== 'aws-event-stream') {
    return { type: TYPES[framing], data: valueData(framing, bytes, start, end, flags, byteText) };
  }
  const message = readMessage(bytes, start, end, byteText);
  const code = headerOf(message, ':error-code');
  const type = headerOf(message, ':event-type') ?? headerOf(message, ':exception-type') ?? code;
  // An unmodelled error has its sentence in a header and no payload.
  const sentence = code === null ? null : headerOf(message, ':error-message');
  const data = sentence ?? byteText.utf8(bytes, message.payloadStart, message.payloadEnd);
  return { type: type ?? 'message', data };
}

const TYPES: Readonly<Record<Exclude<ValueFraming, 'aws-event-stream'>, string>> = {
  ndjson: 'line',
  'json-seq': 'item',
  'json-array': 'item',
  text: 'text',
};

/** Whether the data, and nothing else, is ASCII; the envelope of binary messages is not. */
export function isAsciiData(framing: ValueFraming, bytes: Uint8Array, byteText: ByteText): boolean {
  if (framing !== 'aws-event-stream') return byteText.isAscii(bytes, 0, bytes.length);
  const { payloadStart, payloadEnd } = readMessage(bytes, 0, bytes.length, byteText);
  return byteText.isAscii(bytes, payloadStart, payloadEnd);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isBlank(framing: ValueFraming, bytes: Uint8Array, flags: number, byteText: ByteText): boolean {
  // Nearly every line begins with something else, and is not decoded for this.
  if (bytes.length > 0 && !isJsonSpace(bytes[0] as number) && !(flags & FRAME_FLAGS.bom)) return false;
  return valueData(framing, bytes, 0, bytes.length, flags, byteText) === '';
}

function valueData(
  framing: ValueFraming,
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
  byteText: ByteText,
): string {
  const from = start + (flags & FRAME_FLAGS.bom ? BOM_BYTES : 0);
  const range =
    framing === 'text' ? lineRange(bytes, from, end) : jsonRange(framing, bytes, from, end, flags);
  return byteText.utf8(bytes, range.from, range.to);
}

/** Without its LF or CRLF. */
function lineRange(bytes: Uint8Array, from: number, end: number): DataRange {
  let to = end;
  if (to > from && bytes[to - 1] === 0x0a) {
    to -= 1;
    if (to > from && bytes[to - 1] === 0x0d) to -= 1;
  }
  return { from, to };
}

/** Without white space, and without what stands in front of a value. */
function jsonRange(
  framing: ValueFraming,
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
): DataRange {
  let from = start;
  let to = end;
  let bracketAhead = (flags & FRAME_FLAGS.opensArray) !== 0;
  for (; from < to; from += 1) {
    const byte = bytes[from] as number;
    if (isJsonSpace(byte)) continue;
    if (framing === 'json-seq' && byte === SEPARATOR) continue;
    if (framing !== 'json-array') break;
    if (byte === 0x5d || byte === COMMA) continue;
    if (byte !== 0x5b || !bracketAhead) break;
    bracketAhead = false;
  }
  while (to > from && isJsonSpace(bytes[to - 1] as number)) to -= 1;
  return { from, to };
}
