/** Lines of Streamscope's own NDJSON (and what JSON and CSV make of them) back into entries. docs/formats.md has the keys. */
import { bytesOfBase64 } from '../../base/base64.ts';
import { encodeAwsMessage } from '../../sse/encode-aws-message.ts';
import { frameText, type FrameWords } from '../../sse/encode-frame.ts';
import { FRAMINGS, type Framing } from '../../sse/framing.ts';
import { FRAME_KINDS, type FrameKind } from '../../sse/types.ts';
import { CaptureError } from './capture.ts';
import type { ImportedEntry, ImportedFrame } from './entry-steps.ts';
import { amountOf, epochOf, isObject, listOf, textOf, type JsonObject } from './fields.ts';
import { isJournalKindName, journalEntryOf } from './journal-shape.ts';

/** Where a value stood, for messages. */
export type Where = { readonly line: number } | { readonly item: string };

/** Whether a value looks like one of our lines. */
export function isStreamscopeLine(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    typeof value['seq'] === 'number' &&
    typeof value['atMs'] === 'number' &&
    (isJournalKindName(value['kind']) || FRAME_KINDS.includes(value['kind'] as FrameKind))
  );
}

/** When the session's clock read 0, as a line tells it; null when it does not. */
export function startOfLine(value: unknown): number | null {
  if (!isObject(value)) return null;
  const time = epochOf(value['time']);
  const atMs = amountOf(value['atMs']);
  return time === null || atMs === null ? null : time - Math.floor(atMs);
}

const encoder = new TextEncoder();

/** Throws a CaptureError that says where. */
export function importedEntry(value: unknown, where: Where): ImportedEntry {
  if (!isObject(value)) throw new CaptureError('This is no object with the keys of an entry.', where);
  const { kind } = value;
  const atMs = amountOf(value['atMs']);
  if (atMs === null) throw new CaptureError('The entry has no time ("atMs").', where);
  if (isJournalKindName(kind)) {
    const read = journalEntryOf(value);
    if (!read.ok) throw new CaptureError(`The entry "${kind}" has ${read.problem}.`, where);
    return { what: 'journal', atMs, entry: read.entry };
  }
  if (!FRAME_KINDS.includes(kind as FrameKind))
    throw new CaptureError(
      typeof kind === 'string'
        ? `There is no entry of the kind "${kind.slice(0, 40)}". A newer version of Streamscope may have written it.`
        : 'The entry has no "kind".',
      where,
    );
  return importedFrame(value, kind as FrameKind, atMs, where);
}

function importedFrame(value: JsonObject, kind: FrameKind, atMs: number, where: Where): ImportedFrame {
  const attempt = value['attempt'];
  if (typeof attempt !== 'number' || !Number.isInteger(attempt) || attempt < 0 || attempt > 0xffff)
    throw new CaptureError('The entry has no number of an attempt ("attempt").', where);
  const named = value['framing'] ?? 'sse';
  const framing = FRAMINGS.find((known) => known === named);
  if (!framing) throw new CaptureError(`There is no framing ${JSON.stringify(named).slice(0, 40)}.`, where);
  const id = textOf(value['id']);
  const lastEventId = textOf(value['lastEventId']) ?? '';
  const bytes = frameBytes(value, kind, framing, where);
  return { what: 'frame', atMs, attempt, kind, framing, bytes, lastEventId, id };
}

function frameBytes(value: JsonObject, kind: FrameKind, framing: Framing, where: Where): Uint8Array {
  const encoded = textOf(value['bytes']);
  if (encoded !== null) {
    const bytes = bytesOfBase64(encoded);
    if (!bytes) throw new CaptureError('"bytes" is no base64.', where);
    return bytes;
  }
  const text = textOf(value['text']);
  if (text !== null) return encoder.encode(text);
  const type = kind === 'event' ? (textOf(value['type']) ?? 'message') : null;
  const data = textOf(value['data']) ?? '';
  if (kind === 'event' && typeof value['data'] !== 'string')
    throw new CaptureError('The event has no "data".', where);
  if (framing === 'aws-event-stream' && type !== null) return awsEvent(type, data);
  const comments = listOf(value['comments']).filter((comment) => typeof comment === 'string');
  const words = {
    framing,
    type,
    data,
    id: textOf(value['id']),
    retryMs: amountOf(value['retryMs']),
    comments,
  };
  return encoder.encode(wireText(words, where));
}

/** The plainest bytes of a frame; what a line of an event stream cannot carry is said. */
export function wireText(words: FrameWords, where: Where): string {
  try {
    return frameText(words) ?? '';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CaptureError(`${why}, so this event cannot be told in an event stream.`, where);
  }
}

function awsEvent(type: string, data: string): Uint8Array {
  const headers = [
    { name: ':event-type', value: type },
    { name: ':message-type', value: 'event' },
  ];
  return encodeAwsMessage(headers, encoder.encode(data));
}
