/**
 * Plans made at random, biased to the grammar of text/event-stream: its fields in all spellings, its line ends, byte order marks,
 * NUL, bytes that are not UTF-8, and cuts anywhere. The same seed and number make the same plan.
 */
import { seededRandom } from '../support/seeded-random.ts';
import { CONTENT_TYPES, FINAL_ANSWERS, type Plan, type PlannedConnection } from './plan.ts';
import { largestRetryMs } from './blink.ts';

type Random = () => number;

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const LINE_ENDS = ['\n', '\n', '\r\n', '\r'];
const SEPARATORS = [':', ':', ': ', ': ', ':  ', ':\t', '', ' :', '::'];
const LOOKALIKES = [
  'database',
  'Data',
  'dat',
  'ids',
  'ID',
  'Event',
  'events',
  'retry2',
  ' data',
  '__proto__',
  '\0data',
  'x',
];
const RETRIES = [
  '0',
  '1',
  '3',
  '7',
  '012',
  '20',
  '',
  '',
  '-1',
  '+5',
  '1e1',
  '0x5',
  '5 ',
  '\t5',
  '5.0',
  '\uFF15',
  '5\0',
  'x',
];
const IDS = [
  '1',
  '2',
  '0',
  'abc',
  '',
  '',
  'a b',
  'a\0b',
  '\0',
  'é',
  '豆腐',
  '😀',
  ' x',
  'x ',
  '\tq',
  '\uFEFF',
  'a:b',
  '\u2028',
  '…',
  '"',
  '\\',
];
const TYPES = [
  'ping',
  'message',
  '',
  'open',
  'error',
  'Ping',
  ' ping',
  'ping ',
  'é',
  'a\0b',
  'a:b',
  '\uFEFF',
  'constructor',
  '😀',
];
const TEXTS = [
  'a',
  'hello',
  '',
  ' ',
  '  two',
  '{"a":1}',
  'x: y',
  'data: x',
  ':',
  '\0',
  'a\0',
  '€豆腐',
  '😀',
  'e\u0301',
  '\uFEFF',
  '\uFEFFa',
  'a\u2028b\u2029c',
  '\u0085',
  '\v',
  '\f',
  '\t',
  'tail ',
  '\uFFFD',
  '\uFFFF',
  '[DONE]',
  '\u001C',
  '\u007F',
];
/** Not UTF-8: lone and missing continuations, overlong forms, surrogates, what is above U+10FFFF, bytes that never occur. */
const INVALID = [
  '\xff',
  '\xfe',
  '\x80',
  '\xbf',
  '\xc0\x80',
  '\xc1\xbf',
  '\xc2',
  '\xe2\x82',
  '\xe0\x80\x80',
  '\xed\xa0\x80',
  '\xed\xb0\x80',
  '\xf0\x9f\x98',
  '\xf0\x80\x80\x80',
  '\xf4\x90\x80\x80',
  '\xf5\x80\x80\x80',
  '\xf8\x88\x80\x80\x80',
  '\xe2\xe2\x82\xac',
  '\xf0\x9f\xe2\x82\xac',
  '\xef\xbb',
  '\xef',
  '\xf0\x9f\x98\x80\x80',
  '\xe2\x28\xa1',
  '\xf1\x80\x80',
].map(latin1);
const BOM = latin1('\xef\xbb\xbf');
/** A retry beyond this would make the fuzzer wait. */
const MOST_RETRY_MS = 400;
/** The share of plans in which a client may wait for its default reconnection time, which is long. */
const SLOW_SHARE = 0.08;

/** The plan of this number in the campaign with this seed. */
export function randomPlan(seed: number, number: number): Plan {
  const random = seededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0);
  for (;;) {
    const plan = attemptPlan(random);
    if (largestRetryMs(plan) <= MOST_RETRY_MS) return plan;
  }
}

