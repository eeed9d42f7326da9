/** A soak of a few seconds: the program that `npm run soak` runs for ten minutes. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/session-folder.ts';
import { bundleSoak } from '../../soak/bundle-soak.mjs';
import type { SoakReport, SoakSettings } from '../../soak/soak-report.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

it('loses no event, doubles none and leaves nothing open, whatever the server does', async () => {
  const { program, server } = await bundleSoak(place.path);
  const settings: SoakSettings = {
    seed: 7,
    connections: 16,
    durationMs: 5000,
    eventsPerSecond: 40,
    dropMs: 400,
  };
  const args = ['--expose-gc', program, server, JSON.stringify(settings)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  const report = JSON.parse(stdout) as SoakReport;
  expect({ faults: report.faults, leftOver: report.leftOver }).toEqual({ faults: [], leftOver: [] });
  expect(report.events + report.missedWithoutIds).toBe(report.numbered);
  expect(report.attempts).toBeGreaterThan(settings.connections);
  expect(report.droppedByClient).toBeGreaterThan(0);
  expect(Object.keys(report.serverFaults).length).toBeGreaterThan(0);
}, 240_000);
