/** HAR files with streams in them, of Chrome, Firefox, HTTP Toolkit, Streamscope and whoever else writes HAR 1.2. */
import { headerValues } from '../../connection/response-rules.ts';
import { framingOfHead } from '../../session/head-framing.ts';
import type { ByteText } from '../../sse/byte-text.ts';
import type { Framing } from '../../sse/framing.ts';
import { CaptureError, type CaptureReading, type CaptureStep, type FoundCapture } from './capture.ts';
import { isObject, listOf, textOf } from './fields.ts';
import { bodyOf, captureOfOwnHar, isOwnHar } from './har-own.ts';
import { harEntry, type HarEntry, type HarMessage } from './har-shapes.ts';
import { attemptTimings, timedPieces } from './har-times.ts';
import { framingOfMime, headEntry, madeClose, madeEnd, madeStart } from './made-entries.ts';
import { wireText } from './streamscope-entries.ts';

export function isHar(value: unknown): boolean {
  return isObject(value) && isObject(value['log']) && Array.isArray(value['log']['entries']);
}

/** Throws a CaptureError when there is no stream in it. */
export function readHar(value: unknown, name: string, byteText: ByteText): CaptureReading {
  const log = isObject(value) && isObject(value['log']) ? value['log'] : {};
  const entries = listOf(log['entries']).flatMap((entry, index) => harEntry(entry, index) ?? []);
  const creator = isObject(log['creator']) ? (textOf(log['creator']['name']) ?? '') : '';
  const format = `HAR file${creator === '' ? '' : ` of ${creator}`}`;
  if (isOwnHar(log['_streamscope'], entries))
    return { format, captures: [captureOfOwnHar(log['_streamscope'], entries, name)] };
  const streams = entries.filter(isStream);
  if (streams.length === 0) throw new CaptureError(noStream(entries));
  return { format, captures: streams.map((entry) => captureOfEntry(entry, byteText)) };
}

function isStream(entry: HarEntry): boolean {
  return (
    entry.resourceType === 'eventsource' ||
    entry.messages.length > 0 ||
    framingOfMime(entry.mimeType) !== null
  );
}

function noStream(entries: readonly HarEntry[]): string {
  if (entries.length === 0) return 'This HAR file has no requests in it.';
  const types = [...new Set(entries.map(({ mimeType }) => mimeType).filter((type) => type !== ''))];
  const seen =
    types.length === 0
      ? ''
      : `, only ${types.slice(0, 4).join(', ')}${types.length > 4 ? ' and others' : ''}`;
  const has = `${entries.length} request${entries.length === 1 ? '' : 's'}`;
  return `This HAR file has ${has} in it and no stream (text/event-stream, NDJSON, …)${seen}.`;
}

function captureOfEntry(entry: HarEntry, byteText: ByteText): FoundCapture {
  const { method, url, status, statusText, startedAt, messages, text } = entry;
  const size = text === '' ? 'no body' : `${text.length.toLocaleString('en')} characters`;
  const events = messages.length === 0 ? '' : `, ${messages.length} events noted`;
  return {
    head: { name: url === '' ? `Request ${entry.index + 1}` : url, method, url, startedAt, outcome: 'ended' },
    note: `${`${status} ${statusText}`.trim()}, ${entry.mimeType || 'no type'}, ${size}${events}`,
    steps: () => stepsOf(entry, byteText),
  };
}

function* stepsOf(entry: HarEntry, byteText: ByteText): Generator<CaptureStep, void, void> {
  const { method, url, body, requestHeaders: headers, messages } = entry;
  const timings = attemptTimings(entry);
  const lastEventId = headerValues(headers, 'last-event-id')[0] ?? '';
  const framing = framingOf(entry);
  const head = headEntry({
    attempt: 1,
    status: entry.status,
    statusText: entry.statusText,
    headers: entry.responseHeaders,
    url,
    httpVersion: entry.httpVersion,
    remoteAddress: entry.remoteAddress,
    timings,
    framing,
  });
  if (lastEventId !== '') yield { step: 'take-up', lastEventId };
  const request = { method, url, headers, body, lastEventId };
  yield { step: 'entry', entry: madeStart(1, 'Imported from a HAR file', request), atMs: 0 };
  if (entry.redirectUrl !== '') {
    const redirect = {
      kind: 'redirect',
      attempt: 1,
      status: entry.status,
      from: url,
      to: entry.redirectUrl,
    } as const;
    yield { step: 'entry', entry: redirect, atMs: 0 };
  }
  const headMs = timings.headMs ?? 0;
  yield { step: 'entry', entry: head, atMs: headMs };
  if (entry.missing !== '' && entry.text === '' && messages.length === 0) {
    const message = `The body is not in the HAR file (${entry.missing.slice(0, 200)}).`;
    yield { step: 'entry', entry: { kind: 'capture-notice', code: 'disk', message }, atMs: headMs };
  }
  yield { step: 'body', attempt: 1, framing: framingOfHead(head) };
  const bytes = entry.text === '' && messages.length > 0 ? bodyOfMessages(entry) : bodyOf(entry);
  const atMsOf = ({ timeS }: HarMessage): number | null =>
    timeS === null || entry.startedAt === null ? null : Math.max(headMs, timeS * 1000 - entry.startedAt);
  let atMs = headMs;
  if (framing === 'sse' && messages.length > 0) {
    for (const piece of timedPieces(bytes, messages, headMs, atMsOf, byteText)) {
      ({ atMs } = piece);
      yield { step: 'bytes', bytes: piece.bytes, atMs };
    }
  } else {
    yield { step: 'bytes', bytes, atMs };
  }
  const endMs = Math.max(atMs, entry.timeMs ?? 0);
  yield { step: 'end-body', atMs };
  yield { step: 'entry', entry: madeEnd(1, bytes.length, timings), atMs: endMs };
  yield { step: 'entry', entry: madeClose(1, 'The end of the entry in the HAR file'), atMs: endMs };
}

/** What the body of a 200 is read as. Some programs leave the type out of what they know to be an event stream. */
function framingOf({ status, mimeType, resourceType, messages }: HarEntry): Framing | null {
  if (status !== 200 && status !== 0) return null;
  const known = framingOfMime(mimeType);
  return known ?? (resourceType === 'eventsource' || messages.length > 0 ? 'sse' : null);
}

/** Chrome may leave the text out and note the events alone. */
function bodyOfMessages({ messages, index }: HarEntry): Uint8Array {
  const blocks = messages.map(({ type, id, data }, at) =>
    wireText(
      { framing: 'sse', type, data, id: id === '' ? null : id, retryMs: null, comments: [] },
      { item: `entries[${index}]._eventSourceMessages[${at}]` },
    ),
  );
  return new TextEncoder().encode(blocks.join(''));
}
