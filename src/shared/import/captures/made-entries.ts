/** Facts about a connection for captures that tell of none, or of few. */
import { FRAMING_LABELS, type Framing } from '../../sse/framing.ts';
import { mimeEssence } from '../../connection/response-rules.ts';
import type {
  AttemptEndEntry,
  AttemptStartEntry,
  AttemptTimings,
  ConnectionClosedEntry,
  HeaderPair,
  ResponseHeadEntry,
} from '../../session/entry.ts';

export const NO_TIMINGS: AttemptTimings = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  headMs: null,
  firstByteMs: null,
};

export const MIME_OF_FRAMING: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  'json-seq': 'application/json-seq',
  'json-array': 'application/json',
  'aws-event-stream': 'application/vnd.amazon.eventstream',
  text: 'text/plain',
};

/** What a body of this MIME type is read as; null when it is no stream. */
export function framingOfMime(essence: string): Framing | null {
  switch (essence) {
    case 'text/event-stream':
      return 'sse';
    case 'application/x-ndjson':
    case 'application/ndjson':
    case 'application/jsonl':
    case 'application/x-jsonlines':
    case 'application/jsonlines':
    case 'application/stream+json':
      return 'ndjson';
    case 'application/json-seq':
      return 'json-seq';
    case 'application/vnd.amazon.eventstream':
      return 'aws-event-stream';
    default:
      return null;
  }
}

export function madeStart(
  attempt: number,
  why: string,
  request: Partial<Pick<AttemptStartEntry, 'method' | 'url' | 'headers' | 'body' | 'lastEventId'>> = {},
): AttemptStartEntry {
  const { method = 'GET', url = '', headers = [], body = '', lastEventId = '' } = request;
  return { kind: 'attempt-start', attempt, method, url, headers, body, lastEventId, why };
}

/** A head for a body that came without one. */
export function madeHead(attempt: number, framing: Framing, url = ''): ResponseHeadEntry {
  return headEntry({
    attempt,
    status: 200,
    statusText: `(imported as ${FRAMING_LABELS[framing]})`,
    headers: [['content-type', MIME_OF_FRAMING[framing]]],
    url,
    framing,
  });
}

export interface HeadFacts {
  readonly attempt: number;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
  readonly url: string;
  readonly httpVersion?: string;
  readonly remoteAddress?: string | null;
  readonly timings?: AttemptTimings;
  /** What its body is read as; missing: by its status and type. null: not at all. */
  readonly framing?: Framing | null;
}

export function headEntry(facts: HeadFacts): ResponseHeadEntry {
  const { attempt, status, statusText, headers, url, httpVersion = '', remoteAddress = null } = facts;
  const framing =
    facts.framing === undefined
      ? status === 200
        ? framingOfMime(mimeEssence(headers))
        : null
      : facts.framing;
  return {
    kind: 'response-head',
    attempt,
    status,
    statusText,
    headers,
    url,
    httpVersion,
    remoteAddress,
    timings: facts.timings ?? NO_TIMINGS,
    accepted: framing !== null,
    ...(framing === null || framing === 'sse' ? {} : { framing }),
  };
}

export function madeEnd(
  attempt: number,
  bodyBytes: number,
  timings: AttemptTimings = NO_TIMINGS,
): AttemptEndEntry {
  return {
    kind: 'attempt-end',
    attempt,
    how: 'end-of-stream',
    failure: null,
    wireBytes: bodyBytes,
    bodyBytes,
    timings,
  };
}

export function madeClose(attempt: number, why: string): ConnectionClosedEntry {
  return { kind: 'connection-closed', attempt, state: 'closed', why };
}
