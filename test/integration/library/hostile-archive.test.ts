/** `.streamscope` files that are damaged, or were made to harm: repaired with a report, or refused with a reason. */
import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  importInto,
  openArchiveStage,
  replaced,
  SESSION_FILES,
  textsOf,
} from '../../support/archive-stage.ts';
import type { ZipEntry } from '../../support/zip-bytes.ts';

let stage: Awaited<ReturnType<typeof openArchiveStage>>;
beforeEach(async () => {
  stage = await openArchiveStage();
});

describe('a damaged file', () => {
  it.each([
    ['a wrong index', { data: Buffer.alloc(320, 7) }],
    ['an index with a wrong checksum', { says: { crc: 1 } }],
    ['an index that is cut off', { data: Buffer.alloc(0) }],
  ])('with %s is repaired from its bytes, and says so', async (_name, change) => {
    const store = stage.openStore();
    const path = await stage.zipFile(replaced(await stage.sessionEntries(), 'frames.idx', change));
    const { sessionId, report } = await importInto(store, path);
    expect(report.join(' ')).toContain('built again');
    expect(await store.summary(sessionId)).toMatchObject({
      counts: { events: 3, comments: 1 },
      outcome: 'ended',
    });
    expect((await textsOf(store, sessionId)).at(-1)).toBe('capture-notice');
  });

  it('an index that is right in its size and wrong in one record is found out', async () => {
    const entries = await stage.sessionEntries();
    const index = Buffer.from(entries.find(({ name }) => name === 'frames.idx')?.data as Buffer);
    // The event in the second record comes from elsewhere in the bytes.
    index.writeDoubleLE(index.readDoubleLE(32 * 3) + 1, 32 * 3);
    const { report } = await importInto(
      stage.openStore(),
      await stage.zipFile(replaced(entries, 'frames.idx', { data: index })),
    );
    expect(report.join(' ')).toContain('built again');
  });

  it('without its index or its reads is repaired', async () => {
    const store = stage.openStore();
    const entries = (await stage.sessionEntries()).filter(
      ({ name }) => name !== 'frames.idx' && name !== 'reads.bin',
    );
    const { sessionId } = await importInto(store, await stage.zipFile(entries));
    expect(await store.summary(sessionId)).toMatchObject({ counts: { events: 3 } });
  });

  it('with torn tails is cut to what is whole', async () => {
    const store = stage.openStore();
    const entries = await stage.sessionEntries();
    const journal = entries.find(({ name }) => name === 'journal.ndjson')?.data as Buffer;
    const path = await stage.zipFile(
      replaced(entries, 'journal.ndjson', { data: journal.subarray(0, journal.length - 9) }),
    );
    const { sessionId, report } = await importInto(store, path);
    expect(report.join(' ')).toContain('built again');
    expect((await textsOf(store, sessionId))[0]).toContain('data: again');
  });

  it('with damaged bytes is refused: they would show events that never came', async () => {
    const path = await stage.zipFile(
      replaced(await stage.sessionEntries(), 'wire.bin', { says: { crc: 1 } }),
    );
    await expect(importInto(stage.openStore(), path)).rejects.toThrow(/wire\.bin is damaged \(its checksum/);
    expect(await stage.names('sessions')).toEqual([]);
  });

  it('opens at every place where it was cut, or is refused with a sentence', async () => {
    const store = stage.openStore();
    const whole = await readFile(await stage.exported(store, await stage.recorded(store)));
    const path = stage.path('cut.streamscope');
    for (let length = 0; length < whole.length; length += Math.max(1, Math.floor(whole.length / 40))) {
      await writeFile(path, whole.subarray(0, length));
      await expect(importInto(store, path)).rejects.toMatchObject({ code: 'bad-arguments' });
    }
    expect(await stage.names('sessions')).toHaveLength(1);
  });

  it('never becomes a wrong session, whichever byte of it is changed', async () => {
    const store = stage.openStore();
    const sessionId = await stage.recorded(store);
    const whole = await readFile(await stage.exported(store, sessionId));
    const wire = (await textsOf(store, sessionId))[0];
    const path = stage.path('changed.streamscope');
    for (let at = 0; at < whole.length; at += 17) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 0x55;
      await writeFile(path, changed);
      const taken = await importInto(store, path).catch((error: unknown) => error);
      if (taken instanceof Error) expect(taken, `byte ${at}`).toMatchObject({ code: 'bad-arguments' });
      else
        expect((await textsOf(store, (taken as { sessionId: string }).sessionId))[0], `byte ${at}`).toBe(
          wire,
        );
    }
  });
});

