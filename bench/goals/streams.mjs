/** 200 streams at once, each at 50 events/s, in the app with one of them in view: processor time of all its processes, frames, a click, Stop, memory. */
import { bundle } from '../peers/bundle.mjs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkFolder } from '../feed/check-folder.mjs';
import { ratioRow, valueRow } from '../report/rows.mjs';
import { clickTabs, frameIntervals } from '../window/feel.mjs';
import { openApp } from '../window/open-electron.mjs';
import { installWatch } from '../window/page-watch.mjs';
import { connect } from '../window/record-in-window.mjs';
import { appCpuSeconds, residentBytes } from '../window/sample-processes.mjs';

export const summary = '200 streams at 50 events/s each: processor time, frames, a click, memory';

const STREAMS = 200;
const RATE = 50;
const SECONDS = 36;
const WATCH_MS = 2000;
/** Long enough for events to be more than what comes and goes in memory. */
const LOADED_MS = 18_000;
/** All streams are open, and what opening them cost is over. */
const CALM_MS = 8000;
const LONGEST_MS = 60_000;

export async function run({ feed, env, scale, say }) {
  const streams = Math.max(10, Math.round(STREAMS * scale));
  const { BLANK_REQUEST } = createRequire(import.meta.url)(
    await bundle('src/shared/connection/blank-request.ts', 'blank-request'),
  );
  const app = await openApp(env);
  const { page } = app;
  try {
    await page.evaluate(installWatch, { frames: true });
    const idle = await frameIntervals(page, WATCH_MS);
    const runs = Array.from({ length: streams }, () => feed.run({ events: RATE * SECONDS, rate: RATE }));
    const [inView, ...others] = runs;
    await connect(page, inView);
    await page.waitForFunction(() => globalThis.bench.sessionId);
    const ids = [await page.evaluate(() => globalThis.bench.sessionId)];
    for (const { url } of others) ids.push(await start(page, { ...BLANK_REQUEST, url }));
    await page.waitForTimeout(CALM_MS);
    const before = {
      cpu: await appCpuSeconds(app.electron),
      bytes: await residentBytes(app.electron),
      at: performance.now(),
    };
    const loaded = await frameIntervals(page, LOADED_MS);
    const click = await clickTabs(page);
    const seconds = (performance.now() - before.at) / 1000;
    const cores = ((await appCpuSeconds(app.electron)) - before.cpu) / seconds;
    const bytes = ((await residentBytes(app.electron)) - before.bytes) / (streams * RATE * seconds);
    say(
      `${streams} streams: ${cores.toFixed(2)} cores, frames ${loaded.toFixed(1)} ms (idle ${idle.toFixed(1)})`,
    );
    await ended(page, ids);
    for (const [at, one] of runs.entries()) await checkFolder(join(app.userData, 'sessions', ids[at]), one);
    const of = `${streams} streams at ${RATE} events/s`;
    return [
      valueRow({
        id: 'streams-cores',
        what: `${of}: processor time`,
        unit: 'cores',
        values: [cores],
        target: { atMost: 1 },
      }),
      ratioRow({
        id: 'streams-frames',
        what: `${of}: frame intervals, 95th percentile: idle`,
        unit: 'ms',
        pairs: [[loaded, idle]],
        target: { atMost: 1.1 },
      }),
      valueRow({
        id: 'streams-click',
        what: `${of}: a click on another view`,
        unit: 'ms',
        values: [click],
        target: { atMost: 100 },
      }),
      valueRow({
        id: 'streams-memory',
        what: `${of}: memory an event`,
        unit: 'bytes',
        values: [bytes],
        target: { atMost: 40 },
      }),
    ];
  } finally {
    await app.close();
  }
}

/** Starts a session as the window does; resolves to its number. */
async function start(page, request) {
  const answer = await page.evaluate((asked) => globalThis.streamscope.invoke('connection:start', asked), {
    endpointId: null,
    environmentId: null,
    name: '',
    request: { ...request, reconnect: { ...request.reconnect } },
  });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.id;
}

/** All of the streams have ended: asked again, the server ends them by 204. */
async function ended(page, ids) {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    const answer = await page.evaluate(() => globalThis.streamscope.invoke('session:list', undefined));
    const live = answer.value.filter(({ id, outcome }) => ids.includes(id) && outcome === 'live').length;
    if (live === 0) return;
    if (performance.now() > until) throw new Error(`${live} streams have not ended`);
    await page.waitForTimeout(250);
  }
}
