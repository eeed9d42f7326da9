import { describe, expect, it } from 'vitest';
import { describeFault } from '../../../../src/shared/faults/describe-fault.ts';
import {
  faultFields,
  withFault,
  withFaultAt,
  withoutFault,
} from '../../../../src/shared/faults/edit-faults.ts';
import { CONDITION_WORDS, FAULT_WORDS } from '../../../../src/shared/faults/fault-keys.ts';
import { READY_FAULTS } from '../../../../src/shared/faults/gallery.ts';
import { parseFaults } from '../../../../src/shared/faults/parse-faults.ts';

function sentences(text: string): string[] {
  const parsed = parseFaults(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return parsed.plan.faults.map(describeFault);
}

/** "line:column message" of each problem. */
function problems(text: string): string[] {
  const parsed = parseFaults(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const one = (...lines: string[]): string => `faults:\n  - ${lines.join('\n    ')}\n`;

describe('a fault script', () => {
  it('is read into faults that can be told in words', () => {
    const text = `# What the staging proxy does
seed: 7
faults:
  - status: 503
    retry-after: 2
    attempt: 1-2
  - stall: 10s
    event: 20
  - reset
  - drop:
    type: ping
    chance: 25%
  - {duplicate: 2, every: 3}
  - corrupt: {at: 5, to: 0xff}
    id: 007
  - truncate: short-length
    after-bytes: 4kb
  - endless-line: forever
    after: 1500ms
    times: 1
`;
    expect(sentences(text)).toEqual([
      'Answers 503, Retry-After: 2 in attempt 1 to 2',
      'Stalls for 10 s before event 20',
      'Resets the connection at once',
      'Drops 25% of events of type ping',
      'Sends 2 times more every 3rd of the events',
      'Changes byte 5 to 0xff of the event with id 007',
      'Cuts the body off, short of its Content-Length, after 4 KB',
      'Sends a line without end after 1.5 s once',
    ]);
  });

  it('may be empty, or nothing but comments', () => {
    for (const text of ['', '# later\n', 'faults:\n', 'faults: []', 'seed: 3'])
      expect(parseFaults(text)).toMatchObject({ ok: true, plan: { faults: [] } });
  });

  it('reads an example of every fault, with every condition that it knows', () => {
    for (const { kind, example, conditions, needsEvent } of FAULT_WORDS) {
      expect(sentences(one(`${kind}: ${example}`, ...(needsEvent ? ['event: 1'] : [])))).toHaveLength(1);
      const all = conditions.map((key) => `${key}: ${CONDITION_WORDS[key][1]}`);
      expect(sentences(one(`${kind}: ${example}`, ...all))).toHaveLength(1);
    }
  });

  it.each([
    ['faults:\n  - stal: 10s\n', '2:5 "stal" is no fault'],
    [one('stall: 10'), '2:12 stall wants a time with its unit'],
    [one('stall: 10s', 'evnt: 3'), '3:5 stall does not know "evnt". It knows stall, event'],
    [one('stall: 10s', 'event: 0'), '3:12 event counts from 1'],
    [one('stall: 10s', 'event: 5-3'), '3:12 event counts from 1'],
    [one('drop:'), '2:5 drop wants to know where'],
    [one('drop: 3', 'event: 1'), '2:11 drop takes no value'],
    [one('status: 99'), '2:13 status wants a whole number from 200 to 599'],
    [one('status: 503', 'event: 3'), '3:5 status does not know "event"'],
    [one('stall: 1s', 'reset:'), '3:5 This is two faults in one'],
    [one('insert: {comment: a, colour: red}'), '2:26 insert does not know "colour"'],
    [one('insert: {id: "a\\nb"}'), '2:13 insert: A line break cannot be part of "id"'],
    [one('redirect: elsewhere'), '2:15 redirect wants a path'],
    [one('stall: 1s', 'filter: kind:nonsense'), '3:13 filter: There is no kind "nonsense"'],
    [one('stall: 1s', 'chance: 150%'), '3:13 chance wants a share'],
    [one('stall: 1s', 'where: inside', 'event: 2'), '3:12 where is before, middle or after'],
    [one('corrupt: {to: 3}', 'event: 1'), '2:14 corrupt wants "at"'],
    ['fault: []', '1:1 A script does not know "fault"'],
    ['- stall: 1s', '1:1 A script begins with "faults:"'],
    ['faults: 3', '1:9 "faults" wants a list'],
    ['faults:\n  - 3\n', '2:5 A fault is a name with its value'],
    ['faults: [', '1:10 This is no YAML'],
    ['seed: x', '1:7 seed wants a whole number'],
    ['a: &x 1\nfaults: *x', '1:1 A script does not know "a"'],
    [one('content-type: "a\\u0001b"'), '2:19 content-type wants a text that a header can carry'],
  ])('says what is wrong and where: %j', (text, expected) => {
    expect(problems(text)[0]).toContain(expected);
  });

  it('tells all that is wrong at once', () => {
    expect(problems('faults:\n  - stall: x\n  - drop\n  - reset\n  - nonsense\n')).toHaveLength(3);
  });

  it('is never a crash, whatever it is cut to', () => {
    const text =
      'seed: 7\nfaults:\n  - insert: {data: "x", id: *a, retry: 3}\n    event: [1, {a: 2}]\n  - ? {a: b}\n    : c\n';
    for (let end = 0; end <= text.length; end += 1)
      expect(parseFaults(text.slice(0, end))).toHaveProperty('ok');
  });

  it('has a gallery that it reads', () => {
    for (const { faults } of READY_FAULTS) {
      const text = faults.reduce(withFault, '');
      expect(sentences(text)).toHaveLength(faults.length);
      expect(faultFields(text)).toEqual(faults);
    }
  });
});

describe('changing a script', () => {
  const text = '# mine\nseed: 3\nfaults:\n  # the first\n  - stall: 10s # long\n    event: 3\n\n  - reset\n';

  it('adds at the end and keeps what is there', () => {
    expect(
      withFault(text, [
        ['drop', ''],
        ['every', '2'],
      ]),
    ).toBe(`${text}  - drop:\n    every: 2\n`);
    expect(withFault('', [['reset', '']])).toBe('faults:\n  - reset:\n');
    expect(withFault('# only\n', [['reset', '']])).toBe('# only\nfaults:\n  - reset:\n');
  });

  it('replaces one and keeps the comment above it', () => {
    const changed = withFaultAt(text, 0, [['stall', 'forever']]);
    expect(changed).toContain('# the first\n  - stall: forever\n');
    expect(changed).toContain('# mine\nseed: 3\n');
    expect(sentences(changed)).toHaveLength(2);
  });

  it('takes one out', () => {
    expect(sentences(withoutFault(text, 0))).toEqual(['Resets the connection at once']);
  });

  it('gives values back as they are written', () => {
    expect(faultFields(text)).toEqual([
      [
        ['stall', '10s'],
        ['event', '3'],
      ],
      [['reset', '']],
    ]);
  });
});
