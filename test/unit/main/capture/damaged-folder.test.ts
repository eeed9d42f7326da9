/**
 * Opens sessions whose files were damaged at random. STREAMSCOPE_FUZZ_RUNS is how many (of each sort), STREAMSCOPE_FUZZ_SEED
 * the first seed; a failure names its seed and the fewest damages that still fail.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest } from '../../../../src/main/capture/format.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import type { ResponseHeadEntry } from '../../../../src/shared/session/entry.ts';
import type { SessionLog } from '../../../../src/shared/session/log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';
import { applyDamage, randomDamage, type Damage, type SessionFile } from '../../../support/folder-damage.ts';
import { checkOpened, type OpenedContent } from '../../../support/opened-folder.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../../support/session-folder.ts';

const RUNS = Number(process.env['STREAMSCOPE_FUZZ_RUNS'] ?? 60);
const FIRST_SEED = Number(process.env['STREAMSCOPE_FUZZ_SEED'] ?? 1);
/** No opening of so small a session takes longer unless it hangs; long, because machines are busy. */
const LONGEST_MS = 20_000;

const SSE = [
  '\ufeff: hello\n\nid: 1\nevent: goal\ndata: {"minute":7}\n\n',
  'retry: 100\n\nevent: ping\n\nfoo\n\ndata: CR LF\r\n\r\ndata: CR\r\r',
  'data: 豆腐 €\ndata: two\n\n\n\nid: 2\n\nevent: card\ndata: last\n\ndata: no end',
].join('');

/** Bodies of all sorts; null: one that is not read. */
const BODIES: readonly (readonly [Framing | null, string])[] = [
  ['sse', SSE],
  ['sse', SSE.replaceAll('data: ', 'data: again ')],
  [null, '<!doctype html><title>503</title>'],
  ['ndjson', '{"a":"é"}\n\n{"b":2}\n{"c":'],
  ['json-array', '[{"a":1},\r\n[2]]\n'],
  ['sse', 'data: the last\n\nevent: end\ndata:\n\n'],
];

function record(log: SessionLog, seed: number): void {
  const random = seededRandom(seed);
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  for (const [index, [framing, text]] of BODIES.entries()) {
    const attempt = index + 1;
    const head = responseHead(attempt, framing !== null) as ResponseHeadEntry;
    recorder.entry(attemptStart(attempt), (atMs += 1));
    recorder.entry(framing === null ? head : { ...head, framing }, (atMs += 1));
    recorder.beginBody(attempt, framing);
    const body = Buffer.from(text);
    for (let at = 0; at < body.length;) {
      const length = 1 + Math.floor(random() * 25);
      recorder.read(body.subarray(at, at + length), (atMs += 1));
      at += length;
    }
    recorder.endBody((atMs += 1));
    recorder.entry(attemptEnd(attempt), (atMs += 1));
  }
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let original: string;
let other: string;
let whole: OpenedContent;

beforeAll(async () => {
  place = await temporaryFolder({ inMemory: true });
  for (const [name, seed] of [
    ['original', 5],
    ['other', 6],
  ] as const) {
    const folder = join(place.path, name);
    const recording = await startRecording(folder);
    record(recording.log, seed);
    await recording.finish('ended');
    await recording.closeFiles();
  }
  original = join(place.path, 'original');
  other = join(place.path, 'other');
  const opened = await openRecorded(original);
  whole = await checkOpened(original, opened.reader, opened.manifest);
  await opened.close();
});
afterAll(() => place.remove());

interface Case {
  /** As a writer that was killed would leave it. */
  readonly interrupted: boolean;
  readonly damages: readonly Damage[];
}

async function damagedCopy(to: string, { interrupted, damages }: Case): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(original, to, { recursive: true });
  if (interrupted) {
    const manifest = decodeManifest(await readFile(join(to, 'manifest.json'), 'utf8'));
    await writeFile(join(to, 'manifest.json'), encodeManifest({ ...manifest, outcome: 'live', sizes: null }));
  }
  for (const damage of damages) await applyDamage(to, damage, other);
}

