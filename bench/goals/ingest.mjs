/**
 * The whole way in the real window: socket, bytes on disk, index, list and counters live. Against byte-counting node:http in the
 * main process of the same Electron, and the EventSource of the same Chromium. What was stored is checked after each round.
 */
import { openApp, openPeer } from '../window/open-electron.mjs';
import { countByEventSource, installWatch } from '../window/page-watch.mjs';
import { recordInWindow } from '../window/record-in-window.mjs';
import { ratioRow } from '../report/rows.mjs';

/** EventSource reads a tenth of the events: it is so much slower that its rate shows in them. */
const CASES = [
  { stream: 'chat', write: 'coalesced', events: 1_000_000, http: 0.6, page: 3 },
  { stream: 'chat', write: 'each', events: 200_000, http: 0.7, page: 1.1 },
  { stream: 'tiny', write: 'coalesced', events: 1_000_000, http: null, page: null },
  { stream: 'big', write: 'coalesced', events: 50_000, http: null, page: null },
];

export const summary =
  "the whole way in the real window, against byte-counting http and the browser's EventSource";

export async function run({ feed, env, readers, rounds, scale, say }) {
  const app = await openApp(env);
  const peer = await openPeer(env, { pageUrl: feed.origin, readers });
  try {
    await app.page.evaluate(installWatch);
    const rows = [];
    for (const the of CASES) rows.push(...(await measure(the)));
    return rows;
  } finally {
    await app.close();
    await peer.close();
  }

  async function measure({ stream, write, http, page, ...the }) {
    const events = Math.round(the.events * scale);
    const type = stream === 'big' ? 'state' : 'message';
    const perSecond = (ms) => (events / ms) * 1000;
    const again = () => feed.run({ stream, write, events });
    const fewer = Math.ceil(events / 10);
    const pairs = { http: [], page: [] };
    for (let round = 1; round <= rounds; round += 1) {
      const counted = await peer.electron.evaluate((_, url) => globalThis.readers.http(url), again().url);
      const ours = perSecond((await recordInWindow(app, again())).ms);
      const native = await peer.page.evaluate(countByEventSource, [
        feed.run({ stream, write, events: fewer }).url,
        fewer,
        type,
      ]);
      pairs.http.push([ours, perSecond(counted.ms)]);
      pairs.page.push([ours, (fewer / native.ms) * 1000]);
      const figures = [ours, perSecond(counted.ms), (fewer / native.ms) * 1000].map((rate) =>
        Math.round(rate / 1000),
      );
      say(`${stream}, ${write}, round ${round} of ${rounds}: ${figures.join(' | ')} thousand events/s`);
    }
    const target = (atLeast) => (atLeast === null ? null : { atLeast });
    const id = `ingest-${stream}-${write}`;
    const what = `${stream}, ${write === 'each' ? 'one write an event' : write}`;
    const unit = 'events/s';
    return [
      ratioRow({ id: `${id}-http`, what: `${what}: http`, unit, pairs: pairs.http, target: target(http) }),
      ratioRow({
        id: `${id}-eventsource`,
        what: `${what}: EventSource`,
        unit,
        pairs: pairs.page,
        target: target(page),
      }),
    ];
  }
}
