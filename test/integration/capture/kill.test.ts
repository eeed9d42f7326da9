/** What is left of a session when its writer is killed with SIGKILL: a real process, real files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecord, RECORD_BYTES } from '../../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../../src/shared/session/log.ts';
import { buildScript } from '../../support/build-script.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openRecorded, temporaryFolder } from '../../support/session-folder.ts';

/** The promise that the documentation makes. */
const MAY_MISS_MS = 1000;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let script: string;
beforeAll(async () => {
  place = await temporaryFolder();
  script = await buildScript(join(import.meta.dirname, 'endless-writer.ts'), place.path);
});
afterAll(() => place.remove());

interface Report {
  readonly count: number;
  readonly atMs: number;
}

/** Runs the writer and kills it `afterMs` after it reported for so long that something has to be stored. Returns its reports. */
async function runAndKill(
  folder: string,
  batch: number,
  delayMs: number,
  afterMs: number,
): Promise<Report[]> {
  const args = [script, folder, String(batch), String(delayMs)];
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(writer, 'close');
  const reports: Report[] = [];
  let dying = false;
  for await (const line of createInterface({ input: writer.stdout })) {
    const [count = '', atMs = ''] = line.split(' ');
    // The last line may be torn.
    if (atMs !== '') reports.push({ count: Number(count), atMs: Number(atMs) });
    const [first, last] = [reports[0], reports.at(-1)];
    if (dying || !first || !last || last.atMs - first.atMs < MAY_MISS_MS) continue;
    dying = true;
    setTimeout(() => writer.kill('SIGKILL'), afterMs);
  }
  expect(await closed).toEqual([null, 'SIGKILL']);
  return reports;
}

/** Checks that the session holds the first events in order, each with its bytes, and returns how many. */
async function countEvents(reader: SessionReader): Promise<number> {
  let events = 0;
  for (let from = 0; from < reader.count; from += 4096) {
    const view = await reader.readRecords(from, from + 4096);
    const first = readRecord(view, 0);
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const record = readRecord(view, at);
      if (record.kindNumber !== 0) continue;
      if (events % 997 === 0 || first.kindNumber !== 0) {
        const bytes = await reader.readWire(record.offset, record.length);
        expect(Buffer.from(bytes).toString()).toBe(`id: ${events}\ndata: {"number":${events}}\n\n`);
      }
      events += 1;
    }
  }
  return events;
}

describe('a session whose writer is killed', () => {
  const random = seededRandom(Date.now());
  it.each([
    ['while it floods', 2000, 0],
    ['while each event is a read of its own', 1, 0],
    ['while it is quiet', 1, 5],
  ])(
    'opens with all but the last moments %s',
    async (name, batch, delayMs) => {
      for (let round = 0; round < 3; round += 1) {
        const folder = join(place.path, `${name.replaceAll(' ', '-')}-${round}`);
        const reports = await runAndKill(folder, batch, delayMs, 100 + random() * 900);
        const last = reports.at(-1);
        if (!last) throw new Error('The writer reported nothing');

        const { reader, manifest, close } = await openRecorded(folder);
        expect(manifest.outcome).toBe('interrupted');
        const events = await countEvents(reader);
        expect(reader.counts.events).toBe(events);
        expect((await reader.journal()).map((line) => line.entry.kind)).toEqual([
          'attempt-start',
          'response-head',
          'capture-notice',
        ]);
        await close();

        // Whatever had been appended long enough before the end is there.
        const due = reports.findLast(({ atMs }) => atMs <= last.atMs - MAY_MISS_MS);
        expect(due).toBeDefined();
        expect(events).toBeGreaterThanOrEqual(due?.count ?? 0);
        expect(events).toBeGreaterThan(0);
        const stored = reports.findLast(({ count }) => count <= events);
        expect(last.atMs - (stored?.atMs ?? 0)).toBeLessThan(MAY_MISS_MS);
      }
    },
    120_000,
  );
});
