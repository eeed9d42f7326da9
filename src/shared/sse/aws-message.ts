/**
 * One message of an AWS event stream: total length, length of the headers, checksum of these eight bytes, headers, payload,
 * checksum of everything before. Numbers are big-endian. Layout: the "event stream encoding" of Amazon Transcribe's and
 * Bedrock's developer guides, and the source of @smithy/eventstream-codec.
 */
import type { ByteText } from './byte-text.ts';
import { crc32 } from './crc32.ts';

export const PRELUDE_BYTES = 12;
/** The prelude and the checksum at the end. */
export const SMALLEST_MESSAGE = 16;
/** What the format allows: 16 MiB of payload, 128 KiB of headers. */
export const LARGEST_MESSAGE = 16 * 1024 * 1024 + 128 * 1024 + SMALLEST_MESSAGE;

export interface AwsHeader {
  readonly name: string;
  /** As text; bytes and UUIDs in hexadecimal, timestamps as ISO 8601. */
  readonly value: string;
}

export interface AwsMessage {
  readonly headers: readonly AwsHeader[];
  /** Places of the payload in the bytes that were read; `payloadEnd` may lie behind them when only the beginning was at hand. */
  readonly payloadStart: number;
  readonly payloadEnd: number;
}

/** The length that a prelude tells, or -1 when it cannot be one: its numbers or its checksum are wrong. */
export function messageLength(prelude: Uint8Array, at: number): number {
  const view = new DataView(prelude.buffer, prelude.byteOffset + at, PRELUDE_BYTES);
  const total = view.getUint32(0);
  const headers = view.getUint32(4);
  if (total < SMALLEST_MESSAGE || total > LARGEST_MESSAGE || headers > total - SMALLEST_MESSAGE) return -1;
  return view.getUint32(8) === crc32(prelude, at, at + 8) ? total : -1;
}

/** Whether the checksum at the end of a whole message fits it. */
export function isIntact(message: Uint8Array): boolean {
  if (message.length < SMALLEST_MESSAGE) return false;
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  return view.getUint32(message.length - 4) === crc32(message, 0, message.length - 4);
}

/** Reads the message that begins at `start`. Headers that are cut off or of an unknown type end the list. */
export function readMessage(bytes: Uint8Array, start: number, end: number, byteText: ByteText): AwsMessage {
  if (end - start < PRELUDE_BYTES) return { headers: [], payloadStart: end, payloadEnd: end };
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  const payloadStart = start + PRELUDE_BYTES + view.getUint32(start + 4);
  const payloadEnd = Math.max(payloadStart, start + view.getUint32(start) - 4);
  const headers = readHeaders(view, bytes, start + PRELUDE_BYTES, Math.min(payloadStart, end), byteText);
  return { headers, payloadStart: Math.min(payloadStart, end), payloadEnd: Math.min(payloadEnd, end) };
}

export function headerOf(message: AwsMessage, name: string): string | null {
  return message.headers.find((header) => header.name === name)?.value ?? null;
}

function readHeaders(
  view: DataView,
  bytes: Uint8Array,
  start: number,
  end: number,
  byteText: ByteText,
): readonly AwsHeader[] {
  const headers: AwsHeader[] = [];
  let at = start;
  while (at < end) {
    const nameEnd = at + 1 + view.getUint8(at);
    if (nameEnd >= end) break;
    const value = readValue(view, bytes, nameEnd, end, byteText);
    if (!value) break;
    headers.push({ name: byteText.utf8(bytes, at + 1, nameEnd), value: value.text });
    at = value.end;
  }
  return headers;
}

/** The types of header values, by their number: how many bytes follow, where that is fixed. */
const FIXED_BYTES: readonly (number | null)[] = [0, 0, 1, 2, 4, 8, null, null, 8, 16];

function readValue(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  end: number,
  byteText: ByteText,
): { readonly text: string; readonly end: number } | null {
  const type = view.getUint8(at);
  const fixed = FIXED_BYTES[type];
  if (fixed === undefined || (fixed === null && at + 3 > end)) return null;
  const start = at + (fixed === null ? 3 : 1);
  const stop = start + (fixed ?? view.getUint16(at + 1));
  if (stop > end) return null;
  const text = (): string => {
    switch (type) {
      case 0:
        return 'true';
      case 1:
        return 'false';
      case 2:
        return String(view.getInt8(start));
      case 3:
        return String(view.getInt16(start));
      case 4:
        return String(view.getInt32(start));
      case 5:
        return String(view.getBigInt64(start));
      case 7:
        return byteText.utf8(bytes, start, stop);
      case 8:
        return timeText(Number(view.getBigInt64(start)));
      default:
        return hexText(bytes.subarray(start, stop));
    }
  };
  return { text: text(), end: stop };
}

function timeText(epochMs: number): string {
  const time = new Date(epochMs);
  return Number.isNaN(time.getTime()) ? String(epochMs) : time.toISOString();
}

function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
