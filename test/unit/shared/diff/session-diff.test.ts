import { expect, it } from 'vitest';
import { diffSessions } from '../../../../src/shared/diff/session-diff.ts';
import { digestsOf } from '../../../support/event-digests.ts';

it('says of each row what it is, and how many there are of each kind', () => {
  const left = digestsOf([{ data: 'a' }, { data: 'b' }, { data: 'c' }, { data: 'd' }]);
  const right = digestsOf([
    { data: 'a' },
    { data: 'B' },
    { data: 'c' },
    { data: 'x', type: 'goal' },
    { data: 'y' },
  ]);
  const diff = diffSessions(left, right, 'content');
  const kinds = Array.from({ length: diff.rows }, (_, row) => diff.kindAt(row));
  // What is left at the end is paired in order while the types agree: "d" goes with "y", "x" is of another type.
  expect(kinds).toEqual(['same', 'changed', 'same', 'right', 'changed']);
  expect(diff.counts).toEqual({ same: 2, changed: 2, left: 0, right: 1 });
  expect([...diff.differences]).toEqual([1, 3, 4]);
});

it('finds nothing in two empty sessions, and everything alone against an empty one', () => {
  expect(diffSessions(digestsOf([]), digestsOf([]), 'id').rows).toBe(0);
  expect(diffSessions(digestsOf([{ data: 'a' }]), digestsOf([]), 'content').counts).toEqual({
    same: 0,
    changed: 0,
    left: 1,
    right: 0,
  });
});
