import { describe, expect, it } from 'vitest';
import { createLocalScans } from '../../../../src/main/search/local-scans.ts';
import { NO_ANNOTATIONS } from '../../../../src/shared/session/annotations.ts';
import { createVisitViews } from '../../../../src/main/ipc/visit-views.ts';
import { createOpenSessions } from '../../../../src/main/live/open-sessions.ts';
import { createFrameText } from '../../../../src/main/sessions/frame-text.ts';
import type { ViewProgress } from '../../../../src/shared/ipc/contract.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';

function stage() {
  const log = createMemoryLog({ sessionId: 's', maxBytes: 100_000 });
  const notice = (message: string) => log.appendEntry({ kind: 'capture-notice', code: 'disk', message }, 0);
  for (let i = 0; i < 10; i += 1) notice(`goal ${i % 2 === 0 ? 'home' : 'away'} ${i}`);
  const progress: ViewProgress[] = [];
  const frameText = createFrameText(createPortableByteText());
  const sessions = createOpenSessions(
    { open: async () => log, release: async () => undefined },
    () => undefined,
  );
  const views = createVisitViews({
    sessions,
    frameText,
    scans: createLocalScans({ frameText }),
    annotationsOf: async () => NO_ANNOTATIONS,
    onProgress: (message) => progress.push(message),
    onError: (error) => progress.push(error as ViewProgress),
  });
  const open = (text: string) => views.open('s', { hiddenKinds: [], text });
  return { views, progress, open, notice };
}

describe('views of a visit', () => {
  it('tell their progress under their id, and go on while the session grows', async () => {
    const { progress, open, notice } = stage();
    const { viewId } = await open('home');
    await expect
      .poll(() => progress.at(-1))
      .toEqual({ viewId, count: 5, scanned: 10, total: 10, failure: null });
    notice('goal home 10');
    await expect
      .poll(() => progress.at(-1))
      .toEqual({ viewId, count: 6, scanned: 11, total: 11, failure: null });
  });

  it('give the rows that match', async () => {
    const { views, progress, open } = stage();
    const { viewId } = await open('away');
    await expect.poll(() => progress.at(-1)?.count).toBe(5);
    const page = await views.rows(viewId, 1, 2);
    expect(page).toMatchObject({ from: 1, count: 2 });
    expect([...page.seq]).toEqual([3, 5]);
    expect(views.rowOfEntry(viewId, 4)).toBe(2);
  });

  it('are unknown after they were closed, and closing twice is nothing', async () => {
    const { views, open } = stage();
    const { viewId } = await open('home');
    views.close(viewId);
    views.close(viewId);
    await expect(views.rows(viewId, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    expect(() => views.rowOfEntry(viewId, 0)).toThrow('not in use');
  });

  it('refuse a filter that cannot be read', async () => {
    const { open } = stage();
    await expect(open('"no end')).rejects.toMatchObject({ code: 'bad-arguments' });
  });

  it('close the oldest when a page forgets them', async () => {
    const { views, open } = stage();
    const ids: string[] = [];
    for (let i = 0; i < 40; i += 1) ids.push((await open('home')).viewId);
    await expect(views.rows(ids[0] ?? '', 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(views.rows(ids[39] ?? '', 0, 1)).resolves.toMatchObject({ from: 0 });
  });

  it('end with the visit, also one that was being opened', async () => {
    const { views, progress, open, notice } = stage();
    const early = await open('home');
    await expect.poll(() => progress.at(-1)?.count).toBe(5);
    const late = open('away');
    views.closeAll();
    await expect(views.rows((await late).viewId, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(views.rows(early.viewId, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    const told = progress.length;
    notice('goal home 11');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(progress).toHaveLength(told);
  });
});
