/**
 * What a response's body is read as. Event streams go by the standard (response-rules); other streams by their content type,
 * unless the request says what to read or wants event streams alone.
 */
import type { HeaderPair } from '../session/entry.ts';
import type { Framing } from '../sse/framing.ts';
import { mimeEssence, refusalOf } from './response-rules.ts';
import type { Failure, ReadAs } from './types.ts';

/**
 * Content types of streams. NDJSON and JSON lines have no registered type; these are the ones in use: the NDJSON specification
 * (application/x-ndjson), jsonlines.org (application/jsonl), Spring before 5.3 (application/stream+json), and what their
 * relatives call themselves. application/json-seq: RFC 7464. application/vnd.amazon.eventstream: AWS's event stream encoding.
 */
const FRAMING_BY_TYPE: Readonly<Record<string, Framing>> = {
  'text/event-stream': 'sse',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonl': 'ndjson',
  'application/jsonlines': 'ndjson',
  'application/x-jsonlines': 'ndjson',
  'application/json-lines': 'ndjson',
  'application/x-json-stream': 'ndjson',
  'application/stream+json': 'ndjson',
  'application/json-seq': 'json-seq',
  'application/json': 'json-array',
  'application/vnd.amazon.eventstream': 'aws-event-stream',
  'text/plain': 'text',
};

export interface BodyReading {
  /** null: the body is kept without being read. */
  readonly framing: Framing | null;
  /** Set exactly when it is not read. */
  readonly refusal: Failure | null;
}

export interface HeadToJudge {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
}

export function readBodyAs(readAs: ReadAs, { status, statusText, headers }: HeadToJudge): BodyReading {
  const refusal = refusalOf(status, statusText, headers);
  if (refusal === null && (readAs === 'auto' || readAs === 'sse-only')) return { framing: 'sse', refusal };
  // A status that refuses is not overruled: what comes with it is an explanation, not the stream.
  if (refusal !== null && refusal.code !== 'content-type') return { framing: null, refusal };
  if (readAs === 'sse-only') return { framing: null, refusal };
  const framing = readAs === 'auto' ? framingOfType(headers) : readAs;
  return framing === null ? { framing, refusal } : { framing, refusal: null };
}

/** The framing that the content type stands for; null when it is no stream that is known. */
export function framingOfType(headers: readonly HeaderPair[]): Framing | null {
  const essence = mimeEssence(headers);
  // A structured suffix, RFC 8091: application/geo+json-seq.
  if (essence.endsWith('+json-seq')) return 'json-seq';
  return FRAMING_BY_TYPE[essence] ?? null;
}
