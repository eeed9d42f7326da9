/** A fact about a connection out of JSON, checked field by field: what is stored must not surprise whoever shows it. */
import { JOURNAL_KINDS, type JournalEntry, type JournalKind } from '../../session/entry.ts';
import { isObject, type JsonObject } from './fields.ts';

/** Says what is wrong, or null. */
type Check = (value: unknown) => string | null;

const isText: Check = (value) => (typeof value === 'string' ? null : 'is no text');
const isNumber: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? null : 'is no number';
const isFlag: Check = (value) => (typeof value === 'boolean' ? null : 'is neither true nor false');
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? null : `is none of ${words.join(', ')}`;
const listOf =
  (check: Check, what: string): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => check(item) === null) ? null : `is no list of ${what}`;
const isPair =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every((item) => check(item) === null)
      ? null
      : 'is no pair';
const shaped =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (!isObject(value)) return 'is no object';
    const wrong = wrongField(value, fields);
    return wrong === null ? null : `has ${wrong}`;
  };

const HEADERS = listOf(isPair(isText), 'header pairs');
const MAYBE_MS = optional(orNull(isNumber));
const TIMINGS = shaped({
  dnsMs: orNull(isNumber),
  connectMs: orNull(isNumber),
  proxyMs: MAYBE_MS,
  tlsMs: orNull(isNumber),
  headMs: orNull(isNumber),
  firstByteMs: orNull(isNumber),
});
const FAILURE = orNull(shaped({ code: isText, message: isText, cause: optional(isText) }));
const CERTIFICATE = shaped({
  subject: isText,
  issuer: isText,
  validFrom: isText,
  validTo: isText,
  fingerprint: isText,
  altNames: isText,
});
const TLS = shaped({
  version: isText,
  cipher: isText,
  alpn: isText,
  serverName: isText,
  verified: isFlag,
  problem: isText,
  certificate: orNull(CERTIFICATE),
});
const FACTS = shaped({
  proxy: orNull(isText),
  socketPath: orNull(isText),
  localAddress: orNull(isText),
  streamId: orNull(isNumber),
  reused: isFlag,
  tls: orNull(TLS),
  sent: orNull(shaped({ head: isText, body: isText, bodyBytes: isNumber })),
  informational: listOf(shaped({ status: isNumber, headers: HEADERS, atMs: isNumber }), 'heads'),
  trailers: HEADERS,
});
const EXCHANGE = optional(FACTS);
const HOP = optional(
  shaped({
    statusText: isText,
    headers: HEADERS,
    httpVersion: isText,
    remoteAddress: orNull(isText),
    timings: TIMINGS,
    exchange: FACTS,
  }),
);

const SHAPES: Readonly<Record<JournalKind, Readonly<Record<string, Check>>>> = {
  'attempt-start': {
    attempt: isNumber,
    method: isText,
    url: isText,
    headers: HEADERS,
    body: isText,
    lastEventId: isText,
    heldId: optional(isText),
    why: isText,
  },
  'token-used': { attempt: isNumber, tokenUrl: isText, fresh: isFlag, again: isFlag },
  redirect: { attempt: isNumber, status: isNumber, from: isText, to: isText, hop: HOP },
  'response-head': {
    attempt: isNumber,
    status: isNumber,
    statusText: isText,
    headers: HEADERS,
    url: isText,
    httpVersion: isText,
    remoteAddress: orNull(isText),
    timings: TIMINGS,
    accepted: isFlag,
    exchange: EXCHANGE,
    framing: optional(isText),
  },
  'attempt-end': {
    attempt: isNumber,
    how: oneOf('end-of-stream', 'refused', 'failed', 'stopped'),
    failure: FAILURE,
    wireBytes: isNumber,
    bodyBytes: isNumber,
    timings: TIMINGS,
    exchange: EXCHANGE,
  },
  'retry-scheduled': {
    attempt: isNumber,
    delayMs: isNumber,
    source: oneOf('server-retry', 'default', 'backoff', 'floor', 'clamped', 'retry-after'),
    why: isText,
  },
  'connection-closed': { attempt: isNumber, state: oneOf('closed', 'failed'), why: isText },
  'capture-notice': { code: oneOf('disk', 'repaired', 'oversize'), message: isText },
  'entries-dropped': { count: isNumber, bytes: isNumber, firstKeptSeq: isNumber },
  steered: {
    attempt: isNumber,
    by: oneOf('user', 'system'),
    action: oneOf('drop', 'pause', 'resume', 'set-last-event-id', 'probe'),
    message: isText,
  },
  'resume-report': {
    attempt: isNumber,
    afterId: isText,
    firstId: isText,
    ids: oneOf('numeric', 'other'),
    missing: orNull(isNumber),
    gaps: listOf(isPair(isNumber), 'pairs of ids'),
    repeated: isNumber,
    repeatedIds: listOf(isText, 'ids'),
    forgot: isFlag,
  },
  'tap-mark': {
    attempt: isNumber,
    what: isText,
    message: isText,
    event: orNull(isNumber),
    sent: optional(isText),
  },
  alert: {
    attempt: isNumber,
    rule: isText,
    message: isText,
    count: isNumber,
  },
};

export function isJournalKindName(kind: unknown): kind is JournalKind {
  return JOURNAL_KINDS.includes(kind as JournalKind);
}

/** The entry, without the keys that an export adds to it; or what is wrong with it, as the end of a sentence. */
export function journalEntryOf(
  value: JsonObject,
): { readonly ok: true; readonly entry: JournalEntry } | { readonly ok: false; readonly problem: string } {
  const { kind } = value;
  if (!isJournalKindName(kind)) return { ok: false, problem: `"kind" ${isText(kind) ?? 'is not known'}` };
  const problem = wrongField(value, SHAPES[kind]);
  if (problem !== null) return { ok: false, problem };
  // What a newer version adds stays; what an export adds around the entry goes.
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !OF_THE_LINE.has(key)));
  // The check above is the shape of the kind.
  return { ok: true, entry: rest as unknown as JournalEntry };
}

const OF_THE_LINE = new Set(['seq', 'atMs', 'time']);

function wrongField(object: JsonObject, fields: Readonly<Record<string, Check>>): string | null {
  for (const [name, check] of Object.entries(fields)) {
    const problem = check(object[name]);
    if (problem !== null) return `"${name}", which ${object[name] === undefined ? 'is missing' : problem}`;
  }
  return null;
}
