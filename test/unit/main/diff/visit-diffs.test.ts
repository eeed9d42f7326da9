import { expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createVisitDiffs } from '../../../../src/main/diff/visit-diffs.ts';
import { createOpenSessions } from '../../../../src/main/live/open-sessions.ts';
import { createFrameText } from '../../../../src/main/sessions/frame-text.ts';
import type { DiffProgress } from '../../../../src/shared/diff/diff-page.ts';
import { DIFF_KINDS } from '../../../../src/shared/diff/session-diff.ts';
import { rowOf } from '../../../../src/shared/session/row.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

const REQUEST = { left: 'a', right: 'b', by: 'id', byValue: false, ignoredKeys: [] } as const;

function open(left: string, right: string) {
  const logs = { a: recordedLog([{ reads: [left] }]), b: recordedLog([{ reads: [right] }]) };
  const released: string[] = [];
  const store = {
    open: async (id: string) => logs[id as keyof typeof logs],
    release: async (id: string) => void released.push(id),
  };
  const sessions = createOpenSessions(store, (_what, error) => {
    throw error;
  });
  const told: DiffProgress[] = [];
  const waiting: ((progress: DiffProgress) => void)[] = [];
  const diffs = createVisitDiffs({
    sessions,
    frameText: createFrameText(createNodeByteText()),
    onProgress(progress) {
      told.push(progress);
      if (progress.result || progress.failure) waiting.shift()?.(progress);
    },
  });
  const result = () => new Promise<DiffProgress>((resolve) => waiting.push(resolve));
  return { diffs, sessions, told, result };
}

it('aligns two sessions by id and reads their rows side by side, also where the order differs', async () => {
  const { diffs, result } = open(
    'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n',
    ': hello\n\nid: 3\ndata: c\n\nid: 1\ndata: A\n\nid: 4\ndata: d\n\n',
  );
  const done = result();
  const { diffId, total } = await diffs.open(REQUEST);
  expect(total).toBeGreaterThan(6);
  expect((await done).result).toMatchObject({ rows: 4, counts: { same: 1, changed: 1, left: 1, right: 1 } });
  const page = await diffs.rows(diffId, 'all', 0, 100);
  const side = (of: 'left' | 'right', row: number) => {
    const at = page[`${of}At`][row] ?? -1;
    return at < 0 ? '-' : rowOf(page[of], at).preview;
  };
  expect(
    [0, 1, 2, 3].map((row) => [DIFF_KINDS[page.kind[row] ?? 0], side('left', row), side('right', row)]),
  ).toEqual([
    ['changed', 'a', 'A'],
    ['left', 'b', '-'],
    ['same', 'c', 'c'],
    ['right', '-', 'd'],
  ]);
  const differences = await diffs.rows(diffId, 'differences', 1, 100);
  expect([differences.from, [...differences.row]]).toEqual([1, [1, 3]]);
});

it('tells nothing more of a comparison that was closed, and has no rows of it', async () => {
  const { diffs, told } = open('data: a\n\n', 'data: a\n\n');
  const { diffId } = await diffs.open(REQUEST);
  diffs.close(diffId);
  await expect(diffs.rows(diffId, 'all', 0, 1)).rejects.toThrow(/Compare again/);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(told).toEqual([]);
});
