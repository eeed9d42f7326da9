/**
 * Opens sessions whose files were damaged at random. STREAMSCOPE_FUZZ_RUNS is how many (of each sort), STREAMSCOPE_FUZZ_SEED
 * the first seed; a failure names its seed and the fewest damages that still fail.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeManifest, encodeManifest } from '../../../../src/main/capture/format.ts';
import { applyDamage, randomDamage, type Damage, type SessionFile } from '../../../support/folder-damage.ts';
import { checkOpened, type OpenedContent } from '../../../support/opened-folder.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../../support/session-folder.ts';
import { recordVariedSession } from '../../../support/varied-session.ts';

const RUNS = Number(process.env['STREAMSCOPE_FUZZ_RUNS'] ?? 60);
const FIRST_SEED = Number(process.env['STREAMSCOPE_FUZZ_SEED'] ?? 1);
/** No opening of so small a session takes longer unless it hangs; long, because machines are busy. */
const LONGEST_MS = 20_000;

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
    recordVariedSession(recording.log, seed);
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

/** Power loss leaves files cut anywhere; a session that counts as large keeps what it can of its index. */
async function cutSeed(to: string, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const files = (['wire.bin', 'reads.bin', 'frames.idx', 'journal.ndjson'] as const).filter(
    () => random() < 0.6,
  );
  const damages = files.map((file): Damage => ({ how: 'cut', file, at: 1 - random() ** 2 * 0.9 }));
  await damagedCopy(to, { interrupted: true, damages });
  const opened = await openRecorded(to, { smallBytes: 0 });
  try {
    const { events } = await checkOpened(to, opened.reader, opened.manifest);
    const wireCut = touches(damages, 'wire.bin');
    const isKnown = !touches(damages, 'journal.ndjson') || !touches(damages, 'frames.idx');
    // The last event may lack the LF of its last CRLF.
    const sure = wireCut ? events.slice(0, -1) : events;
    if (isKnown)
      expect(whole.events, JSON.stringify({ seed, damages })).toEqual(expect.arrayContaining([...sure]));
  } finally {
    await opened.close();
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

  it('opens with a correct prefix when it is large and its files were cut', async () => {
    const to = join(place.path, 'copy-cut');
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed += 1) await cutSeed(to, seed);
  });
});
