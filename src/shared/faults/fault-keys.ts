/** The words of the language: what a fault can be, what it takes, and what may stand beside it. */
import type { FaultKind, FaultPlace } from './fault.ts';

export interface FaultWords {
  readonly kind: FaultKind;
  /** For people. */
  readonly label: string;
  /** What its value is, in words; "" when it takes none. */
  readonly value: string;
  /** A value that works, to begin with. */
  readonly example: string;
  /** Keys of its own. */
  readonly extra: readonly string[];
  /** Where it happens when nothing says so. */
  readonly place: FaultPlace;
  /** Which conditions it knows. */
  readonly conditions: readonly ConditionKey[];
  /** It has to be told which events. */
  readonly needsEvent: boolean;
}

export const CONDITION_KEYS = [
  'event',
  'id',
  'type',
  'filter',
  'after-bytes',
  'after',
  'every',
  'attempt',
  'chance',
  'times',
] as const;

export type ConditionKey = (typeof CONDITION_KEYS)[number];

/** What each condition wants, in words and as an example. */
export const CONDITION_WORDS: Readonly<Record<ConditionKey, readonly [value: string, example: string]>> = {
  event: ['numbers of events: 3, 3-5, 3+ or [3, 7]', '3'],
  id: ['the id that the event sets', '42'],
  type: ['an event type', 'message'],
  filter: ['a text as in the filter bar', 'size>2kb'],
  'after-bytes': ['a size of the body so far', '4kb'],
  after: ['a time since the head', '2s'],
  every: ['each so many that meet the rest', '3'],
  attempt: ['attempts: 1, 1-2, 2+ or [1, 3]', '1'],
  chance: ['a share: 25% or 0.25', '25%'],
  times: ['at most so often in one answer', '1'],
};

const HEAD_CONDITIONS: readonly ConditionKey[] = ['attempt', 'chance'];

const stream = (kind: FaultKind, label: string, value: string, example: string): FaultWords => ({
  kind,
  label,
  value,
  example,
  extra: [],
  place: 'before',
  conditions: CONDITION_KEYS,
  needsEvent: false,
});

const event = (kind: FaultKind, label: string, value: string, example: string): FaultWords => ({
  ...stream(kind, label, value, example),
  needsEvent: true,
});

const head = (
  kind: FaultKind,
  label: string,
  value: string,
  example: string,
  extra: readonly string[] = [],
) => ({
  ...stream(kind, label, value, example),
  conditions: HEAD_CONDITIONS,
  extra,
});

export const FAULT_WORDS: readonly FaultWords[] = [
  stream('stall', 'Stall', 'a time such as 10s, or forever', '10s'),
  event('drop', 'Drop events', '', ''),
  stream('reset', 'Reset the connection', '', ''),
  stream('close', 'End the answer early', '', ''),
  event('duplicate', 'Repeat events', 'how many copies follow', '1'),
  event('reorder', 'Change the order', 'swap, or how many events are shuffled', 'swap'),
  event('corrupt', 'Corrupt bytes', 'how many bytes, or {at: 5, to: 0xff}', '1'),
  {
    ...stream('truncate', 'Cut the body off', 'no-end or short-length', 'no-end'),
    place: 'middle',
    needsEvent: true,
  },
  stream('endless-line', 'Endless line', 'a size such as 1mb, or forever', '1mb'),
  stream('trickle', 'Trickle', 'bytes per second: 20 or 2kb/s', '20'),
  stream('insert', 'Insert something', '{data, type, id, retry, comment} or {raw}', '{comment: keep-alive}'),
  head('status', 'Answer with another status', 'a status such as 503', '503', ['retry-after', 'body']),
  head('content-type', 'Another content type', 'such as text/html', 'text/html'),
  head('redirect', 'Redirect', 'an address or a path', '/elsewhere', ['code']),
];

/** These may say "where": before, in the middle of, or after their event. The others change an event as a whole, or the head. */
export const PLACED_KINDS: ReadonlySet<FaultKind> = new Set([
  'stall',
  'reset',
  'close',
  'truncate',
  'endless-line',
  'insert',
]);

export function wordsOf(kind: string): FaultWords | undefined {
  return FAULT_WORDS.find((words) => words.kind === kind);
}