describe('a hostile file', () => {
  const WIRE = 'wire.bin';
  it.each<[string, (entries: ZipEntry[]) => readonly ZipEntry[], RegExp]>([
    [
      'a path that leads out',
      (all) => [...all, { name: '../../evil.txt', data: 'x' }],
      /outside of itself.*harm/,
    ],
    ['an absolute path', (all) => [...all, { name: '/etc/passwd', data: 'x' }], /outside of itself/],
    ['a drive', (all) => [...all, { name: 'C:/evil.txt', data: 'x' }], /outside of itself/],
    ['backslashes', (all) => [...all, { name: '..\\evil.txt', data: 'x' }], /outside of itself/],
    [
      'a symbolic link',
      (all) => replaced(all, WIRE, { data: '/etc/passwd', says: { mode: 0o120777 } }),
      /link to another file/,
    ],
    ['the same name twice', (all) => [...all, { name: WIRE, data: 'x' }], /two files called "wire\.bin"/],
    ['encrypted entries', (all) => replaced(all, WIRE, { deflate: true, says: { flags: 1 } }), /encrypted/],
    ['an unknown compression', (all) => replaced(all, WIRE, { says: { method: 12 } }), /compressed in a way/],
    ['no manifest', (all) => all.filter(({ name }) => name !== 'manifest.json'), /holds no session/],
    [
      'a manifest that is none',
      (all) => replaced(all, 'manifest.json', { data: '[1]' }),
      /no manifest of a Streamscope session/,
    ],
    [
      'a session of a newer format',
      (all) => replaced(all, 'manifest.json', { data: '{"formatVersion":99}' }),
      /newer Streamscope \(format 99/,
    ],
    [
      'a newer archive',
      (all) =>
        replaced(all, 'streamscope.json', { data: '{"format":"streamscope-session","formatVersion":2}' }),
      /newer Streamscope \(format 2/,
    ],
    [
      'another kind of archive',
      (all) => replaced(all, 'streamscope.json', { data: '{"format":"x"}' }),
      /does not say/,
    ],
    [
      'more bytes than it announces',
      (all) => replaced(all, WIRE, { data: Buffer.alloc(5000), deflate: true, says: { size: 10 } }),
      /wire\.bin is damaged/,
    ],
    [
      'fewer bytes than it announces',
      (all) => replaced(all, WIRE, { data: Buffer.alloc(50), deflate: true, says: { size: 5000 } }),
      /wire\.bin is damaged/,
    ],
    [
      'a bomb by its ratio',
      (all) => replaced(all, WIRE, { deflate: true, says: { size: 2_000_000_000 } }),
      /made to fill a disk/,
    ],
    [
      'a huge manifest',
      (all) => replaced(all, 'manifest.json', { deflate: true, says: { size: 100_000_000 } }),
      /far larger/,
    ],
    [
      'thousands of files',
      (all) => [...all, ...Array.from({ length: 400 }, (_, at) => ({ name: `f${at}` }))],
      /more than 256 files/,
    ],
  ])('with %s is refused and leaves nothing', async (_name, make, reason) => {
    const path = await stage.zipFile(make(await stage.sessionEntries()));
    await expect(importInto(stage.openStore(), path)).rejects.toThrow(reason);
    expect(await stage.names('sessions')).toEqual([]);
    expect(await stage.names()).toEqual(['elsewhere', 'made.streamscope', 'sessions']);
  });

  it('that needs more room than there is is refused before it is unpacked', async () => {
    const path = await stage.zipFile(await stage.sessionEntries());
    await expect(importInto(stage.openStore(), path, {}, 1000)).rejects.toThrow(/needs .* on the disk/);
  });

  it.each([
    ['nothing', ''],
    ['text', 'event: x\ndata: y\n\n'],
  ])('that is %s is refused', async (_name, text) => {
    const path = stage.path('x.streamscope');
    await writeFile(path, text);
    await expect(importInto(stage.openStore(), path)).rejects.toThrow(/no zip file/);
  });

  it('may hold files that no session has: they are left out, and named', async () => {
    const store = stage.openStore();
    const path = await stage.zipFile([
      ...(await stage.sessionEntries()),
      { name: '__MACOSX/x', data: 'y' },
      { name: 'run.sh' },
    ]);
    const { sessionId, report } = await importInto(store, path);
    expect(report).toEqual([expect.stringContaining('"__MACOSX/x", "run.sh"')]);
    expect(await stage.names(`sessions/${sessionId}`)).toHaveLength(SESSION_FILES.length);
  });

  it('cannot lie about its counts, or give dates that no calendar has', async () => {
    const store = stage.openStore();
    const entries = await stage.sessionEntries();
    const manifest = JSON.parse(String(entries.find(({ name }) => name === 'manifest.json')?.data)) as object;
    const lies = { ...manifest, counts: { entries: 1e9, events: 1e9 }, startedAt: 1e300, durationMs: -5 };
    const path = await stage.zipFile(replaced(entries, 'manifest.json', { data: JSON.stringify(lies) }));
    const summary = await store.summary((await importInto(store, path)).sessionId);
    expect(summary.counts.events).toBe(3);
    expect(summary.durationMs).toBeGreaterThan(0);
    expect(() => new Date(summary.startedAt).toISOString()).not.toThrow();
  });
});
