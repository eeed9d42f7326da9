/** Whether a long recording stays as quick as a short one: ten million events in the window against a hundred thousand. */
import { openApp } from '../window/open-electron.mjs';
import { installWatch } from '../window/page-watch.mjs';
import { recordInWindow } from '../window/record-in-window.mjs';
import { median, ratioRow } from '../report/rows.mjs';

export const summary = 'events/s over ten million events against a hundred thousand';

const LONG = 10_000_000;
const SHORT = 100_000;
const SHORT_RUNS = 5;

export async function run({ feed, env, scale, say }) {
  const long = Math.max(10 * SHORT, Math.round(LONG * scale));
  const app = await openApp(env);
  try {
    await app.page.evaluate(installWatch);
    // Short ones before and after, so that a machine that changes its pace does not decide.
    const short = [await rate(SHORT), await rate(SHORT)].slice(1);
    const longRate = await rate(long);
    while (short.length < SHORT_RUNS) short.push(await rate(SHORT));
    say(`${Math.round(longRate / 1000)} against ${Math.round(median(short) / 1000)} thousand events/s`);
    return [
      ratioRow({
        id: 'linearity',
        what: `tiny events, ${long.toLocaleString('en')}: ${SHORT.toLocaleString('en')}`,
        unit: 'events/s',
        pairs: [[longRate, median(short)]],
        target: { atLeast: 0.9 },
      }),
    ];
  } finally {
    await app.close();
  }

  /** By the server's watch, as far as it was let write: a frame more or less says much of a short run. */
  async function rate(events) {
    const run = feed.run({ stream: 'tiny', events });
    const { ms } = await recordInWindow(app, run);
    return (events / ms) * 1000;
  }
}
