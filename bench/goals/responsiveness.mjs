/** What the window still does while a flood arrives: frames, and Stop. */
import { openApp } from '../window/open-electron.mjs';
import { installWatch } from '../window/page-watch.mjs';
import { connect, endAndCheckBeginning } from '../window/record-in-window.mjs';
import { percentile, ratioRow, valueRow } from '../report/rows.mjs';

const WATCH_MS = 2000;
/** More than can arrive while it is watched. */
const ENDLESS = 20_000_000;

export const summary = 'frames, and Stop, while a flood arrives';

export async function run({ feed, env, rounds, say }) {
  const app = await openApp(env);
  const { page } = app;
  const frames = [];
  const stops = [];
  try {
    await page.evaluate(installWatch);
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      const idle = await framesOf(page);
      const flood = feed.run({ events: ENDLESS });
      await connect(page, flood);
      await page.waitForFunction(() => globalThis.bench.events > 0);
      const loaded = await framesOf(page);
      stops.push(await page.evaluate(clickStop));
      await endAndCheckBeginning(app, flood);
      frames.push([percentile(loaded, 0.95), percentile(idle, 0.95)]);
    }
  } finally {
    await app.close();
  }
  return [
    ratioRow({
      id: 'frames-loaded',
      what: 'frame intervals, 95th percentile, in a flood: idle',
      unit: 'ms',
      pairs: frames,
      target: { atMost: 1.1 },
    }),
    valueRow({
      id: 'stop',
      what: 'Stop in a flood, until the window says so',
      unit: 'ms',
      values: stops,
      target: { atMost: 100 },
    }),
  ];
}

async function framesOf(page) {
  await page.evaluate(() => (globalThis.bench.frames.length = 0));
  await page.waitForTimeout(WATCH_MS);
  return page.evaluate(() => globalThis.bench.frames);
}

/* global document, requestAnimationFrame */
/** Clicks in the page itself, so that no driver's time is counted. */
function clickStop() {
  const named = (label) =>
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === label);
  const startMs = performance.now();
  named('Stop').click();
  return new Promise((resolve) => {
    requestAnimationFrame(function look() {
      if (named('Connect')) resolve(performance.now() - startMs);
      else requestAnimationFrame(look);
    });
  });
}
