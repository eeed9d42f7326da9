import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ALIGN_BY, alignEvents, type AlignBy } from '../../../../src/shared/diff/align-events.ts';
import { digestsOf, type EventText } from '../../../support/event-digests.ts';

/** Rows as "left|right", "-" for none. */
function rows(left: readonly EventText[], right: readonly EventText[], by: AlignBy): string[] {
  const { count, left: ours, right: theirs } = alignEvents(digestsOf(left), digestsOf(right), by);
  const name = (of: readonly EventText[], at: number) => (at < 0 ? '-' : (of[at]?.data ?? '?'));
  return Array.from(
    { length: count },
    (_, row) => `${name(left, ours[row] ?? -1)}|${name(right, theirs[row] ?? -1)}`,
  );
}

const texts = (all: string): EventText[] => [...all].map((data) => ({ data }));

describe('events are aligned', () => {
  it('by position, whatever they say', () => {
    expect(rows(texts('abc'), texts('xb'), 'position')).toEqual(['a|x', 'b|b', 'c|-']);
  });

  it('by content, with what is only in one in its place', () => {
    expect(rows(texts('abcde'), texts('acdex'), 'content')).toEqual([
      'a|a',
      'b|-',
      'c|c',
      'd|d',
      'e|e',
      '-|x',
    ]);
  });

  it('by content, pairing what changed between equal ones while the types agree', () => {
    expect(rows(texts('aXc'), texts('aYc'), 'content')).toEqual(['a|a', 'X|Y', 'c|c']);
    const other = [{ data: 'a' }, { data: 'Y', type: 'goal' }, { data: 'c' }];
    expect(rows(texts('aXc'), other, 'content')).toEqual(['a|a', 'X|-', '-|Y', 'c|c']);
  });

  it('by id, also where the order or the number of equal ids differs', () => {
    const left = [
      { id: '1', data: 'a' },
      { id: '2', data: 'b' },
      { id: '2', data: 'c' },
      { id: '3', data: 'd' },
    ];
    const right = [
      { id: '3', data: 'D' },
      { id: '2', data: 'B' },
      { id: '4', data: 'E' },
    ];
    expect(rows(left, right, 'id')).toEqual(['a|-', 'b|B', 'c|-', 'd|D', '-|E']);
  });

  it('by id, with events that have none by content between those that have', () => {
    const left = [{ data: 'p' }, { id: '1', data: 'a' }, { data: 'q' }, { data: 'r' }];
    const right = [{ id: '1', data: 'a' }, { data: 'r' }, { data: 'p' }];
    expect(rows(left, right, 'id')).toEqual(['p|-', 'a|a', 'q|-', 'r|r', '-|p']);
  });

  it('a session with itself, in whatever way', () => {
    for (const by of ALIGN_BY)
      expect(rows(texts('aabca'), texts('aabca'), by)).toEqual([...'aabca'].map((x) => `${x}|${x}`));
  });

  it('so that each event of both stands in exactly one row, in the order of the left session', () => {
    const event = fc.record({
      data: fc.constantFrom('a', 'b', 'c', 'd'),
      type: fc.constantFrom('x', 'y'),
      id: fc.constantFrom(null, '1', '2', '3'),
    });
    const sequence = fc.array(event, { maxLength: 30 });
    fc.assert(
      fc.property(sequence, sequence, fc.constantFrom(...ALIGN_BY), (left, right, by) => {
        const { left: ours, right: theirs } = alignEvents(digestsOf(left), digestsOf(right), by);
        expect([...ours].filter((at) => at >= 0)).toEqual(left.map((_, at) => at));
        expect([...theirs].filter((at) => at >= 0).sort((a, b) => a - b)).toEqual(right.map((_, at) => at));
      }),
    );
  });
});
