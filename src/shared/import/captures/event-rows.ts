/**
 * Lists of events as browser extensions and scripts write them: objects with `data` and some of `event`, `id`, `time`, under
 * whichever names. The events become an event stream again, with their times where they have any.
 */
import { CaptureError, type CaptureHead, type CaptureStep, type FoundCapture } from './capture.ts';
import { amountOf, firstOf, isObject, listOf, textOf, type JsonObject } from './fields.ts';
import { madeClose, madeEnd, madeHead, madeStart } from './made-entries.ts';
import { wireText, type Where } from './streamscope-entries.ts';

const DATA_KEYS = ['data', 'payload', 'body', 'content', 'text', 'message'];
const TYPE_KEYS = ['event', 'eventName', 'eventType', 'type', 'event_type', 'event_name'];
const ID_KEYS = ['id', 'lastEventId', 'eventId', 'last_event_id', 'event_id'];
const TIME_KEYS = ['time', 'timestamp', 'timeStamp', 'ts', 'receivedAt', 'received_at', 'date', 'at'];
const RETRY_KEYS = ['retry', 'retryMs', 'retry_ms'];

export interface EventRow {
  readonly type: string;
  readonly id: string | null;
  readonly data: string;
  readonly retryMs: number | null;
  /** Milliseconds since 1970, or since something else when it is a small number; null without a time. */
  readonly timeMs: number | null;
}

/** An object with data, and with something else that an event has. */
export function isEventRow(value: unknown): value is JsonObject {
  if (!isObject(value) || firstOf(value, DATA_KEYS) === undefined) return false;
  // A chunk of a completion has a type and an id as well, but its data are its other fields.
  if (value['data'] === undefined && ('choices' in value || 'delta' in value || 'object' in value))
    return false;
  return [TYPE_KEYS, ID_KEYS, TIME_KEYS].some((keys) => firstOf(value, keys) !== undefined);
}

export function eventRow(value: unknown, where: Where): EventRow {
  if (!isObject(value)) throw new CaptureError('This is no object with "data".', where);
  const data = firstOf(value, DATA_KEYS);
  if (data === undefined) throw new CaptureError('This event has no "data".', where);
  const type = firstOf(value, TYPE_KEYS);
  const id = firstOf(value, ID_KEYS);
  return {
    type: typeof type === 'string' && type !== '' ? type : 'message',
    id: typeof id === 'string' && id !== '' ? id : typeof id === 'number' ? String(id) : null,
    data: typeof data === 'string' ? data : JSON.stringify(data),
    retryMs: wholeMs(firstOf(value, RETRY_KEYS)),
    timeMs: timeOf(firstOf(value, TIME_KEYS), where),
  };
}

function wholeMs(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : amountOf(value);
  return number === null ? null : Math.round(number);
}

/** Seconds, milliseconds, microseconds and nanoseconds since 1970 are told apart by their size. */
export function timeOf(value: unknown, where: Where): number | null {
  if (value === undefined || value === '') return null;
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number') {
    if (!Number.isFinite(number) || number < 0) throw new CaptureError(`${number} is no time.`, where);
    if (number > 1e17) return number / 1e6;
    if (number > 1e14) return number / 1e3;
    if (number > 1e11) return number;
    return number > 1e8 ? number * 1000 : number;
  }
  const time = typeof number === 'string' ? Date.parse(number) : NaN;
  if (Number.isNaN(time)) throw new CaptureError(`${JSON.stringify(value).slice(0, 60)} is no time.`, where);
  return time;
}

/** Before this a number is not a time since 1970 (it would be in 1973). */
const LEAST_EPOCH_MS = 1e11;

export interface RowsFacts {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  /** Of the first row that has one. */
  readonly firstMs: number | null;
}

/** A capture out of rows; `rows` is asked for each time it is read. */
export function captureOfRows(
  facts: RowsFacts,
  note: string,
  rows: () => AsyncIterable<EventRow> | Iterable<EventRow>,
): FoundCapture {
  const { name, method, url, firstMs } = facts;
  const isEpoch = firstMs !== null && firstMs >= LEAST_EPOCH_MS;
  const startedAt = isEpoch ? Math.floor(firstMs) : null;
  const zeroMs = startedAt ?? firstMs ?? 0;
  async function* steps(): AsyncGenerator<CaptureStep, void, void> {
    const encoder = new TextEncoder();
    yield { step: 'entry', entry: madeStart(1, 'Imported from a list of events', { method, url }), atMs: 0 };
    yield { step: 'entry', entry: madeHead(1, 'sse', url), atMs: 0 };
    yield { step: 'body', attempt: 1, framing: 'sse' };
    let atMs = 0;
    let bodyBytes = 0;
    let number = 0;
    for await (const { timeMs, ...row } of rows()) {
      number += 1;
      if (timeMs !== null) atMs = Math.max(atMs, timeMs - zeroMs);
      const words = { framing: 'sse' as const, comments: [], ...row };
      const bytes = encoder.encode(wireText(words, { item: `Event ${number}` }));
      bodyBytes += bytes.length;
      yield { step: 'bytes', bytes, atMs };
    }
    yield { step: 'end-body', atMs };
    yield { step: 'entry', entry: madeEnd(1, bodyBytes), atMs };
    yield { step: 'entry', entry: madeClose(1, 'The end of the imported list'), atMs };
  }
  const head: CaptureHead = { name, method, url, startedAt, outcome: 'ended' };
  return { head, note, steps };
}

/** The lists of events in a JSON document, at most three levels deep; each is a session. */
export function captureOfDocument(value: unknown, name: string): readonly FoundCapture[] {
  const found: FoundCapture[] = [];
  const look = (node: unknown, holder: JsonObject, path: string, depth: number): void => {
    if (Array.isArray(node)) {
      const list = listOf(node);
      if (list.some(isEventRow)) found.push(captureOfList(list, holder, path, name));
      else if (depth > 0)
        list.forEach((item, at) => look(item, isObject(item) ? item : holder, `${path}[${at}]`, depth - 1));
    } else if (isObject(node) && depth > 0) {
      for (const [key, part] of Object.entries(node))
        if (typeof part === 'object') look(part, node, path === '' ? key : `${path}.${key}`, depth - 1);
    }
  };
  look(value, {}, '', 3);
  return found;
}

function captureOfList(
  list: readonly unknown[],
  holder: JsonObject,
  path: string,
  name: string,
): FoundCapture {
  const url = textOf(firstOf(holder, ['url', 'requestUrl', 'request_url'])) ?? '';
  const rows = list.map((item, at) => eventRow(item, { item: `${path}[${at}]` }));
  const title = textOf(firstOf(holder, ['name', 'title'])) ?? (url === '' ? name : url);
  const firstMs = rows.find(({ timeMs }) => timeMs !== null)?.timeMs ?? null;
  const facts = { name: title, method: textOf(holder['method']) ?? 'GET', url, firstMs };
  return captureOfRows(facts, `${rows.length} events`, () => rows);
}
