/**
 * The whole way in the real window: socket, bytes on disk, index, list and counters live. Against byte-counting node:http in the
 * main process of the same Electron, EventSource in pages, and what watches streams: the DevTools protocol and window. What was
 * stored is checked after each round.
 */
import { openDevTools } from '../peers/devtools-window.mjs';
import { openChromium } from '../peers/chromium.mjs';
import { openApp, openPeer } from '../window/open-electron.mjs';
import { countByEventSource, installWatch } from '../window/page-watch.mjs';
import { mainCpuUs, recordInWindow } from '../window/record-in-window.mjs';
import { ratioRow } from '../report/rows.mjs';

export const summary =
  "the whole way in the real window, against byte-counting http and the browser's EventSource";

/** Peers by their share of the events: the slower ones show their rate in fewer. */
const CASES = [
  {
    stream: 'chat',
    write: 'coalesced',
    events: 1_000_000,
    targets: { http: 0.6, eventsource: 3, chromium: 3, protocol: 30, devtools: 400 },
  },
  {
    stream: 'chat',
    write: 'each',
    events: 300_000,
    targets: { http: 0.7, eventsource: 1.1, chromium: 1.1, protocol: 10 },
  },
  { stream: 'tiny', write: 'coalesced', events: 1_000_000, targets: { http: null, eventsource: null } },
  { stream: 'big', write: 'coalesced', events: 50_000, targets: { http: null, eventsource: null } },
];

const NAMES = {
  http: 'http that counts bytes',
  cpu: 'http, by processor time of main',
  eventsource: 'EventSource of the same Electron',
  chromium: 'EventSource of Chromium',
  protocol: 'DevTools protocol',
  devtools: 'DevTools window, EventStream tab, burst of 10,000',
};
const BURST = 10_000;

export async function run({ feed, env, readers, rounds, scale, peer: findPeer, say }) {
  const app = await openApp(env);
  const peer = await openPeer(env, { pageUrl: feed.origin, readers });
  const chromiumPath = findPeer('chromium');
  const chromium = chromiumPath && (await openChromium(chromiumPath, feed.origin));
  try {
    await app.page.evaluate(installWatch);
    await recordInWindow(app, feed.run({ events: 20_000 }));
    const rows = [];
    for (const the of CASES) rows.push(...(await measure(the)));
    return rows;
  } finally {
    await app.close();
    await peer.close();
    await chromium?.close();
  }

  /** Events a second of one peer. */
  function peerRate(name, { stream, write, events }) {
    const type = stream === 'big' ? 'state' : 'message';
    const some = (count) => {
      const run = feed.run({ stream, write, events: Math.min(events, Math.ceil(count)) });
      return [run.url, run.events, type];
    };
    const rate = async (counting) => {
      const { events: counted, ms } = await counting;
      return (counted / ms) * 1000;
    };
    switch (name) {
      case 'eventsource':
        return rate(peer.page.evaluate(countByEventSource, some(events / 10)));
      case 'chromium':
        return rate(chromium.countEvents(some(events / 5)));
      case 'protocol':
        return rate(chromium.countByProtocol(some(20_000)));
      case 'devtools':
        return rate(openDevTools(env, feed, BURST)).catch((error) => {
          // Its page has no interface that anybody promised: another Electron may have another.
          say(`skipped the DevTools window: ${error.message.split('\n')[0]}`);
          return null;
        });
      default:
        throw new Error(`No peer ${name}`);
    }
  }

  async function measure({ stream, write, targets, ...the }) {
    const events = Math.round(the.events * scale);
    const names = Object.keys(targets).filter(
      (name) => chromium || (name !== 'chromium' && name !== 'protocol'),
    );
    const pairs = Object.fromEntries([...names, 'cpu'].map((name) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      const before = await mainCpuUs(peer.electron);
      const counted = await peer.electron.evaluate(
        (_, url) => globalThis.readers.http(url),
        feed.run({ stream, write, events }).url,
      );
      const countedCpuUs = (await mainCpuUs(peer.electron)) - before;
      const own = await recordInWindow(app, feed.run({ stream, write, events }));
      const ours = (events / own.ms) * 1000;
      pairs.http.push([ours, (events / counted.ms) * 1000]);
      // The other way round, so that more is better as it is for rates.
      pairs.cpu.push([(events / own.cpuUs) * 1e6, (events / countedCpuUs) * 1e6]);
      for (const name of names) {
        // Once is enough for the peer that takes longest.
        if (name === 'http' || (name === 'devtools' && round > 1)) continue;
        const theirs = await peerRate(name, { stream, write, events });
        if (theirs !== null) pairs[name].push([ours, theirs]);
      }
      const said = Object.entries(pairs).map(
        ([name, all]) => `${name} ${Math.round(all.at(-1)?.[1] / 1000)}`,
      );
      say(`${stream}, ${write}, ${round} of ${rounds}: ours ${Math.round(ours / 1000)}, ${said.join(', ')}`);
    }
    const title = `${stream}, ${write === 'each' ? 'one write an event' : write}`;
    return Object.entries(pairs)
      .filter(([, all]) => all.length > 0)
      .map(([name, all]) =>
        ratioRow({
          id: `ingest-${stream}-${write}-${name}`,
          what: `${title}: ${NAMES[name]}`,
          unit: name === 'cpu' ? 'events/s of processor' : 'events/s',
          pairs: all,
          target: targets[name] == null ? null : { atLeast: targets[name] },
        }),
      );
  }
}
