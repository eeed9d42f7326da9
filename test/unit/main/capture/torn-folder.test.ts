import { copyFile, cp, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest, type Manifest } from '../../../../src/main/capture/format.ts';
import { RECORD_BYTES } from '../../../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import {
  openRecorded,
  recordAttempts,
  startRecording,
  temporaryFolder,
} from '../../../support/session-folder.ts';
import { recordsOf } from '../../../contract/session-log.ts';

const FILES = ['wire.bin', 'reads.bin', 'frames.idx', 'journal.ndjson'] as const;

/** Bodies with every kind of frame, cut into reads at random. */
function attempts(): Uint8Array[][] {
  const random = seededRandom(11);
  const texts = [
    '\ufeff: hello\n\nid: 1\nevent: goal\ndata: {"minute":7}\n\n',
    'retry: 100\n\nevent: ping\n\nfoo\n\ndata: CR LF\r\n\r\ndata: CR\r\r',
    'data: 豆腐 €\ndata: two\n\n\n\nid: 2\n\nevent: card\ndata: last\n\ndata: no end',
  ];
  return [1, 2, 3].map((number) => {
    const body = Buffer.from(texts.map((text) => text.replaceAll('data: ', `data: ${number} `)).join(''));
    const reads: Uint8Array[] = [];
    for (let at = 0; at < body.length;) {
      const length = 1 + Math.floor(random() * 25);
      reads.push(body.subarray(at, at + length));
      at += length;
    }
    return reads;
  });
}

/** All entries of a session in words; frames with their bytes. */
async function contentOf(reader: SessionReader): Promise<string[]> {
  const journal = new Map((await reader.journal()).map((line) => [line.seq, line.entry]));
  const wire = Buffer.from(await reader.readWire(0, reader.wireBytes)).toString('latin1');
  return (await recordsOf(reader)).map((record, seq) => {
    if (record.kindNumber >= 64) return JSON.stringify([record.atMs, journal.get(seq)]);
    const type = record.kindNumber === 0 ? reader.eventTypes[record.typeNumber] : '';
    return JSON.stringify([record, type, wire.slice(record.offset, record.offset + record.length)]);
  });
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let original: string;
/** Where the copy stands that most tests damage. */
let folder: string;
let whole: string[];

beforeAll(async () => {
  place = await temporaryFolder({ inMemory: true });
  original = join(place.path, 'original');
  folder = join(place.path, 'session');
  const recording = await startRecording(original);
  recordAttempts(recording.log, attempts());
  await recording.finish('ended');
  whole = await contentOf(recording.log);
  await recording.closeFiles();
});
afterAll(() => place.remove());

/** A fresh copy of the session, as a writer that was killed would leave it. */
async function interruptedCopy(to = folder): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to);
  for (const name of FILES) await copyFile(join(original, name), join(to, name));
  const manifest = decodeManifest(await readFile(join(original, 'manifest.json'), 'utf8'));
  await writeFile(join(to, 'manifest.json'), encodeManifest({ ...manifest, outcome: 'live', sizes: null }));
}

/** Runs tests of many cuts a few at a time, each with a folder of its own: they mostly wait for the disk. */
async function eachCut<T>(cuts: readonly T[], run: (cut: T, to: string) => Promise<void>): Promise<void> {
  const rest = cuts.entries();
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (const [, cut] of rest) await run(cut, `${folder}-${lane}`);
  });
  await Promise.all(lanes);
}

async function contentAfterOpening(from = folder): Promise<{ content: string[]; manifest: Manifest }> {
  const { reader, manifest, close } = await openRecorded(from);
  try {
    expect(reader.counts.entries).toBe(reader.count);
    return { content: await contentOf(reader), manifest };
  } finally {
    await close();
  }
}

const isNotice = (entry: string | undefined): boolean => entry?.includes('"repaired"') ?? false;
/** Frames that say of their bytes no more than that they are there: unknown, blank, incomplete. */
const isLeftover = (entry: string): boolean => /"kindNumber":[567],/.test(entry);

/** Whether this is the other frame without its last LF. */
function lacksLastByte(entry: string, other: string | undefined): boolean {
  const [record, type, text] = JSON.parse(entry) as [{ length: number }, string, string];
  const whole = [{ ...record, length: record.length + 1 }, type, `${text}\n`];
  return typeof text === 'string' && JSON.stringify(whole) === other;
}

/** What was recovered is how the session once stood: its first entries, and then bytes that belong to no whole frame. */
function expectPrefix(content: readonly string[], of: readonly string[]): number {
  expect(isNotice(content.at(-1))).toBe(true);
  let kept = content.length - 1;
  while (kept > 0 && content[kept - 1] !== of[kept - 1] && isLeftover(content[kept - 1] as string)) kept -= 1;
  // A stream that ends between the CR and the LF of a blank line has the event all the same.
  if (kept > 0 && lacksLastByte(content[kept - 1] as string, of[kept - 1])) kept -= 1;
  expect(content.slice(0, kept)).toEqual(of.slice(0, kept));
  return kept;
}

