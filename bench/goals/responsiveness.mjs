/** What the window still does while a flood arrives: frames, a click, and Stop. */
import { openApp } from '../window/open-electron.mjs';
import { clickStop, clickTabs, frameIntervals } from '../window/feel.mjs';
import { installWatch } from '../window/page-watch.mjs';
import { connect, endAndCheckBeginning } from '../window/record-in-window.mjs';
import { ratioRow, valueRow } from '../report/rows.mjs';

export const summary = 'frames, a click and Stop while a flood arrives';

const WATCH_MS = 2000;
/** More than can arrive while it is watched. */
const ENDLESS = 20_000_000;

export async function run({ feed, env, rounds, say }) {
  const app = await openApp(env);
  const { page } = app;
  const frames = [];
  const clicks = [];
  const stops = [];
  try {
    await page.evaluate(installWatch, { frames: true });
    for (let round = 1; round <= rounds; round += 1) {
      const idle = await frameIntervals(page, WATCH_MS);
      const flood = feed.run({ events: ENDLESS });
      await connect(page, flood);
      await page.waitForFunction(() => globalThis.bench.events > 0);
      frames.push([await frameIntervals(page, WATCH_MS), idle]);
      clicks.push(await clickTabs(page));
      stops.push(await clickStop(page));
      await endAndCheckBeginning(app, flood);
      const said = [...frames.at(-1), clicks.at(-1), stops.at(-1)].map((ms) => ms.toFixed(1));
      say(
        `round ${round} of ${rounds}: frames ${said[0]} (idle ${said[1]}), click ${said[2]}, Stop ${said[3]} ms`,
      );
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
      id: 'click',
      what: 'a click on another view in a flood, until it is drawn',
      unit: 'ms',
      values: clicks,
      target: { atMost: 100 },
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
