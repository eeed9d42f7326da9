/** Streams that the fuzzer made, with what a real Chromium made of them: our engine must make the same of each (`npm run fuzz`). */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBlinkReads, waitsOf } from '../../fuzz/blink.ts';
import { differenceOf } from '../../fuzz/compare.ts';
import { readFixtures } from '../../fuzz/fixture.ts';
import { createOurClient } from '../../fuzz/our-client.ts';
import { startPlanServer, type PlanServer } from '../../fuzz/plan-server.ts';

const fixtures = await readFixtures(join(import.meta.dirname, '../../fixtures/fuzz'));
let server: PlanServer;

beforeAll(async () => void (server = await startPlanServer(20)));
afterAll(() => server.close());

describe('streams that a Chromium answered before', () => {
  it('are there', () => expect(fixtures.length).toBeGreaterThanOrEqual(100));

  it('give the same events, IDs and reconnects here', { timeout: 120_000 }, async () => {
    const ours = createOurClient();
    const differences = await Promise.all(
      fixtures.map(async ({ about, plan, browser }) => {
        const departed = asBlinkReads(plan);
        const served = await server.serve(departed);
        const log = await ours(served);
        served.release();
        const waited = { ...browser, waitsMs: waitsOf(departed, 'resets') };
        const difference = differenceOf(departed, waited, log);
        return difference === null ? [] : [`${about}: ${difference}`];
      }),
    );
    expect(differences.flat()).toEqual([]);
  });
});