/** What was wrong with this case; null when all was as it should be. */
async function problemOf(to: string, one: Case): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`It took longer than ${LONGEST_MS} ms`), LONGEST_MS);
  });
  try {
    await damagedCopy(to, one);
    return await Promise.race([openTwice(to, one), tooLong]);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

async function openTwice(to: string, one: Case): Promise<string | null> {
  const first = await contentOrRefusal(to, one.damages);
  if (first === null) return null;
  expectNothingWrong(first, one.damages);
  const second = await contentOrRefusal(to, one.damages);
  expect(second, 'the second opening').toEqual(first);
  return null;
}

/** null: refused with a sentence, which is right only when the manifest is of another version or nothing else is left. */
async function contentOrRefusal(to: string, damages: readonly Damage[]): Promise<OpenedContent | null> {
  let opened: Awaited<ReturnType<typeof openRecorded>>;
  try {
    opened = await openRecorded(to);
  } catch (error) {
    expect(touches(damages, 'manifest.json')).toBe(true);
    expect((error as Error).message).toMatch(/newer Streamscope|unknown format|no manifest|is damaged/);
    return null;
  }
  try {
    return await checkOpened(to, opened.reader, opened.manifest);
  } finally {
    await opened.close();
  }
}

function touches(damages: readonly Damage[], file: SessionFile): boolean {
  return damages.some((damage) => damage.file === file || (damage.how === 'swap' && damage.other === file));
}

/** As long as bytes and journal are what they were, so are the events. */
function expectNothingWrong(content: OpenedContent, damages: readonly Damage[]): void {
  if (touches(damages, 'wire.bin')) return;
  if (!touches(damages, 'journal.ndjson')) {
    const entries = content.entries.filter((entry) => !entry.includes('"repaired"'));
    expect(entries).toEqual(whole.entries);
  } else if (!touches(damages, 'frames.idx') && damages.every(leavesOtherLines)) {
    expect(whole.events).toEqual(expect.arrayContaining([...content.events]));
  }
}

/** Whether lines of the journal that are there afterwards say what they said. */
function leavesOtherLines({ file, how }: Damage): boolean {
  return file !== 'journal.ndjson' || ['cut', 'zeros', 'take-out', 'remove'].includes(how);
}

/** The fewest of the damages that still fail. */
async function smallest(to: string, one: Case): Promise<Case> {
  for (const left of one.damages) {
    const fewer = { ...one, damages: one.damages.filter((damage) => damage !== left) };
    if ((await problemOf(to, fewer)) !== null) return smallest(to, fewer);
  }
  return one;
}

async function runSeed(to: string, seed: number, interrupted: boolean): Promise<void> {
  const random = seededRandom(seed);
  const damages = Array.from({ length: 1 + Math.floor(random() ** 2 * 4) }, () => randomDamage(random));
  const one = { interrupted, damages };
  if ((await problemOf(to, one)) === null) return;
  const least = await smallest(to, one);
  const problem = await problemOf(to, least);
  throw new Error(`Seed ${seed}: ${JSON.stringify(least)}\n${problem}`);
}

describe('a session whose files were damaged at random', { timeout: 600_000 }, () => {
  it.each([
    ['that had been closed', false],
    ['whose writer was killed', true],
  ])('%s opens with nothing wrong in it, or is refused with a sentence', async (_, interrupted) => {
    const seeds = Array.from({ length: RUNS }, (_, at) => FIRST_SEED + at).entries();
    // A few at a time: they mostly wait for files.
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      const to = join(place.path, `copy-${String(interrupted)}-${lane}`);
      await mkdir(to, { recursive: true });
      for (const [, seed] of seeds) await runSeed(to, seed, interrupted);
    });
    await Promise.all(lanes);
  });
});
