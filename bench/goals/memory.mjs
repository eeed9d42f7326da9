/** What an event costs in memory: how much the app's processes grow over a recording in view, by their resident sets. */
import { openApp } from '../window/open-electron.mjs';
import { residentBytes } from '../window/sample-processes.mjs';
import { installWatch } from '../window/page-watch.mjs';
import { recordInWindow } from '../window/record-in-window.mjs';
import { valueRow } from '../report/rows.mjs';

const EVENTS = 1_000_000;

export const summary = 'what an event costs in memory';

export async function run({ feed, env, rounds, scale, say }) {
  const events = Math.round(EVENTS * scale);
  const values = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const app = await openApp(env);
    try {
      await app.page.evaluate(installWatch);
      // Code, fonts and buffers are there after a first recording; what comes on top is the events'.
      await recordInWindow(app, feed.run({ events: Math.round(events / 20) }));
      const before = await residentBytes(app.electron);
      await recordInWindow(app, feed.run({ events }));
      values.push(Math.max(0, (await residentBytes(app.electron)) - before) / events);
    } finally {
      await app.close();
    }
  }
  return [
    valueRow({
      id: 'memory',
      what: `memory an event, over ${events.toLocaleString('en')}`,
      unit: 'bytes',
      values,
      target: { atMost: 40 },
    }),
  ];
}
