import { expect, it } from 'vitest';
import { diffRef, openDiff, readDiffRows } from '../../../../src/shared/ipc/parse-diff.ts';

const OPEN = { left: 'a', right: 'b', by: 'id', byValue: false, ignoredKeys: ['id'] };

it('takes what the window asks', () => {
  expect(openDiff(OPEN)).toEqual(OPEN);
  const rows = { diffId: 'diff-1', shown: 'differences', from: 0, count: 100 };
  expect(readDiffRows(rows)).toEqual(rows);
  expect(diffRef({ diffId: 'diff-1' })).toEqual({ diffId: 'diff-1' });
});

it.each([
  ['another way to align', () => openDiff({ ...OPEN, by: 'luck' })],
  ['keys that are no texts', () => openDiff({ ...OPEN, ignoredKeys: [1] })],
  ['too many rows', () => readDiffRows({ diffId: 'd', shown: 'all', from: 0, count: 100_000 })],
  ['a number for an id', () => diffRef({ diffId: 1 })],
])('refuses %s', (_, parse) => {
  expect(parse).toThrow(/Bad arguments/);
});
