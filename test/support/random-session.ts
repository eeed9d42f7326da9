/** Random sessions for property tests: attempts of any framing with reads cut anywhere, recorded as a connection would. */
import fc from 'fast-check';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';
import { encodeAwsMessage } from '../../src/shared/sse/encode-aws-message.ts';
import { attemptEnd, attemptStart, responseHead } from './attempt-entries.ts';

export interface RandomAttempt {
  readonly framing: Framing | null;
  readonly body: Uint8Array;
  readonly cuts: readonly number[];
  readonly lastEventId: string;
}

const encoder = new TextEncoder();
/** Texts that formats stumble over: quotes, formulas, line ends of other alphabets, markup, emoji, blanks. */
const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    '=1+1',
    '+x',
    '-5',
    '@a',
    "'",
    "'=x",
    '"',
    '""',
    ',',
    'ä,"ö"',
    '\u2028',
    '</script>',
    '\t',
    '\uFEFF',
    '\u0000',
    '\u0085',
  ),
);
const line = word.map((text) => text.replace(/[\r\n]/g, ' '));
const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');
const field = fc.oneof(
  { weight: 6, arbitrary: line.map((text) => `data: ${text}`) },
  { weight: 2, arbitrary: line.map((text) => `id: ${text}`) },
  { weight: 2, arbitrary: line.map((text) => `event: ${text}`) },
  line.map((text) => `: ${text}`),
  line.map((text) => `:${text}`),
  line.map((text) => `data:${text}`),
  fc.nat(99_999).map((ms) => `retry: ${ms}`),
  fc.constantFrom('data', 'id', 'event', 'retry: x', 'nonsense: 1'),
  line,
);
const block = fc
  .tuple(fc.array(field, { maxLength: 5 }), lineEnd)
  .map(([lines, end]) => [...lines, '', ''].join(end));
const sseBody = fc
  .tuple(
    fc.constantFrom('', '', '\uFEFF'),
    fc.array(fc.oneof(block, fc.constant('data: {"a":1}\n\n')), { maxLength: 8 }),
    line,
  )
  .map(([start, blocks, tail]) => encoder.encode(start + blocks.join('') + tail));
const noise = fc.uint8Array({ maxLength: 60 });
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));

const framed = (framing: Framing | null, body: Uint8Array) => ({ framing, body });

const attempt: fc.Arbitrary<RandomAttempt> = fc
  .oneof(
    { weight: 6, arbitrary: sseBody.map((body) => framed('sse', body)) },
    noise.map((body) => framed('sse', body)),
    fc.array(json, { maxLength: 5 }).map((items) => ({
      framing: 'ndjson' as const,
      body: encoder.encode(items.map((item) => `${item}\n`).join('')),
    })),
    fc
      .array(json, { maxLength: 5 })
      .map((items) => ({ framing: 'json-array' as const, body: encoder.encode(`[${items.join(',\n')}]`) })),
    fc.array(json, { maxLength: 5 }).map((items) => ({
      framing: 'json-seq' as const,
      body: encoder.encode(items.map((item) => `\u001e${item}\n`).join('')),
    })),
    fc
      .array(line, { maxLength: 5 })
      .map((lines) => ({ framing: 'text' as const, body: encoder.encode(lines.join('\n')) })),
    fc.array(fc.tuple(fc.constantFrom('chunk', 'end'), json), { maxLength: 4 }).map((events) => ({
      framing: 'aws-event-stream' as const,
      body: Buffer.concat(
        events.map(([type, payload]) =>
          encodeAwsMessage(
            [
              { name: ':event-type', value: type },
              { name: ':message-type', value: 'event' },
            ],
            encoder.encode(payload),
          ),
        ),
      ),
    })),
    fc
      .oneof(
        noise,
        line.map((text) => encoder.encode(text)),
      )
      .map((body) => ({ framing: null, body })),
  )
  .chain(({ framing, body }) =>
    fc.record({
      framing: fc.constant(framing),
      body: fc.constant(new Uint8Array(body)),
      cuts: fc.array(fc.nat(Math.max(0, body.length)), { maxLength: 4 }),
      lastEventId: fc.constantFrom('', '7', 'a b'),
    }),
  );

export const randomAttempts = fc.array(attempt, { minLength: 1, maxLength: 3 });

/** Recorded with heads and ends; times have fractions. */
export function sessionOf(attempts: readonly RandomAttempt[]): SessionReader {
  const log = createMemoryLog({ sessionId: 's1', maxBytes: 64 * 1024 * 1024 });
  const recorder = createRecorder({
    log,
    byteText: createPortableByteText(),
    lastEventId: attempts[0]?.lastEventId ?? '',
  });
  let atMs = 0;
  const tick = (): number => (atMs += 1.37);
  for (const [index, { framing, body, cuts, lastEventId }] of attempts.entries()) {
    const number = index + 1;
    recorder.entry({ ...attemptStart(number), lastEventId }, tick());
    const head = responseHead(number, framing !== null);
    recorder.entry(
      head.kind === 'response-head' && framing !== null && framing !== 'sse' ? { ...head, framing } : head,
      tick(),
    );
    recorder.beginBody(number, framing);
    const places = [0, ...[...cuts].sort((a, b) => a - b), body.length];
    for (let at = 1; at < places.length; at += 1)
      recorder.read(body.subarray(places[at - 1], places[at]), tick());
    recorder.endBody(tick());
    recorder.entry(attemptEnd(number, body.length), tick());
    if (number < attempts.length)
      recorder.entry(
        {
          kind: 'retry-scheduled',
          attempt: number,
          delayMs: 3000,
          source: 'default',
          why: 'The stream ended',
        },
        tick(),
      );
  }
  recorder.entry(
    { kind: 'connection-closed', attempt: attempts.length, state: 'closed', why: 'You stopped it' },
    tick(),
  );
  return log;
}
