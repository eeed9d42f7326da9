/**
 * From the read of an event's last byte to the frame that shows its row, at a steady rate. Times of reads are on the session's clock;
 * the response head is on it and on the server's, which ties it to the page's, and counts the way from the server in.
 */
import { openApp } from '../window/open-electron.mjs';
import { installRowWatch, installWatch } from '../window/page-watch.mjs';
import { recordInWindow } from '../window/record-in-window.mjs';
import { percentile, valueRow } from '../report/rows.mjs';

export const summary = 'from the read of an event to its visible row, at 10,000 and at 100 events/s';

const CASES = [
  { rate: 10_000, seconds: 4, target: { atMost: 25 } },
  // The batches of a slow stream are 33 ms apart as well, and each of its rows is seen: most wait for the next batch.
  { rate: 100, seconds: 4, target: null },
];

export async function run({ feed, env, rounds, say }) {
  const app = await openApp(env);
  try {
    await app.page.evaluate(installWatch);
    await app.page.evaluate(installRowWatch);
    const rows = [];
    for (const { rate, seconds, target } of CASES) {
      const values = [];
      for (let round = 1; round <= rounds; round += 1) {
        const latencies = await measure(rate, seconds);
        values.push(percentile(latencies, 0.95));
        const said = [percentile(latencies, 0.5), values.at(-1)].map((ms) => ms.toFixed(1));
        say(
          `${rate} events/s, round ${round} of ${rounds}: ${said[0]} ms, 95th ${said[1]} ms, ${latencies.length} rows`,
        );
      }
      rows.push(
        valueRow({
          id: `latency-${rate}`,
          what: `from the read to the visible row, 95th percentile, at ${rate.toLocaleString('en')} events/s`,
          unit: 'ms',
          values,
          target,
          better: 'less',
        }),
      );
    }
    return rows;
  } finally {
    await app.close();
  }

  async function measure(rate, seconds) {
    await app.page.evaluate(() => (globalThis.bench.shown.length = 0));
    const run = feed.run({ events: rate * seconds, rate });
    await recordInWindow(app, run);
    const { shown, headAtMs } = await app.page.evaluate(() => globalThis.bench);
    const { headWrittenAt } = await run.report();
    if (shown.length < rate / 100) throw new Error(`Only ${shown.length} rows were seen`);
    return shown.map(({ epochMs, atMs }) => epochMs - (headWrittenAt + atMs - headAtMs));
  }
}
