/**
 * The same core without a window: `streamscope record --raw --out`, in turns with what else reads a stream in a program of its own, and
 * with itself without recording. The start of a program does not count: readers tell how long they read, and of the others the server
 * tells how long it took to get rid of the bytes.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../scripts/setup/project.mjs';
import { checkFolder } from '../feed/check-folder.mjs';
import { ratioRow } from '../report/rows.mjs';

const CASES = [
  { write: 'coalesced', events: 1_000_000 },
  { write: 'each', events: 200_000 },
];

export const summary = 'the same core by the command line, against what else reads, and what recording costs';

const RECORD = ['record', '--raw', '--no-reconnect'];
/** These read so much slower that their rate shows in a tenth of the events. */
const SLOW = 10;

export async function run({ feed, readers, rounds, scale, peer, say }) {
  const cli = inProject('out', 'main', 'cli.cjs');
  const curl = peer('curl');
  const eventsource = peer('eventsource');
  const npmEventSource = inProject('bench', 'peers', 'npm-eventsource.mjs');

  /** How each peer is run, by what it is called in the table. */
  const peers = {
    http: {
      what: 'http that counts bytes',
      run: ({ url, events }) => program(process.execPath, [readers, 'http', url, events]),
    },
    recording: {
      what: 'without recording',
      target: { atLeast: 0.9 },
      run: ({ url }) => silent(process.execPath, [cli, ...RECORD, url]),
    },
    curl: curl && {
      what: 'curl to nothing',
      run: ({ url }) => silent(curl, ['-sN', '-o', '/dev/null', url]),
    },
    parser: {
      what: 'http with eventsource-parser',
      run: ({ url, events }) => program(process.execPath, [readers, 'parser', url, events]),
    },
    undici: {
      what: 'EventSource of undici',
      slow: true,
      run: ({ url, events }) => program(process.execPath, [readers, 'undiciEventSource', url, events]),
    },
    eventsource: eventsource && {
      what: 'npm eventsource',
      slow: true,
      run: ({ url, events }) => program(process.execPath, [npmEventSource, eventsource, url, events]),
    },
  };

  const rows = [];
  for (const { write, ...the } of CASES) {
    const events = Math.round(the.events * scale);
    const used = Object.entries(peers).filter(([, one]) => one !== null);
    const pairs = Object.fromEntries(used.map(([name]) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      const recorded = feed.run({ write, events });
      await record(cli, recorded);
      const ours = await rateOf(recorded);
      for (const [name, one] of used) {
        const read = feed.run({ write, events: one.slow ? Math.ceil(events / SLOW) : events });
        const told = JSON.parse((await one.run(read)) || 'null');
        pairs[name].push([ours, told ? (told.events / told.ms) * 1000 : await rateOf(read)]);
      }
      const said = used.map(([name]) => `${name} ${Math.round(pairs[name].at(-1)[1] / 1000)}`);
      say(`${write}, ${round} of ${rounds}: ours ${Math.round(ours / 1000)}, ${said.join(', ')}`);
    }
    for (const [name, { what, target = null }] of used)
      rows.push(
        ratioRow({
          id: `cli-chat-${write}-${name}`,
          what: `command line, chat, ${write === 'each' ? 'one write an event' : write}: ${what}`,
          unit: 'events/s',
          pairs: pairs[name],
          target,
        }),
      );
  }
  return rows;
}

async function record(cli, run) {
  const parent = await mkdtemp(join(tmpdir(), 'streamscope-bench-'));
  const folder = join(parent, 'session');
  try {
    await silent(process.execPath, [cli, ...RECORD, '--out', folder, run.url]);
    await checkFolder(folder, run);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function rateOf(run) {
  const { startedAt, endedAt } = await run.report();
  return (run.events / (endedAt - startedAt)) * 1000;
}

/** Runs a program to its end, and what it prints to nothing. */
const silent = (command, args) => program(command, args, 'ignore');

/** Resolves to what it printed. */
function program(command, args, output = 'pipe') {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args.map(String), { stdio: ['ignore', output, 'inherit'] });
    let text = '';
    child.stdout?.on('data', (bytes) => (text += bytes));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${args.join(' ')} ended with code ${code}`)),
    );
  });
}
