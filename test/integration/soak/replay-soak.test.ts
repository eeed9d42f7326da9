/** A soak of a replay of a few seconds: the program that `npm run soak -- replay` runs for five minutes. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/session-folder.ts';
import { bundleSoak } from '../../soak/bundle-soak.mjs';
import type { ReplaySoakReport, ReplaySoakSettings } from '../../soak/replay/run-replay-soak.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

it('gives each of many clients every event of a loop, also those that drop and resume', async () => {
  const { replay, replayClients } = await bundleSoak(place.path);
  const settings: ReplaySoakSettings = { clients: 12, durationMs: 8000, eventsPerSecond: 200 };
  const args = ['--expose-gc', replay, replayClients, JSON.stringify(settings)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  const report = JSON.parse(stdout) as ReplaySoakReport;
  expect(report.faults).toEqual([]);
  expect(report.resumed).toBeGreaterThan(0);
  expect(report.fewest).toBeGreaterThan(0);
  expect(report.activeAfter).toBe(0);
}, 240_000);
