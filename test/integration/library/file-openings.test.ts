/** Files that become sessions, as jobs. */
import { mkdir, writeFile } from 'node:fs/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createFileOpenings } from '../../../src/main/library/file-openings.ts';
import type { OpeningProgress } from '../../../src/shared/ipc/library-contract.ts';
import { openArchiveStage } from '../../support/archive-stage.ts';

let stage: Awaited<ReturnType<typeof openArchiveStage>>;
beforeEach(async () => {
  stage = await openArchiveStage();
});

function openJobs() {
  const store = stage.openStore('mine');
  const told: OpeningProgress[] = [];
  const onListChanged = vi.fn();
  const openings = createFileOpenings({
    takeIn: store.takeIn,
    adopt: store.adopt,
    byteText: createNodeByteText(),
    freeBytes: () => Promise.resolve(1e12),
    nowMs: () => 0,
    onProgress: (progress) => told.push(progress),
    onListChanged,
  });
  const ended = () => vi.waitFor(() => expect(told.at(-1)?.state).not.toBe('running'));
  return { store, told, onListChanged, openings, ended };
}

it('a session file and a session folder both become sessions, and the list is told', async () => {
  const { store, told, onListChanged, openings, ended } = openJobs();
  const theirs = stage.openStore('theirs');
  const sessionId = await stage.recorded(theirs);
  openings.open(await stage.exported(theirs, sessionId));
  await ended();
  expect(told).toMatchObject([
    { state: 'running', name: 'out.streamscope' },
    { state: 'done', messages: [] },
  ]);
  openings.open(theirs.folderOf(sessionId));
  await vi.waitFor(() => expect(told).toHaveLength(4));
  await ended();
  expect((await store.list()).map(({ id }) => id).sort()).toEqual(
    told.flatMap((one) => one.sessionId ?? []).sort(),
  );
  expect(onListChanged).toHaveBeenCalledTimes(2);
});

it('what is no session is told with the reason', async () => {
  const { told, openings, ended } = openJobs();
  await writeFile(stage.path('x.streamscope'), 'data: x\n\n');
  openings.open(stage.path('x.streamscope'));
  await ended();
  expect(told.at(-1)).toMatchObject({
    state: 'failed',
    sessionId: null,
    messages: [expect.stringMatching(/no zip/)],
  });
  await mkdir(stage.path('empty'));
  openings.open(stage.path('empty'));
  await vi.waitFor(() => expect(told.at(-1)?.messages.join()).toContain('no session folder'));
  openings.open(stage.path('gone.streamscope'));
  await vi.waitFor(() => expect(told.at(-1)?.messages.join()).toContain('gone.streamscope'));
});

it('ends with the app: what is under way is cancelled and leaves nothing', async () => {
  const { told, openings } = openJobs();
  const theirs = stage.openStore('theirs');
  openings.open(await stage.exported(theirs, await stage.recorded(theirs)));
  await openings.close();
  expect(told.at(-1)?.state).toBe('cancelled');
  expect(await stage.names('mine').catch(() => [])).toEqual([]);
});