// A thousand openings a test take a while on a busy machine.
describe('a session whose writer was killed', { timeout: 180_000 }, () => {
  it('has every entry when all of it had reached the files', async () => {
    await interruptedCopy();
    const { content, manifest } = await contentAfterOpening();
    expect(content.slice(0, -1)).toEqual(whole);
    expect(manifest.outcome).toBe('interrupted');
  });

  it.each(FILES)('opens with a correct beginning wherever %s is cut within its last KiB', async (name) => {
    const size = (await stat(join(original, name))).size;
    const wireSize = (await stat(join(original, 'wire.bin'))).size;
    const kept: number[] = [];
    const cuts = Array.from({ length: Math.min(size, 1024) + 1 }, (_, cut) => cut);
    // Which read brought a frame is lost with the reads; when it came is not.
    const asFarAsKnown = (content: string[]): string[] =>
      name === 'reads.bin' ? content.map((entry) => entry.replace(/"firstRead":\d+/, '')) : content;
    await eachCut(cuts, async (cut, to) => {
      await interruptedCopy(to);
      await truncate(join(to, name), size - cut);
      const { content } = await contentAfterOpening(to);
      kept[cut] = expectPrefix(asFarAsKnown(content), asFarAsKnown(whole));
      // Bytes are never cut: what cannot be explained is kept all the same.
      expect((await stat(join(to, 'wire.bin'))).size).toBe(name === 'wire.bin' ? size - cut : wireSize);
    });
    expect(kept[0]).toBe(whole.length);
    // The index is derived: whatever is missing of it comes back.
    if (name === 'frames.idx') expect(new Set(kept)).toEqual(new Set([whole.length]));
    // Without the time of the last reads nothing of the frames is lost.
    if (name === 'reads.bin') expect(new Set(kept)).toEqual(new Set([whole.length]));
  });

  it('opens whatever was lost of all its files, and every byte is in a frame', async () => {
    const random = seededRandom(3);
    const sizes = await Promise.all(FILES.map(async (name) => (await stat(join(original, name))).size));
    const cuts = Array.from({ length: 300 }, () => sizes.map((size) => Math.floor(random() * (size + 1))));
    await eachCut(cuts, async (cut, to) => {
      await interruptedCopy(to);
      for (const [at, name] of FILES.entries()) await truncate(join(to, name), cut[at]);
      const { reader, close } = await openRecorded(to);
      const frames = (await recordsOf(reader)).filter((record) => record.kindNumber < 64);
      expect(frames.reduce((end, { offset, length }) => (offset === end ? end + length : NaN), 0)).toBe(
        cut[0],
      );
      await close();
    });
  });

  it('is repaired once: the second opening finds it as the first left it', async () => {
    await interruptedCopy();
    await truncate(join(folder, 'wire.bin'), 200);
    const first = await contentAfterOpening();
    const second = await contentAfterOpening();
    expect(second.content).toEqual(first.content);
    expect(second.manifest).toEqual(first.manifest);
  });

  it.each(FILES)('opens when %s ends in zeros, as a power loss may leave it', async (name) => {
    await interruptedCopy();
    const bytes = await readFile(join(folder, name));
    bytes.fill(0, bytes.length - Math.min(bytes.length, 40));
    await writeFile(join(folder, name), bytes);
    const { content } = await contentAfterOpening();
    expect(isNotice(content.at(-1))).toBe(true);
    expect(content.length).toBeGreaterThan(whole.length / 2);
  });

  it.each(FILES)('opens when %s is gone', async (name) => {
    await interruptedCopy();
    await rm(join(folder, name));
    const { content } = await contentAfterOpening();
    expect(isNotice(content.at(-1))).toBe(true);
    if (name === 'frames.idx') expect(content.slice(0, -1)).toEqual(whole);
    if (name === 'reads.bin') expect(content).toHaveLength(whole.length + 1);
  });

  it('opens when everything but the manifest is gone', async () => {
    await interruptedCopy();
    for (const name of FILES) await rm(join(folder, name));
    expect((await contentAfterOpening()).content).toHaveLength(1);
  });
});

describe('a session that was closed', () => {
  async function closedCopy(): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await cp(original, folder, { recursive: true });
  }

  it('opens as it stands, without a word', async () => {
    await closedCopy();
    const { content, manifest } = await contentAfterOpening();
    expect(content).toEqual(whole);
    expect(manifest.outcome).toBe('ended');
  });

  it.each([
    ['is gone', () => rm(join(folder, 'frames.idx'))],
    ['is cut', () => truncate(join(folder, 'frames.idx'), 5 * RECORD_BYTES + 7)],
    [
      'is of another session',
      () => writeFile(join(folder, 'frames.idx'), Buffer.alloc(40 * RECORD_BYTES, 1)),
    ],
  ])('gets its index built anew when it %s', async (_, damage) => {
    await closedCopy();
    await damage();
    const { content, manifest } = await contentAfterOpening();
    expect(content.slice(0, -1)).toEqual(whole);
    expect(isNotice(content.at(-1))).toBe(true);
    expect(manifest.outcome).toBe('ended');
  });

  it('refuses a newer format with a sentence', async () => {
    await closedCopy();
    await writeFile(join(folder, 'manifest.json'), '{"formatVersion": 99}');
    await expect(openRecorded(folder)).rejects.toThrow(/newer Streamscope.*format 99.*Update/);
  });

  it('refuses a folder that is no session', async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await expect(openRecorded(folder)).rejects.toThrow(/no manifest of a Streamscope session/);
    await writeFile(join(folder, 'manifest.json'), '{"name": "package"}');
    await expect(openRecorded(folder)).rejects.toThrow(/no manifest of a Streamscope session/);
    await writeFile(join(folder, 'manifest.json'), '{');
    await expect(openRecorded(folder)).rejects.toThrow(/damaged/);
  });

  it.each([
    ['is gone', () => rm(join(folder, 'manifest.json'))],
    ['is cut', () => truncate(join(folder, 'manifest.json'), 20)],
    ['is that of something else', () => writeFile(join(folder, 'manifest.json'), '{"name": "package"}')],
  ])('opens with everything in it when its manifest %s', async (_, damage) => {
    await closedCopy();
    await damage();
    const { content, manifest } = await contentAfterOpening();
    expect(content.slice(0, -1)).toEqual(whole);
    expect(manifest).toMatchObject({ method: 'GET', url: 'http://127.0.0.1/events', outcome: 'interrupted' });
  });
});
