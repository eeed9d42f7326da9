/** The EventSource of a real Chromium as a client of a replay: it resumes after a reset, and 204 ends it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, expect, test } from '@playwright/test';
import { numberedEvents, startReplay, stopReplays } from '../support/replay-stage.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';

/** Runs in the page. */
function follow(url: string): Promise<string[]> {
  return new Promise((resolve) => {
    const told: string[] = [];
    const source = new EventSource(url, { withCredentials: true });
    source.onmessage = ({ data, lastEventId }) => told.push(`${lastEventId} ${String(data)}`);
    source.onerror = () => {
      told.push(source.readyState === EventSource.CLOSED ? 'closed' : 'broken');
      if (source.readyState === EventSource.CLOSED) resolve(told);
    };
  });
}

test.describe('in a current Chromium', () => {
  test.skip(chromiumPath === null, NO_CHROMIUM);

  test('a page of another origin gets each event of a replay once, over a reset', async () => {
    const script = `faults:
  - insert: {retry: 10}
  - reset:
    event: 3
    where: after
    attempt: 1
`;
    const { url, over } = await startReplay([{ reads: numberedEvents(5) }], { script, cut: 'byte' });
    const pages = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<p>page</p>'),
    );
    pages.listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
      const seen = await page.evaluate(follow, url);
      // A reset takes along what the browser has not read yet, which may be events before it: then those come anew.
      expect(seen.filter((line) => line.includes('event'))).toEqual(
        [1, 2, 3, 4, 5].map((number) => `${number} event ${number}`),
      );
      expect(seen).toContain('broken');
      expect(seen.at(-1)).toBe('closed');
      const attempts = over.map(({ lastEventId, status }) => [lastEventId, status]);
      expect(attempts[0]).toEqual(['', 200]);
      expect(attempts.at(-1)).toEqual(['5', 204]);
    } finally {
      await browser.close();
      pages.close();
      await stopReplays();
    }
  });
});
