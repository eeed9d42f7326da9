/**
 * A tap in the way: how much later an event arrives, and how many events pass, against no proxy and against mitmdump, which
 * streams too. Each round measures them in turn. The tap records every byte to disk meanwhile.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inProject } from '../../scripts/setup/project.mjs';
import { measureDelays } from '../feed/delays.mjs';
import { median, percentile, ratioRow, valueRow } from '../report/rows.mjs';

const CASES = [
  { write: 'coalesced', events: 1_000_000, most: { atLeast: 1 } },
  { write: 'each', events: 200_000, most: { atLeast: 3 } },
];
const DELAYED_EVENTS = 1000;

export const summary = 'a tap in the way: added delay and throughput, against no proxy and mitmdump';

export async function run({ feed, readers, rounds, scale, peer, say }) {
  const folder = await mkdtemp(join(tmpdir(), 'streamscope-bench-tap-'));
  const mitmdump = peer('mitmdump');
  const opened = [];
  try {
    const tap = await startTap(feed.origin, join(folder, 'passing'), opened);
    const proxy = mitmdump && (await startMitmdump(mitmdump, feed.origin, opened));
    const rows = [];
    for (const { write, most, ...the } of CASES) {
      const events = Math.round(the.events * scale);
      const rates = { tap: [], direct: [], proxy: [] };
      for (let round = 1; round <= rounds; round += 1) {
        say(`${write}, round ${round} of ${rounds}`);
        for (const [name, origin] of Object.entries({ direct: feed.origin, tap, proxy })) {
          if (origin)
            rates[name].push(await rateOf(feed.run({ write, events }), feed.origin, origin, readers));
        }
      }
      const how = write === 'each' ? 'one write an event' : write;
      const row = (name, what, target) =>
        ratioRow({
          id: `tap-${write}-${name}`,
          what: `through a tap, chat, ${how}: ${what}`,
          unit: 'events/s',
          pairs: rates.tap.map((rate, at) => [rate, rates[name === 'mitmdump' ? 'proxy' : name][at]]),
          target,
        });
      rows.push(row('direct', 'without', null));
      if (proxy) rows.push(row('mitmdump', 'mitmdump', most));
    }
    say('delays');
    return [...rows, ...(await delayRows({ folder, mitmdump, rounds, scale, opened, say }))];
  } finally {
    for (const child of opened) child.kill('SIGINT');
    await Promise.all(opened.map((child) => child.exited));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each event is sent at once to a reader without and to readers through the proxies; what differs is what they add. */
async function delayRows({ folder, mitmdump, rounds, scale, opened, say }) {
  const added = { tap: [], proxy: [] };
  const worst = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`delays, round ${round} of ${rounds}`);
    const delays = await measureDelays(Math.round(DELAYED_EVENTS * scale), async (origin) => ({
      tap: await startTap(origin, join(folder, `delays-${round}`), opened),
      ...(mitmdump ? { proxy: await startMitmdump(mitmdump, origin, opened) } : {}),
    }));
    const differences = (name) => delays[name].map((ms, at) => ms - delays.direct[at]);
    added.tap.push(median(differences('tap')));
    worst.push(percentile(differences('tap'), 0.99));
    if (mitmdump) added.proxy.push(median(differences('proxy')));
  }
  const what = 'delay that a tap adds to an event';
  return [
    valueRow({
      id: 'tap-delay',
      what: `${what}, median`,
      unit: 'ms',
      values: added.tap,
      target: { atMost: 2 },
    }),
    valueRow({
      id: 'tap-delay-99',
      what: `${what}, 99th percentile`,
      unit: 'ms',
      values: worst,
      target: null,
      better: 'less',
    }),
    ...(mitmdump
      ? [
          ratioRow({
            id: 'tap-delay-mitmdump',
            what: `${what}: mitmdump`,
            unit: 'ms',
            pairs: added.tap.map((ms, at) => [ms, added.proxy[at]]),
            target: { atMost: 1 },
          }),
        ]
      : []),
  ];
}

async function startTap(target, out, opened) {
  const child = start(opened, process.execPath, [
    inProject('out', 'main', 'cli.cjs'),
    'tap',
    target,
    '--json',
    '--out',
    out,
  ]);
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { address } = JSON.parse(line);
    // The lines of requests are of no use here, and must not fill the pipe.
    child.stdout.resume();
    return address;
  }
  throw new Error('The tap ended before it listened');
}

async function startMitmdump(path, target, opened) {
  const port = await freePort();
  start(opened, path, [
    ...['--mode', `reverse:${target}`, '--listen-host', '127.0.0.1', '--listen-port', String(port)],
    ...['--set', 'stream_large_bodies=1', '--set', 'keep_host_header=true', '-q'],
  ]);
  await untilListening(port);
  return `http://127.0.0.1:${port}`;
}

function start(opened, command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  opened.push(child);
  return child;
}

/** Events a second, as the server felt it. */
async function rateOf(feedRun, origin, through, readers) {
  const url = feedRun.url.replace(origin, through);
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [readers, 'http', url], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The reader ended with ${code}`)),
    );
  });
  const { startedAt, endedAt } = await feedRun.report();
  return (feedRun.events / (endedAt - startedAt)) * 1000;
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(port) {
  for (;;) {
    const socket = net.connect(port, '127.0.0.1');
    const open = await new Promise((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
