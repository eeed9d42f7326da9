/** What a live stream shows while it runs: when each check is decided, and that it ends as the stored session does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyOf } from '../../../../src/shared/checks/evaluation.ts';
import { createTeller } from '../../../support/told-session.ts';
import { advanceWith, evaluationOf, judged } from '../../../support/judged.ts';

/** A transcript: after each line, or after a time without one, the state of the only check. */
async function states(
  yaml: string,
  steps: readonly (readonly [line: string, state: string])[],
): Promise<void> {
  const teller = createTeller();
  const evaluation = evaluationOf(`- ${yaml}`);
  const log = advanceWith(evaluation, teller.log);
  for (const [at, [line, state]] of steps.entries()) {
    if (line.startsWith('now ')) evaluation.time(Number(line.slice(4)));
    else if (line === 'over') {
      await log.advance(true);
      evaluation.end();
    } else {
      teller.tell(line);
      await log.advance(false);
    }
    expect(`${at} ${line}: ${evaluation.results()[0]?.state}`).toBe(`${at} ${line}: ${state}`);
  }
}

describe('a check is decided as soon as it can be', () => {
  it.each<[string, readonly (readonly [string, string])[]]>([
    [
      'event: type:a',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['10 type=a', 'passed'],
        ['over', 'passed'],
      ],
    ],
    [
      'event: { matches: type:a, within: 100ms }',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['now 100', 'pending'],
        ['now 101', 'failed'],
        ['150 type=a', 'failed'],
      ],
    ],
    [
      'count: { exactly: 1 }',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['10 a', 'pending'],
        ['20 b', 'failed'],
        ['over', 'failed'],
      ],
    ],
    [
      'count: { at-least: 2 }',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['10 a', 'pending'],
        ['20 b', 'passed'],
      ],
    ],
    [
      'order: [type:a, type:b]',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['10 type=b', 'failed'],
      ],
    ],
    [
      'sequence: [type:a, type:b]',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['10 type=a', 'pending'],
        ['20 type=a', 'failed'],
      ],
    ],
    [
      'gap: 50ms',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['now 55', 'pending'],
        ['now 56', 'failed'],
        ['70 a', 'failed'],
      ],
    ],
    [
      'status: 200',
      [
        ['0 request', 'pending'],
        ['5 head 200', 'passed'],
      ],
    ],
    [
      'duration: { at-most: 1s }',
      [
        ['0 request', 'pending'],
        ['now 1000', 'pending'],
        ['now 1001', 'failed'],
      ],
    ],
    [
      'reconnects: none',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['9 end', 'pending'],
        ['20 request', 'failed'],
      ],
    ],
    [
      'first-answer: 20ms',
      [
        ['0 request', 'pending'],
        ['5 head', 'pending'],
        ['now 21', 'failed'],
      ],
    ],
  ])('%s', (yaml, steps) => states(yaml, steps));
});

it('takes a verdict by the clock back when the event had come in time after all', () =>
  states('event: { matches: type:a, within: 100ms }', [
    ['0 request', 'pending'],
    ['5 head', 'pending'],
    ['now 120', 'failed'],
    ['99 type=a', 'passed'],
  ]));

it('waits with a frame that may still grow by the LF of a CRLF', async () => {
  const teller = createTeller();
  const evaluation = evaluationOf('- no-diagnostics: [bare-cr]\n- count: { at-least: 1 }');
  const log = advanceWith(evaluation, teller.log);
  for (const line of ['0 request', '5 head', '10 wire data: a\\r\\n\\r']) teller.tell(line);
  await log.advance(false);
  expect(evaluation.results()[1]?.state).toBe('pending');
  teller.tell('20 wire \\n');
  await log.advance(false);
  expect(evaluation.results()[1]?.state).toBe('passed');
  await log.advance(true);
  evaluation.end();
  expect(evaluation.results().map(({ state }) => state)).toEqual(['passed', 'passed']);
});

const ALL = `
- status: 200
- content-type: text/event-stream
- event: { matches: type:a, within: 40ms }
- event: { matches: type:b, within: 30ms, after: type:a }
- count: { matches: type:a, at-least: 1, at-most: 4 }
- order: [type:a, type:b]
- sequence: { among: "type:a or type:b", steps: [type:a, { matches: type:b, times: any }] }
- ids: rising
- ids: { are: consecutive, matches: type:a }
- gap: 30ms
- gap: { at-most: 30ms, between: bytes }
- schema: { matches: type:b, is: { type: object } }
- first-answer: 50ms
- ends-with: terminator
- ends-with: type:a
- text: { contains: "a" }
- text: { equals: "aa" }
- no-diagnostics: any
- duration: { at-most: 200ms }
- reconnects: { at-most: 1 }
- resume: exact
`;
const CHUNK = JSON.stringify({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }],
});

const told = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...['type=a x', 'type=b {}', 'type=b x', 'id=1 x', 'type=a id=2 x', 'type=a id=3 x', CHUNK, '[DONE]'],
      ...[
        'wire : ping\\n\\n',
        'wire data: p',
        'wire art\\n\\n',
        'wire data: cr\\r\\n\\r',
        'wire \\n',
        'wire odd\\n\\n',
      ],
      ...['end', 'request', 'head 200', 'head 503'],
    ),
    fc.integer({ min: 0, max: 60 }),
    // How much of it is looked at before the next line, and whether the clock goes on meanwhile.
    fc.constantFrom('nothing', 'log', 'results', 'clock'),
  ),
  { maxLength: 30 },
);

it('a live evaluation ends as one over the stored session does', async () => {
  await fc.assert(
    fc.asyncProperty(told, async (steps) => {
      const teller = createTeller();
      const live = evaluationOf(ALL);
      const log = advanceWith(live, teller.log);
      let atMs = 5;
      teller.tell('0 request');
      teller.tell('5 head 200');
      for (const [line, waitMs, look] of steps) {
        if (look === 'clock') live.time(atMs + waitMs);
        atMs += waitMs;
        teller.tell(`${atMs} ${line}`);
        if (look !== 'nothing') await log.advance(false);
        if (look === 'results') expect(live.results()).toHaveLength(21);
      }
      await log.advance(true);
      live.end();
      expect(live.results()).toEqual(await judged(ALL, teller.log));
      expect(tallyOf(live.results()).pending).toBe(0);
    }),
    { numRuns: 60 },
  );
});