function attemptPlan(random: Random): Plan {
  const count = pick(random, [1, 1, 1, 2, 2, 3]);
  const slow = random() < SLOW_SHARE;
  const connections: PlannedConnection[] = [];
  for (let at = 0; at < count; at += 1) {
    const last = random() < 0.5 ? '' : pick(random, ['', '\n', '\r', '\n\n']);
    const quick =
      !slow && (at === 0 || random() < 0.5)
        ? `${pick(random, ['\n', '\n\n', '\r'])}retry:${int(random, 12)}${pick(random, LINE_ENDS)}`
        : '';
    const body = Buffer.concat([randomBody(random), Buffer.from(quick + last)]);
    connections.push({
      writes: cut(body, random),
      contentType: pick(random, CONTENT_TYPES),
      framing: pick(random, ['until-close', 'until-close', 'chunked', 'chunked', 'chunked', 'truncated']),
    });
  }
  return { connections, final: pick(random, FINAL_ANSWERS) };
}

function randomBody(random: Random): Buffer {
  const parts: Buffer[] = [];
  if (random() < 0.15) parts.push(BOM);
  if (random() < 0.05) parts.push(BOM);
  // Some bodies have one line end throughout, most mix them.
  const ends = random() < 0.4 ? [pick(random, LINE_ENDS)] : LINE_ENDS;
  const lines = int(random, 14);
  for (let at = 0; at < lines; at += 1) {
    parts.push(randomLine(random), Buffer.from(pick(random, ends)));
    if (random() < 0.4) parts.push(Buffer.from(pick(random, ends)));
  }
  if (random() < 0.2) parts.push(randomLine(random));
  const body = Buffer.concat(parts);
  return random() < 0.25 ? damaged(body, random) : body;
}

function randomLine(random: Random): Buffer {
  const kind = random();
  if (kind < 0.42) return field(random, 'data', TEXTS);
  if (kind < 0.6) return field(random, 'id', IDS);
  if (kind < 0.72) return field(random, 'event', TYPES);
  if (kind < 0.76) return field(random, 'retry', RETRIES);
  if (kind < 0.84) return Buffer.concat([Buffer.from(':'), value(random, TEXTS)]);
  if (kind < 0.92) return field(random, pick(random, LOOKALIKES), TEXTS);
  if (kind < 0.95) return value(random, TEXTS);
  if (kind < 0.97) return Buffer.concat([BOM, field(random, 'data', TEXTS)]);
  return Buffer.from(`data: ${'long '.repeat(int(random, 600))}`);
}

function field(random: Random, name: string, values: readonly string[]): Buffer {
  return Buffer.concat([Buffer.from(name + pick(random, SEPARATORS)), value(random, values)]);
}

function value(random: Random, values: readonly string[]): Buffer {
  const parts: Buffer[] = [Buffer.from(pick(random, values))];
  if (random() < 0.12) parts.push(pick(random, INVALID));
  if (random() < 0.12) parts.push(Buffer.from(pick(random, values)));
  if (random() < 0.04) parts.unshift(pick(random, INVALID));
  return Buffer.concat(parts);
}

/** A few bytes taken out, put in, changed or repeated. */
function damaged(body: Buffer, random: Random): Buffer {
  let bytes: Buffer = body;
  for (let count = 1 + int(random, 4); count > 0; count -= 1) {
    const at = int(random, bytes.length + 1);
    const odd = pick(random, [
      latin1('\r'),
      latin1('\n'),
      latin1(':'),
      latin1(' '),
      latin1('\0'),
      BOM,
      latin1(String.fromCharCode(int(random, 256))),
    ]);
    const kind = int(random, 4);
    const gone = kind === 1 ? 1 + int(random, 3) : kind === 2 ? 1 : 0;
    const put = kind === 1 ? Buffer.alloc(0) : kind === 3 ? bytes.subarray(at, at + int(random, 8)) : odd;
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]);
  }
  return bytes;
}

/** Cuts a body into writes: not at all, into single bytes, or at a few places. */
function cut(body: Buffer, random: Random): Buffer[] {
  if (body.length === 0) return [];
  const way = random();
  if (way < 0.2) return [body];
  const places = new Set<number>();
  const count = way < 0.3 && body.length <= 40 ? body.length : 1 + int(random, 8);
  for (let at = 0; at < count; at += 1) {
    places.add(way < 0.3 && body.length <= 40 ? at : int(random, body.length));
  }
  const ends = [...places, body.length].filter((at) => at > 0).sort((a, b) => a - b);
  return ends.map((end, at) => body.subarray(ends[at - 1] ?? 0, end));
}

function int(random: Random, below: number): number {
  return Math.floor(random() * below);
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[int(random, from.length)] as T;
}
