/** The parts of a HAR entry around its body: request, response, timings. */
import type { AttemptRecord } from '../session/attempts.ts';
import type { AttemptTimings, HeaderPair } from '../session/entry.ts';
import type { ExportSource } from './exporter.ts';

export interface HarEntryFacts {
  readonly number: number;
  readonly record: AttemptRecord | null;
  readonly bodyBytes: number;
  readonly events: number;
}

/** Up to the inside of `response.content`, which is left open. */
export function entryHead({ number, record, bodyBytes }: HarEntryFacts, { summary }: ExportSource): string {
  const start = record?.start;
  const head = record?.head?.entry;
  const url = start?.entry.url ?? summary.url;
  const timings = harTimings(record);
  const httpVersion = head ? `HTTP/${head.httpVersion === '' ? '1.1' : head.httpVersion}` : 'unknown';
  const body = start?.entry.body ?? '';
  const requestHeaders = start?.entry.headers ?? [];
  const entry = {
    startedDateTime: new Date(summary.startedAt + (start?.atMs ?? 0)).toISOString(),
    time: totalOf(timings),
    request: {
      method: start?.entry.method ?? summary.method,
      url,
      httpVersion,
      cookies: cookiesOf(requestHeaders),
      headers: pairs(requestHeaders),
      queryString: queryOf(url),
      ...(body === ''
        ? {}
        : { postData: { mimeType: headerOf(requestHeaders, 'content-type'), text: body } }),
      headersSize: -1,
      bodySize: new TextEncoder().encode(body).length,
    },
  };
  const responseHeaders = head?.headers ?? [];
  const redirect = record?.redirects.at(-1)?.entry.to ?? '';
  const response = {
    status: head?.status ?? 0,
    statusText: head?.statusText ?? '',
    httpVersion,
    cookies: setCookiesOf(responseHeaders),
    headers: pairs(responseHeaders),
    redirectURL: head ? '' : redirect,
    headersSize: -1,
    bodySize: record?.end?.entry.wireBytes ?? -1,
  };
  const content = { size: bodyBytes, mimeType: headerOf(responseHeaders, 'content-type') || 'x-unknown' };
  const comment = `Attempt ${number}`;
  return (
    `${JSON.stringify({ ...entry, comment }).slice(0, -1)},` +
    `"response":${JSON.stringify(response).slice(0, -1)},"content":${JSON.stringify(content).slice(0, -1)}`
  );
}

/** From behind `response.content` to our own fields. */
export function entryTail({ number, record, events }: HarEntryFacts, _source: ExportSource): string {
  const head = record?.head?.entry;
  const address = head?.remoteAddress?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') ?? null;
  const failure = record?.end?.entry.failure?.message;
  const rest = {
    cache: {},
    timings: harTimings(record),
    ...(address === null ? {} : { serverIPAddress: address }),
    connection: String(number),
    _resourceType: events > 0 || isEventStream(record) ? 'eventsource' : 'fetch',
    ...(failure === undefined ? {} : { _error: failure }),
  };
  return `},${JSON.stringify(rest).slice(1, -1)}`;
}

function isEventStream(record: AttemptRecord | null): boolean {
  return record?.head?.entry.accepted === true && (record.head.entry.framing ?? 'sse') === 'sse';
}

export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

/** HAR wants the length of each phase; -1 for those that do not apply, and `ssl` counted in `connect` as well. */
/** The time of connecting has that of TLS in it. Negative: not known. */
function totalOf({ ssl: _ssl, ...timings }: HarTimings): number {
  return Object.values(timings).reduce((sum: number, ms: number) => sum + Math.max(0, ms), 0);
}

export function harTimings(record: AttemptRecord | null): HarTimings {
  const known: AttemptTimings | undefined = record?.end?.entry.timings ?? record?.head?.entry.timings;
  const at = (ms: number | null | undefined): number | null => (ms == null || ms < 0 ? null : ms);
  const dnsMs = at(known?.dnsMs);
  const connectMs = at(known?.connectMs);
  const tcpMs = connectMs === null ? null : Math.max(connectMs, at(known?.proxyMs) ?? 0);
  const tlsMs = at(known?.tlsMs);
  const secureMs = tcpMs === null || tlsMs === null ? null : Math.max(tcpMs, tlsMs);
  const readyMs = secureMs ?? tcpMs ?? dnsMs ?? 0;
  const start = record?.start.atMs ?? 0;
  const headMs = Math.max(readyMs, at(known?.headMs) ?? (record?.head ? record.head.atMs - start : readyMs));
  const endMs = record?.end ? Math.max(headMs, record.end.atMs - start) : headMs;
  return {
    blocked: -1,
    dns: dnsMs ?? -1,
    connect: tcpMs === null ? -1 : readyMs - Math.min(dnsMs ?? 0, readyMs),
    ssl: secureMs === null || tcpMs === null ? -1 : secureMs - tcpMs,
    send: 0,
    wait: headMs - readyMs,
    receive: endMs - headMs,
  };
}

interface Named {
  readonly name: string;
  readonly value: string;
}

function pairs(headers: readonly HeaderPair[]): readonly Named[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function headerOf(headers: readonly HeaderPair[], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

function cookiesOf(headers: readonly HeaderPair[]): readonly Named[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) =>
      value
        .split(/; ?/)
        .filter((pair) => pair !== '')
        .map(cookieOf),
    );
}

function setCookiesOf(headers: readonly HeaderPair[]): readonly Named[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => cookieOf(value.split(';')[0] ?? ''));
}

function cookieOf(pair: string): Named {
  const at = pair.indexOf('=');
  return at < 0
    ? { name: pair, value: '' }
    : { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
}

/** As written: an address with marks in it need not be one that can be parsed. */
function queryOf(url: string): readonly Named[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? { name: decoded(part), value: '' }
        : { name: decoded(part.slice(0, at)), value: decoded(part.slice(at + 1)) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
