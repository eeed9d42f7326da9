/** The head of a recorded answer, as it can be sent again. */
import type { HeaderPair, ResponseHeadEntry } from '../session/entry.ts';
import type { Framing } from '../sse/framing.ts';

export interface ReplayHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
}

/** About one connection (RFC 9110, 7.6.1), or about where it led: a replay has its own. */
const NOT_REPLAYED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authentication-info',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-encoding',
  'alt-svc',
  'strict-transport-security',
]);

/** Says in the answer what was changed. */
export const REPLAY_HEADER = 'x-streamscope-replay';

/** What an answer of this framing calls itself. */
export const FRAMING_TYPES: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'json-seq': 'application/json-seq',
  'json-array': 'application/json',
  'aws-event-stream': 'application/vnd.amazon.eventstream',
  text: 'text/plain; charset=utf-8',
};

/** `head` null: the recording has none. */
export function headForReplay(head: ResponseHeadEntry | null, framing: Framing): ReplayHead {
  if (!head) {
    const headers: HeaderPair[] = [
      ['content-type', FRAMING_TYPES[framing]],
      ['cache-control', 'no-cache'],
    ];
    return { status: 200, statusText: 'OK', headers: [...headers, [REPLAY_HEADER, 'no recorded head']] };
  }
  const connection = valuesOf(head.headers, 'connection').flatMap((value) => value.toLowerCase().split(','));
  const dropped = new Set([...NOT_REPLAYED, ...connection.map((name) => name.trim())]);
  const codings = valuesOf(head.headers, 'content-encoding').join(', ');
  const headers = head.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !name.startsWith(':'));
  const said = codings === '' ? 'recorded' : `recorded; content-encoding ${codings} undone`;
  return {
    status: head.status,
    statusText: head.statusText,
    headers: [...headers, [REPLAY_HEADER, said]],
  };
}

function valuesOf(headers: readonly HeaderPair[], wanted: string): string[] {
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
}

/** These carry no body (RFC 9110, 6.4.1). */
export function hasBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}
