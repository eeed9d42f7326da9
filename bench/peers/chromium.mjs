/** A current Chromium, as a page's own EventSource and as the DevTools protocol see a stream. */
import { chromium } from '@playwright/test';
import { isRoot } from '../../scripts/setup/run.mjs';
import { countByEventSource } from '../window/page-watch.mjs';

/** `origin` serves an empty page, of the streams' own origin. */
export async function openChromium(executablePath, origin) {
  const browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
  const page = await browser.newPage();
  await page.goto(origin);
  return {
    countEvents: (run) => page.evaluate(countByEventSource, run),
    /** Counts what the protocol tells of the events; the page reads them too, as it does for the DevTools window. */
    async countByProtocol(run) {
      const [, expected] = run;
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      let events = 0;
      let startMs = 0;
      const all = new Promise((resolve) => {
        session.on('Network.responseReceived', () => (startMs = performance.now()));
        session.on('Network.eventSourceMessageReceived', () => {
          events += 1;
          if (events === expected) resolve(performance.now());
        });
      });
      await page.evaluate(countByEventSource, run);
      const endMs = await all;
      await session.detach();
      return { events, ms: endMs - startMs };
    },
    close: () => browser.close(),
  };
}
