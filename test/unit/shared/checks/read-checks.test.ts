import { expect, it } from 'vitest';
import { readChecks } from '../../../../src/shared/checks/read-checks.ts';

const problemsOf = (text: string) =>
  readChecks(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

it('reads a document, or the list alone', () => {
  for (const text of [
    'version: 1\nchecks:\n  - status: 200\n  - ids: rising\n',
    '- status: 200\n- ids: rising\n',
  ]) {
    const { checks, problems } = readChecks(text);
    expect(problems).toEqual([]);
    expect(checks.map(({ kind, index }) => [kind, index])).toEqual([
      ['status', 0],
      ['ids', 1],
    ]);
  }
});

it('names a check by what it asserts, unless the user does', () => {
  const { checks } = readChecks('- status: [200, 204]\n\n- name: Rises\n  ids: rising\n');
  expect(checks.map(({ name, line }) => [name, line])).toEqual([
    ['The server answers with 200 or 204', 1],
    ['Rises', 3],
  ]);
});

it.each(['', '# nothing yet\n', 'checks:\n', '[]'])('%j has no checks and no problems', (text) => {
  expect(readChecks(text)).toEqual({ checks: [], problems: [] });
});

it('runs the checks that can be read, and says what is wrong with the others', () => {
  const text = '- status: 200\n- statsu: 200\n- ids: sinking\n- count: { exactly: 1 }\n';
  const { checks, problems } = readChecks(text);
  expect(checks.map(({ kind, index }) => [kind, index])).toEqual([
    ['status', 0],
    ['count', 1],
  ]);
  expect(problems.map(({ line }) => line)).toEqual([2, 3]);
});

it.each([
  [
    '- statsu: 200',
    /^1:3 There is no check "statsu"; there are status, content-type, .*Did you mean "status"\?$/,
  ],
  ['- status: 200\n  ids: rising', /^2:3 One check has "status" and "ids"; begin a new one with "- "\.$/],
  ['- name: x', /^1:3 A check is one of status, /],
  ['- status', /^1:3 A check has fields, such as "name: value", and is not a text\.$/],
  ['checks: 3', /^1:9 checks is a list, and not a number\.$/],
  ['check: []', /^1:1 A checks document has no "check"; it has version and checks\.$/],
  ['version: 2\nchecks: []', /^1:10 This is version 2; this program reads version 1\.$/],
  ['- status: 42', /^1:11 A status is a number from 100 to 599\.$/],
  ['- status: ok', /^1:11 status is a whole number from 0 on, and not "ok"\.$/],
  ['- ids: sinking', /^1:8 ids is present, rising or consecutive, and not "sinking"\.$/],
  [
    '- event:\n    matches: x\n    witin: 3s',
    /^3:5 event has no "witin"; it has matches, within, from and after\.$/,
  ],
  ['- event: { within: 3s }', /^1:10 event needs "matches"/],
  [
    '- event: { matches: x, within: soon }',
    /^1:32 within is a time such as 250ms, 2s or 1min, and not "soon"\.$/,
  ],
  ['- event: { matches: x, from: request, after: y }', /^1:30 "from" and "after" contradict each other/],
  ['- event: "size>big"', /^1:16 event is a query that cannot be read: /],
  ['- event: a (b', /^1:1[23] event is a query that cannot be read: /],
  ['- count: {}', /^1:10 count needs "at-least", "at-most" or "exactly"\.$/],
  ['- count: { at-least: 3, at-most: 2 }', /^1:10 At least 3 and at most 2 contradict each other\.$/],
  ['- count: { exactly: 1.5 }', /^1:21 exactly is a whole number from 0 on, and not "1\.5"\.$/],
  ['- order: [x]', /^1:10 order is a list of at least two queries\.$/],
  [
    '- sequence: [{ matches: x, times: thrice }]',
    /^1:35 times is once, optional, any or some, and not "thrice"\.$/,
  ],
  ['- gap: { at-most: 1s, between: bytes, matches: x }', /^1:48 Bytes do not match queries/],
  ['- schema: { is: 3 }', /^1:17 A schema is an object, true or false\.$/],
  ['- schema: { is: { $ref: "#/$defs/none" } }', /^1:17 This schema cannot be used: /],
  ['- schema: { matches: x }', /^1:11 schema needs "is"/],
  ['- text: { equals: a, contains: b }', /^1:9 text needs one of/],
  ['- text: { matches: "(" }', /^1:20 "matches" is no regular expression: /],
  ['- no-diagnostics: [odd]', /^1:20 There is no finding "odd"; there are unknown-field, /],
  ['- no-diagnostics: some', /^1:19 no-diagnostics is any, and not "some"\.$/],
  ['- reconnects: many', /^1:15 reconnects is none, and not "many"\.$/],
  ['- resume: well', /^1:11 resume is without-gaps, without-repeats or exact, and not "well"\.$/],
  ['- duration: {}', /^1:13 duration needs "at-least" or "at-most"\.$/],
  ['- [', /^\d+:\d+ .+\.$/],
  ['- a: 1\n  a: 2', /^2:3 Map keys must be unique\.$/],
  ['- &a status: *b', /^1:\d+ .+/],
])('%j is refused at its place', (text, expected) => {
  const problems = problemsOf(text);
  expect(problems[0]).toMatch(expected);
});

it('reads aliases of YAML, and does not follow a bomb of them', () => {
  expect(readChecks('- &one\n  status: 200\n- *one\n').checks).toHaveLength(2);
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [at, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h'].entries())
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]`);
  expect(problemsOf(`- schema: { is: { enum: *h, ${bomb.join(', ')} } }`).length).toBeGreaterThan(0);
});

it('takes a schema from a file that whoever runs it can read', () => {
  const text = '- schema: { file: goal.json }';
  expect(readChecks(text).problems).toEqual([]);
  expect(readChecks(text, { fileText: () => '{"type":"object"}' }).problems).toEqual([]);
  expect(readChecks(text, { fileText: () => null }).problems[0]?.message).toContain(
    '"goal.json" cannot be read',
  );
  expect(readChecks(text, { fileText: () => '{' }).problems[0]?.message).toContain('is no JSON');
});
