/** A short run of the fuzzer (`npm run fuzz`): our engine and the EventSource of a real Chromium read the same random streams. */
import { chromium, expect, test } from '@playwright/test';
import { createBrowserClient } from '../fuzz/browser-client.ts';
import { runCampaign } from '../fuzz/campaign.ts';
import { createOurClient } from '../fuzz/our-client.ts';
import { startPlanServer } from '../fuzz/plan-server.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';

const SEED = 1;
const STREAMS = 300;

test.describe('random streams', () => {
  test.skip(chromiumPath === null, NO_CHROMIUM);

  test('mean the same to a real EventSource and to us', async () => {
    test.setTimeout(180_000);
    const server = await startPlanServer(40);
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
    try {
      const { figures, findings } = await runCampaign(
        { server, browser: await createBrowserClient(browser, server.pageOrigin), ours: createOurClient() },
        { seed: SEED, from: 0, count: STREAMS, forMs: Infinity, atOnce: 100, onProgress: () => {} },
      );
      expect(findings.map(({ number, trial }) => `stream ${number}: ${trial.difference}`)).toEqual([]);
      expect(figures.streams).toBe(STREAMS);
      expect(figures.events).toBeGreaterThan(STREAMS);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
