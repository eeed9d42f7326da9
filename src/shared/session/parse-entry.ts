/**
 * Whether a value that was read from a journal is an entry: each field that the code relies on is there and of its type. A journal
 * is a file, and files are damaged; what fails here is treated as a line that cannot be read.
 */
import type { JournalEntry, JournalKind } from './entry.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const amount: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const pairOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(check);
const shaped =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) =>
      check((value as Readonly<Record<string, unknown>>)[name]),
    );

const headers = listOf(pairOf(text));
const some = optional(orNull(amount));
const timings = shaped({
  dnsMs: some,
  connectMs: some,
  proxyMs: some,
  tlsMs: some,
  headMs: some,
  firstByteMs: some,
});
const failure = orNull(shaped({ code: text, message: text }));
const certificate = shaped({
  subject: text,
  issuer: text,
  validFrom: text,
  validTo: text,
  fingerprint: text,
  altNames: text,
});
const exchange = optional(
  shaped({
    proxy: orNull(text),
    socketPath: orNull(text),
    localAddress: orNull(text),
    streamId: orNull(amount),
    reused: flag,
    tls: orNull(
      shaped({
        version: text,
        cipher: text,
        alpn: text,
        serverName: text,
        verified: flag,
        problem: text,
        certificate: orNull(certificate),
      }),
    ),
    sent: orNull(shaped({ head: text, body: text, bodyBytes: amount })),
    informational: listOf(shaped({ status: amount, headers, atMs: amount })),
    trailers: headers,
  }),
);

const CHECKS: Readonly<Record<JournalKind, Check>> = {
  'attempt-start': shaped({
    attempt: count,
    method: text,
    url: text,
    headers,
    body: text,
    lastEventId: text,
    heldId: optional(text),
    why: text,
  }),
  'token-used': shaped({ attempt: count, tokenUrl: text, fresh: flag, again: flag }),
  redirect: shaped({ attempt: count, status: amount, from: text, to: text }),
  'response-head': shaped({
    attempt: count,
    status: amount,
    statusText: text,
    headers,
    url: text,
    httpVersion: text,
    remoteAddress: orNull(text),
    timings,
    accepted: flag,
    framing: optional(text),
    exchange,
  }),
  'attempt-end': shaped({
    attempt: count,
    how: oneOf('end-of-stream', 'refused', 'failed', 'stopped'),
    failure,
    wireBytes: amount,
    bodyBytes: amount,
    timings,
    exchange,
  }),
  'retry-scheduled': shaped({
    attempt: count,
    delayMs: amount,
    source: oneOf('server-retry', 'default', 'backoff', 'floor', 'clamped', 'retry-after'),
    why: text,
  }),
  'connection-closed': shaped({ attempt: count, state: oneOf('closed', 'failed'), why: text }),
  'capture-notice': shaped({ code: text, message: text }),
  'entries-dropped': shaped({ count, bytes: amount, firstKeptSeq: count }),
  steered: shaped({ attempt: count, by: text, action: text, message: text }),
  'resume-report': shaped({
    attempt: count,
    afterId: text,
    firstId: text,
    ids: oneOf('numeric', 'other'),
    missing: orNull(amount),
    gaps: listOf(pairOf(amount)),
    repeated: amount,
    repeatedIds: listOf(text),
    forgot: flag,
  }),
  'tap-mark': shaped({
    attempt: count,
    what: text,
    message: text,
    event: orNull(amount),
    sent: optional(text),
  }),
  alert: shaped({ attempt: count, rule: text, message: text, count }),
};

/** The value as an entry; null when it is none. Fields that this version does not know stay. */
export function asJournalEntry(value: unknown): JournalEntry | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const { kind } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind)) return null;
  // The check of its kind has looked at every field.
  return CHECKS[kind as JournalKind](value) ? (value as JournalEntry) : null;
}
