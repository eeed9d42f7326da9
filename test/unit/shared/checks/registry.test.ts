/** Each kind of check over sessions that it passes and sessions that it fails. */
import { describe, expect, it } from 'vitest';
import { CHECK_KINDS } from '../../../../src/shared/checks/registry.ts';
import { readChecks } from '../../../../src/shared/checks/read-checks.ts';
import { createTeller, toldSession } from '../../../support/told-session.ts';
import { BYTES, verdictOn } from '../../../support/judged.ts';

const OPEN = ['0 request', '5 head 200'];
const chat = (atMs: number, content: string, finish: string | null = null) =>
  `${atMs} ${JSON.stringify({
    id: 'c',
    object: 'chat.completion.chunk',
    model: 'm',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })}`;
const ANSWER = [...OPEN, chat(100, 'Paris is '), chat(200, 'the capital.', 'stop'), '210 [DONE]', '220 end'];

type Row = readonly [
  yaml: string,
  session: readonly string[],
  state: string,
  sentence: string,
  seqs: readonly number[],
];

describe.each<[string, readonly Row[]]>([
  [
    'event',
    [
      [
        'event: type:a',
        [...OPEN, '10 x', '30 type=a y', '40 end'],
        'passed',
        'It came 30 ms after the request.',
        [3],
      ],
      ['event: type:a', [...OPEN, '10 x', '40 end'], 'failed', 'No event matched type:a.', []],
      [
        'event: { matches: type:a, within: 50ms }',
        [...OPEN, '50 type=a', '60 end'],
        'passed',
        'It came 50 ms after the request.',
        [2],
      ],
      [
        'event: { matches: type:a, within: 20ms }',
        [...OPEN, '50 type=a', '60 end'],
        'failed',
        'It came 50 ms after the request, 30 ms too late.',
        [2],
      ],
      [
        'event: { matches: type:a, within: 20ms }',
        [...OPEN, '60 end'],
        'failed',
        'No event matched type:a.',
        [],
      ],
      [
        'event: { matches: type:a, within: 46ms, from: response }',
        [...OPEN, '50 type=a', '60 end'],
        'passed',
        'It came 45 ms after the response.',
        [2],
      ],
      [
        'event: { matches: type:b, within: 10ms, after: type:a }',
        [...OPEN, '10 type=b', '50 type=a', '55 type=b', '60 end'],
        'passed',
        'It came 5 ms after the first that matches type:a.',
        [4],
      ],
      [
        'event: { matches: type:b, after: type:a }',
        [...OPEN, '10 type=b', '60 end'],
        'not-applicable',
        'Nothing matched type:a, so there was nothing to wait for.',
        [],
      ],
      ['event: { matches: x, from: response }', ['0 request'], 'failed', 'No response was seen.', []],
      [
        'event: "kind:comment ping"',
        [...OPEN, '10 wire : ping\\n\\n', '20 end'],
        'passed',
        'It came 10 ms after the request.',
        [2],
      ],
      ['event: ping', [...OPEN, '10 wire : ping\\n\\n', '20 end'], 'failed', 'No event matched ping.', []],
      [
        'event: gap>15ms',
        [...OPEN, '10 a', '20 b', '40 c', '50 end'],
        'passed',
        'It came 40 ms after the request.',
        [4],
      ],
      [
        'event: json.n>2',
        [...OPEN, '10 {"n":1}', '20 {"n":3}', '50 end'],
        'passed',
        'It came 20 ms after the request.',
        [3],
      ],
    ],
  ],
  [
    'count',
    [
      ['count: { exactly: 2 }', [...OPEN, '10 a', '20 b', '30 end'], 'passed', '2 events came.', [2, 3]],
      [
        'count: { exactly: 1 }',
        [...OPEN, '10 a', '20 b', '30 end'],
        'failed',
        '2 events came, and no more than 1 may.',
        [2, 3],
      ],
      [
        'count: { matches: type:x, at-least: 1 }',
        [...OPEN, '10 a', '30 end'],
        'failed',
        '0 events match, and 1 or more are wanted.',
        [],
      ],
      [
        'count: { matches: type:x, at-least: 1 }',
        [...OPEN, '10 type=x', '30 end'],
        'passed',
        '1 event matches.',
        [2],
      ],
      [
        'count: { matches: type:x, at-most: 0 }',
        [...OPEN, '10 a', '30 end'],
        'passed',
        '0 events match.',
        [],
      ],
    ],
  ],
  [
    'order',
    [
      [
        'order: [type:a, type:b]',
        [...OPEN, '10 type=a', '20 type=b', '30 type=a', '40 end'],
        'passed',
        'They came in that order.',
        [2, 3],
      ],
      [
        'order: [type:a, type:b]',
        [...OPEN, '10 type=b', '20 type=a', '40 end'],
        'failed',
        'An event matched type:b before one had matched type:a.',
        [2],
      ],
      [
        'order: [type:a, type:b, type:c]',
        [...OPEN, '10 type=a', '20 type=c', '40 end'],
        'failed',
        'An event matched type:c before one had matched type:b.',
        [2, 3],
      ],
      [
        'order: [type:a, type:b]',
        [...OPEN, '10 type=a', '40 end'],
        'failed',
        'No event matched type:b.',
        [2],
      ],
      ['order: [x, x]', [...OPEN, '10 x', '20 x', '40 end'], 'passed', 'They came in that order.', [2, 3]],
    ],
  ],
  [
    'sequence',
    [
      [
        'sequence: [type:a, type:b]',
        [...OPEN, '10 type=a', '20 type=b', '40 end'],
        'passed',
        'They are, in that order.',
        [3],
      ],
      [
        'sequence: [type:a, type:b]',
        [...OPEN, '10 type=a', '20 type=c', '40 end'],
        'failed',
        'This event is not type:b.',
        [3],
      ],
      [
        'sequence: [type:a, type:b]',
        [...OPEN, '10 type=a', '20 type=b', '30 type=b', '40 end'],
        'failed',
        'This event is not the end.',
        [4],
      ],
      [
        'sequence: [type:a, type:b]',
        [...OPEN, '10 type=a', '40 end'],
        'failed',
        'The events ended where type:b was to come.',
        [2],
      ],
      [
        'sequence: { among: -type:ping, steps: [type:a, { matches: type:b, times: some }, { matches: type:c, times: optional }, type:d] }',
        [...OPEN, '10 type=a', '15 type=ping', '20 type=b', '25 type=b', '30 type=d', '40 end'],
        'passed',
        'They are, in that order.',
        [6],
      ],
      [
        'sequence: [type:a, { matches: type:b, times: some }]',
        [...OPEN, '10 type=a', '40 end'],
        'failed',
        'The events ended where type:b was to come.',
        [2],
      ],
      [
        'sequence: [{ matches: x, times: any }, x, y]',
        [...OPEN, '10 x', '15 x', '20 x', '25 y', '40 end'],
        'passed',
        'They are, in that order.',
        [5],
      ],
      [
        'sequence: [{ matches: x, times: any }, y]',
        [...OPEN, '10 z', '40 end'],
        'failed',
        'This event is not x or y.',
        [2],
      ],
    ],
  ],
  [
    'ids',
    [
      [
        'ids: rising',
        [...OPEN, '10 id=1 a', '20 id=9 b', '25 c', '30 id=10 d', '40 end'],
        'passed',
        '3 ids are rising.',
        [],
      ],
      ['ids: rising', [...OPEN, '10 id=10 a', '20 id=9 b', '40 end'], 'failed', '“9” came after “10”.', [3]],
      [
        'ids: rising',
        [...OPEN, '10 id=b a', '20 id=a b', '30 id=b', '35 id=b', '40 end'],
        'failed',
        'The first of 2 such places: “a” came after “b”.',
        [3, 5],
      ],
      [
        'ids: consecutive',
        [...OPEN, '10 id=9007199254740993 a', '20 id=9007199254740994 b', '40 end'],
        'passed',
        '2 ids are consecutive.',
        [],
      ],
      [
        'ids: consecutive',
        [...OPEN, '10 id=1 a', '20 id=3 b', '40 end'],
        'failed',
        '“3” came after “1”.',
        [3],
      ],
      ['ids: rising', [...OPEN, '10 a', '40 end'], 'not-applicable', 'No event has an id.', []],
      [
        'ids: { are: present, matches: type:x }',
        [...OPEN, '10 a', '20 type=x id=1 b', '30 type=x b', '40 end'],
        'failed',
        'It has no id.',
        [4],
      ],
    ],
  ],
  [
    'gap',
    [
      ['gap: 20ms', [...OPEN, '10 a', '30 b', '40 end'], 'passed', '2 events without a longer gap.', []],
      [
        'gap: 20ms',
        [...OPEN, '10 a', '31 b', '60 c', '70 end'],
        'failed',
        '29 ms passed without an event before #5. It is the longest of 2.',
        [3, 4],
      ],
      [
        'gap: 20ms',
        [...OPEN, '10 a', '40 end'],
        'failed',
        '30 ms passed without an event before the end.',
        [3],
      ],
      [
        'gap: 20ms',
        [
          '0 request',
          '100 head 200',
          '110 a',
          '115 end',
          '1000 request',
          '1001 head 200',
          '1010 b',
          '1011 end',
        ],
        'passed',
        '2 events without a longer gap.',
        [],
      ],
      [
        'gap: { at-most: 20ms, between: bytes }',
        [...OPEN, '20 wire data: a', '35 wire \\n', '50 wire \\n', '60 end'],
        'passed',
        '3 reads without a longer gap.',
        [],
      ],
      [
        'gap: { at-most: 20ms, between: bytes }',
        [...OPEN, '20 wire data: a', '45 wire \\n\\n', '60 end'],
        'failed',
        '25 ms passed without a byte before #3.',
        [2],
      ],
      [
        'gap: { at-most: 20ms, matches: type:a }',
        [...OPEN, '10 type=a', '25 b', '40 end'],
        'failed',
        '30 ms passed without an event before the end.',
        [4],
      ],
    ],
  ],
  [
    'status',
    [
      ['status: 200', [...OPEN, '10 end'], 'passed', 'It answered 200.', [1]],
      [
        'status: [200, 204]',
        ['0 request', '5 head 503', '10 end', '20 request', '25 head 200', '30 end'],
        'failed',
        'It answered 503, and not 200 or 204.',
        [1],
      ],
      ['status: 200', ['0 request'], 'failed', 'No answer came.', []],
    ],
  ],
  [
    'content-type',
    [
      [
        'content-type: text/event-stream',
        ['0 request', '5 head 200 text/event-stream;charset=utf-8', '10 end'],
        'passed',
        'It is text/event-stream;charset=utf-8.',
        [1],
      ],
      [
        'content-type: [text/event-stream, application/json]',
        ['0 request', '5 head 200 text/html', '10 end'],
        'failed',
        'It is “text/html”, and not text/event-stream or application/json.',
        [1],
      ],
    ],
  ],
  [
    'schema',
    [
      [
        'schema: { is: { type: object, required: [n] } }',
        [...OPEN, '10 {"n":1}', '20 {}', '30 nonsense', '40 end'],
        'failed',
        '2 of 3 events are not valid. The first: The data: Instance does not have required property "n".',
        [3, 4],
      ],
      [
        'schema: { is: { properties: { n: { type: integer } } } }',
        [...OPEN, '10 {"n":1}', '20 {"n":"x"}', '40 end'],
        'failed',
        '1 of 2 events is not valid. /n: Instance type "string" is invalid. Expected "integer".',
        [3],
      ],
      [
        'schema: { is: { type: number }, matches: type:n }',
        [...OPEN, '10 x', '20 type=n 4', '40 end'],
        'passed',
        '1 event valid.',
        [],
      ],
      [
        'schema: { is: true, matches: type:n }',
        [...OPEN, '10 x', '40 end'],
        'not-applicable',
        'No event matched, so none was judged.',
        [],
      ],
      [
        'schema: { is: { $defs: { a: { const: 1 } }, $ref: "#/$defs/a" } }',
        [...OPEN, '10 1', '40 end'],
        'passed',
        '1 event valid.',
        [],
      ],
    ],
  ],
  [
    'first-answer',
    [
      ['first-answer: 150ms', ANSWER, 'passed', 'It came after 100 ms.', [2]],
      ['first-answer: { within: 50ms }', ANSWER, 'failed', 'It came after 100 ms, 50 ms too late.', [2]],
      ['first-answer: { within: 1s, of: reasoning }', ANSWER, 'failed', '1 completion brought none.', []],
      ['first-answer: 1s', [...OPEN, '10 x', '20 end'], 'failed', 'No completion came.', []],
    ],
  ],
  [
    'ends-with',
    [
      ['ends-with: terminator', ANSWER, 'passed', 'Ended with [DONE].', [4]],
      [
        'ends-with: terminator',
        [...OPEN, chat(10, 'Hi', 'stop'), '20 end'],
        'failed',
        'Complete, but ended without [DONE].',
        [2],
      ],
      [
        'ends-with: terminator',
        [...OPEN, chat(10, 'Hi'), '20 end'],
        'failed',
        'Cut off after 1 chunk: no finish reason, no [DONE].',
        [2],
      ],
      [
        'ends-with: terminator',
        [...OPEN, '10 x', '20 end'],
        'failed',
        'No completion came. For other streams give a query: ends-with: type:done',
        [],
      ],
      ['ends-with: type:done', [...OPEN, '10 x', '15 type=done', '20 end'], 'passed', 'It does.', [3]],
      [
        'ends-with: type:done',
        [...OPEN, '10 type=done', '15 x', '20 end'],
        'failed',
        'The last event does not match it.',
        [3],
      ],
    ],
  ],
  [
    'text',
    [
      ['text: { equals: "Paris is the capital." }', ANSWER, 'passed', 'It does.', [2, 3]],
      [
        'text: { equals: "Paris was it" }',
        ANSWER,
        'failed',
        'After 6 characters it goes on with “is the capital.” where “was it” is wanted.',
        [2],
      ],
      [
        'text: { equals: "Paris is the capital. Really." }',
        ANSWER,
        'failed',
        'After 21 characters it ends where “ Really.” is wanted.',
        [],
      ],
      ['text: { contains: capital }', ANSWER, 'passed', 'It does.', [3]],
      ['text: { contains: "is the" }', ANSWER, 'passed', 'It does.', [2, 3]],
      ['text: { contains: Rome }', ANSWER, 'failed', 'It is “Paris is the capital.”.', [2, 3]],
      ['text: { lacks: Paris }', ANSWER, 'failed', 'It is in it.', [2]],
      ['text: { lacks: Rome }', ANSWER, 'passed', 'It does.', []],
      ['text: { matches: "/^paris.*capital\\\\.$/i" }', ANSWER, 'passed', 'It does.', [2, 3]],
      ['text: { matches: "^is" }', ANSWER, 'failed', 'It is “Paris is the capital.”.', [2, 3]],
      ['text: { contains: x, answer: 2 }', ANSWER, 'failed', 'There is no answer 2: 1 completion came.', []],
      ['text: { contains: x, of: reasoning }', ANSWER, 'failed', 'It is empty.', []],
    ],
  ],
  [
    'no-diagnostics',
    [
      ['no-diagnostics: any', ANSWER, 'passed', 'None was found.', []],
      [
        'no-diagnostics: [unknown-field]',
        [...OPEN, '10 wire data: a\\nnonsense: b\\n\\n', '20 end'],
        'failed',
        'Found unknown-field: ',
        [2],
      ],
      [
        'no-diagnostics: [bare-cr]',
        [...OPEN, '10 wire data: a\\nnonsense: b\\n\\n', '20 end'],
        'passed',
        'None was found.',
        [],
      ],
      [
        'no-diagnostics: [unknown-field]',
        [...OPEN, '10 wire event:t\\nx\\ndata:a\\n\\n', '20 end'],
        'failed',
        'Found unknown-field: ',
        [2],
      ],
      [
        'no-diagnostics: [no-terminator]',
        [...OPEN, chat(10, 'Hi', 'stop'), '20 end'],
        'failed',
        'Found no-terminator: Complete, but ended without [DONE].',
        [2],
      ],
      [
        'no-diagnostics: [incomplete-at-end]',
        [...OPEN, '10 wire data: a', '20 end'],
        'failed',
        'Found incomplete-at-end: ',
        [2],
      ],
    ],
  ],
  [
    'duration',
    [
      ['duration: { at-most: 50ms }', [...OPEN, '10 a', '50 end'], 'passed', 'It took 50 ms.', [3]],
      [
        'duration: { at-most: 49ms }',
        [...OPEN, '10 a', '50 end'],
        'failed',
        'It took 50 ms, 1 ms too long.',
        [3],
      ],
      ['duration: { at-least: 60ms }', [...OPEN, '10 a', '50 end'], 'failed', 'It took 50 ms only.', [3]],
    ],
  ],
  [
    'reconnects',
    [
      ['reconnects: none', [...OPEN, '10 end'], 'passed', 'It did not connect again.', []],
      [
        'reconnects: none',
        [...OPEN, '10 end', '20 request', '25 head 200', '30 end'],
        'failed',
        'It connected again 1 time, and may do so never.',
        [3],
      ],
      [
        'reconnects: { at-least: 2 }',
        [...OPEN, '10 end', '20 request', '30 end'],
        'failed',
        'It connected again 1 time, and 2 or more are wanted.',
        [3],
      ],
      [
        'reconnects: { at-most: 1 }',
        [...OPEN, '10 end', '20 request', '30 end'],
        'passed',
        'It connected again 1 time.',
        [3],
      ],
    ],
  ],
])('%s', (kind, rows) => {
  it.each(rows)('%s', async (yaml, session, state, sentence, seqs) => {
    const result = await verdictOn(yaml, toldSession(...session));
    expect(result).toMatchObject({ kind, state, seqs });
    expect(result.sentence).toContain(sentence);
  });
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
