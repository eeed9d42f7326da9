/** Each kind of check over sessions that it passes and sessions that it fails. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECK_KINDS } from '../../../../src/shared/checks/registry.ts';
import { readChecks } from '../../../../src/shared/checks/read-checks.ts';
import { createTeller, toldSession } from '../../../support/told-session.ts';
import { BYTES, verdictOn } from '../../../support/judged.ts';

/** A completion, and how sessions of the table begin. */
const OPEN = ['0 request', '5 head 200'];
const chat = (atMs: number, content: string, finish: string | null = null) =>
  `${atMs} ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    model: 'm',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })}`;
const ANSWER = [...OPEN, chat(100, 'Paris is '), chat(200, 'the capital.', 'stop'), '210 [DONE]', '220 end'];

/** Below "= kind": a check, a session and what is said of it, with the entries that prove it behind an @. */
const TABLE = readFileSync(resolve(import.meta.dirname, '../../../fixtures/checks/kinds.txt'), 'utf8');
const ROWS = TABLE.split(/^= /m)
  .slice(1)
  .flatMap((section) => {
    const [kind = '', ...rows] = section.trim().split(/\n\n+/);
    return rows.map((row) => {
      const [yaml = '', session = '', verdict = ''] = row.split('\n').map((line) => line.trim());
      const [, state = '', sentence = '', seqs = ''] =
        /^([a-z-]+): (.*?)(?: @([\d ]+))?$/.exec(verdict) ?? [];
      const told = session
        .replace('ANSWER', ANSWER.join(' | '))
        .replace('OPEN', OPEN.join(' | '))
        .split(' | ');
      const proofs = seqs === '' ? [] : seqs.split(' ').map(Number);
      return { kind, yaml, session, told, state, sentence: sentence.trim(), seqs: proofs };
    });
  });

it('the table has rows of every kind that a transcript can show', () => {
  const kinds = new Set(ROWS.map(({ kind }) => kind));
  expect(CHECK_KINDS.map(({ key }) => key).filter((key) => !kinds.has(key))).toEqual(['resume']);
});

it.each(ROWS)('$yaml over $session', async ({ kind, yaml, told, state, sentence, seqs }) => {
  const result = await verdictOn(yaml, toldSession(...told));
  expect(result).toMatchObject({ kind, state, seqs });
  expect(result.sentence).toContain(sentence);
});

describe('resume', () => {
  const report = {
    kind: 'resume-report' as const,
    attempt: 2,
    afterId: '1',
    firstId: '2',
    ids: 'numeric' as const,
    missing: 0,
    gaps: [],
    repeated: 0,
    repeatedIds: [],
    forgot: false,
  };
  const resumed = (...changes: readonly object[]) => {
    const teller = createTeller();
    for (const line of [...OPEN, '10 id=1 a', '20 end', '30 request', '35 head 200']) teller.tell(line);
    for (const change of changes) teller.entry({ ...report, ...change }, 40);
    return teller.log;
  };

  it.each([
    ['without-gaps', [{}], 'passed', '1 resume, as wanted.'],
    ['without-gaps', [{ missing: 3 }], 'failed', 'After 1 resume: 3 missing.'],
    ['without-gaps', [{ repeated: 2 }], 'passed', '1 resume, as wanted.'],
    ['exact', [{ missing: 1, repeated: 2 }], 'failed', 'After 1 resume: 1 missing, 2 repeated.'],
    ['without-repeats', [{ missing: 1, repeated: 2 }], 'failed', 'After 1 resume: 2 repeated.'],
    [
      'without-gaps',
      [{ missing: null }],
      'not-applicable',
      'The ids do not tell whether events are missing.',
    ],
    ['without-gaps', [{ missing: 4 }, { missing: 0 }], 'passed', '1 resume, as wanted.'],
    ['without-gaps', [], 'not-applicable', 'The stream was never resumed with ids.'],
  ] as const)('%s with the reports %j is %s', async (rule, changes, state, sentence) => {
    expect(await verdictOn(`resume: ${rule}`, resumed(...changes))).toMatchObject({ state, sentence });
  });
});

describe('of a file of bytes', () => {
  const bytes = () => toldSession(...ANSWER);

  it.each([
    'status: 200',
    'content-type: text/event-stream',
    'gap: 1ms',
    'first-answer: 1ms',
    'duration: { at-most: 1ms }',
    'reconnects: none',
    'resume: exact',
    'event: { matches: Paris, within: 1ms }',
  ])('%s is not applicable', async (yaml) => {
    expect(await verdictOn(yaml, bytes(), BYTES)).toMatchObject({ state: 'not-applicable' });
  });

  it.each(['event: Paris', 'count: { exactly: 3 }', 'text: { contains: Paris }', 'ends-with: terminator'])(
    '%s is judged',
    async (yaml) => {
      expect(await verdictOn(yaml, bytes(), BYTES)).toMatchObject({ state: 'passed' });
    },
  );
});

describe('every kind', () => {
  it.each(CHECK_KINDS.map(({ key, example }) => [key, example]))(
    '%s has an example that can be read',
    (key, example) => {
      const { checks, problems } = readChecks(`- ${example.replaceAll('\n', '\n  ')}`);
      expect(problems).toEqual([]);
      expect(checks).toMatchObject([{ kind: key }]);
    },
  );

  it('has a key of its own', () => {
    expect(new Set(CHECK_KINDS.map(({ key }) => key)).size).toBe(CHECK_KINDS.length);
  });
});
