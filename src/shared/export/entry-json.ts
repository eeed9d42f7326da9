/**
 * One entry as a JSON value: what a line of the NDJSON export, an element of the JSON export and a line of `streamscope record`
 * are made of. The keys are described in docs/formats.md and are a promise.
 */
import { base64OfBytes } from '../base/base64.ts';
import type { EpochMs } from '../base/clock.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { frameText } from '../sse/encode-frame.ts';
import { FRAME_FLAGS, type FrameKind } from '../sse/types.ts';
import type { DecodedEntry, DecodedFrame } from './decoded-entries.ts';

/** Kinds whose meaning does not say what their bytes were, so that the text itself is written. */
const TEXT_KINDS: ReadonlySet<FrameKind> = new Set(['no-data', 'unknown', 'blank', 'incomplete', 'oversize']);

const encoder = new TextEncoder();

/** `startedAt` is when the session's clock read 0. */
export function entryJson(entry: DecodedEntry, startedAt: EpochMs, byteText: ByteText): object {
  const { seq, atMs } = entry;
  const time = isoTime(startedAt + atMs);
  if (entry.what === 'journal') {
    const { kind, ...rest } = entry.entry;
    return { seq, kind, atMs, time, ...rest };
  }
  return { seq, kind: entry.kind, atMs, time, ...frameFields(entry, byteText) };
}

function frameFields(frame: DecodedFrame, byteText: ByteText): object {
  const { attempt, offset, length, kind, framing, comments, bytes } = frame;
  const isValid = isText(frame, byteText);
  const text = isValid && framing !== 'aws-event-stream' ? byteText.utf8(bytes, 0, bytes.length) : null;
  return {
    attempt,
    offset,
    length,
    ...(framing === 'sse' ? {} : { framing }),
    ...(kind === 'event' ? { type: frame.eventType, data: frame.data } : {}),
    lastEventId: frame.lastEventId,
    ...(frame.id === null ? {} : { id: frame.id }),
    ...(frame.retryMs === null ? {} : { retryMs: frame.retryMs }),
    ...(comments.length === 0 ? {} : { comments }),
    ...(text !== null && (TEXT_KINDS.has(kind) || text !== plainText(frame)) ? { text } : {}),
    ...(isValid ? {} : { bytes: base64OfBytes(bytes) }),
  };
}

/** The bytes that the other keys stand for, when nothing else is said. */
function plainText({ framing, eventType, data, id, retryMs, comments }: DecodedFrame): string | null {
  return frameText({ framing, type: eventType, data, id, retryMs, comments });
}

/** Whether what is written says all that the bytes say. Around the text of a binary message there is nothing but its envelope. */
function isText({ framing, kind, flags, data, bytes }: DecodedFrame, byteText: ByteText): boolean {
  if (framing === 'aws-event-stream' && kind === 'event') return !data.includes('\uFFFD');
  return (flags & FRAME_FLAGS.nonAscii) === 0 || isUtf8(bytes, byteText);
}

/** Whether the bytes come back from their text, which is so for valid UTF-8 alone. */
function isUtf8(bytes: Uint8Array, byteText: ByteText): boolean {
  const text = byteText.utf8(bytes, 0, bytes.length);
  if (!text.includes('\uFFFD')) return true;
  const back = encoder.encode(text);
  return back.length === bytes.length && back.every((byte, at) => byte === bytes[at]);
}

/** ISO 8601 in UTC; null for what is no time, as a damaged manifest may have it. */
function isoTime(epochMs: EpochMs): string | null {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
