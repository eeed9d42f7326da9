/** The same core without a window: `streamscope record --raw --out` against byte-counting node:http on the same Node. */
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

export const summary =
  'the same core by the command line, against byte-counting http, and what recording costs';

const ARGUMENTS = ['record', '--raw', '--no-reconnect'];

export async function run({ feed, readers, rounds, scale, say }) {
  const rows = [];
  for (const { write, ...the } of CASES) {
    const events = Math.round(the.events * scale);
    const pairs = [];
    const costs = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`${write}, round ${round} of ${rounds}`);
      const counted = feed.run({ write, events });
      await node([readers, 'http', counted.url]);
      const recorded = feed.run({ write, events });
      await record(recorded);
      const read = feed.run({ write, events });
      await node([inProject('out', 'main', 'cli.cjs'), ...ARGUMENTS, read.url]);
      pairs.push([await rateOf(recorded), await rateOf(counted)]);
      costs.push([await rateOf(recorded), await rateOf(read)]);
    }
    const what = `command line, chat, ${write === 'each' ? 'one write an event' : write}`;
    const unit = 'events/s';
    rows.push(ratioRow({ id: `cli-chat-${write}-http`, what: `${what}: http`, unit, pairs, target: null }));
    rows.push(
      ratioRow({
        id: `cli-chat-${write}-recording`,
        what: `${what}: without recording`,
        unit,
        pairs: costs,
        target: { atLeast: 0.9 },
      }),
    );
  }
  return rows;
}

async function record(run) {
  const parent = await mkdtemp(join(tmpdir(), 'streamscope-bench-'));
  const folder = join(parent, 'session');
  try {
    await node([inProject('out', 'main', 'cli.cjs'), ...ARGUMENTS, '--out', folder, run.url]);
    await checkFolder(folder, run);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

/** As the server felt it, so that the start of a program does not count. */
async function rateOf(run) {
  const { startedAt, endedAt } = await run.report();
  return (run.events / (endedAt - startedAt)) * 1000;
}

function node(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args[0]} ended with code ${code}`)),
    );
  });
}
