import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnnotationStore } from '../../../../src/main/library/annotation-store.ts';
import { blankAnnotation, type Annotation } from '../../../../src/shared/session/annotations.ts';
import { temporaryFolder } from '../../../support/session-folder.ts';

const mark = (seq: number, note = ''): Annotation => ({ seq, bookmarked: true, note });

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;
let told: unknown[];
beforeEach(async () => {
  place = await temporaryFolder();
  folder = join(place.path, 's1');
  await mkdir(folder);
  told = [];
});
afterEach(() => place.remove());

/** As one run of the app. */
const openStore = () =>
  createAnnotationStore({
    folderOf: (sessionId) => join(place.path, sessionId),
    onChanged: (...change) => told.push(change),
  });

describe('the bookmarks and notes of a session', () => {
  it('are in its folder when they were made, and there again in another run', async () => {
    await openStore().annotate('s1', [mark(4, 'the goal')]);
    const again = await openStore().open('s1');
    expect(again.annotationOf(4)).toEqual(mark(4, 'the goal'));
    expect(told).toEqual([['s1', [mark(4, 'the goal')]]]);
  });

  it('are seen by whoever reads them already', async () => {
    const store = openStore();
    const reader = await store.open('s1');
    await store.annotate('s1', [mark(2)]);
    expect(reader.all()).toEqual([mark(2)]);
    await store.annotate('s1', [blankAnnotation(2)]);
    expect(reader.annotationOf(2)).toBeNull();
  });

  it('leave no file behind when the last one goes', async () => {
    const store = openStore();
    await store.annotate('s1', [mark(2)]);
    await store.annotate('s1', [blankAnnotation(2)]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lose none of many changes made at once', async () => {
    const store = openStore();
    await Promise.all(Array.from({ length: 40 }, (_, seq) => store.annotate('s1', [mark(seq)])));
    expect((await openStore().open('s1')).all()).toHaveLength(40);
  });

  it('are not written over when they cannot be read', async () => {
    await writeFile(join(folder, 'annotations.json'), '{"formatVersion":');
    const store = openStore();
    await expect(store.annotate('s1', [mark(1)])).rejects.toThrow(/damaged.*left as it is|left as it was/s);
    expect(await readFile(join(folder, 'annotations.json'), 'utf8')).toBe('{"formatVersion":');
    // Mended by hand, they count at once.
    await writeFile(
      join(folder, 'annotations.json'),
      '{"formatVersion":1,"annotations":[{"seq":7,"note":"x"}]}',
    );
    expect((await store.open('s1')).annotationOf(7)?.note).toBe('x');
  });

  it('are as before when the folder takes no file, and the reason is said', async () => {
    const store = openStore();
    await store.annotate('s1', [mark(1)]);
    await rename(folder, join(place.path, 'elsewhere'));
    await expect(store.annotate('s1', [mark(2)])).rejects.toMatchObject({ code: 'storage' });
    expect((await store.open('s1')).all()).toEqual([mark(1)]);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'stay when the folder may not be written',
    async () => {
      const store = openStore();
      await chmod(folder, 0o500);
      await expect(store.annotate('s1', [mark(2)])).rejects.toThrow('permissions');
      await chmod(folder, 0o700);
      await store.annotate('s1', [mark(2)]);
      expect((await openStore().open('s1')).all()).toEqual([mark(2)]);
    },
  );

  it('are read anew when the session was away', async () => {
    const store = openStore();
    await store.annotate('s1', [mark(1)]);
    await store.forget('s1');
    await rename(folder, join(place.path, 'trash'));
    expect((await store.open('s1')).all()).toEqual([]);
    await store.forget('s1');
    await rename(join(place.path, 'trash'), folder);
    expect((await store.open('s1')).all()).toEqual([mark(1)]);
  });
});
