/**
 * npm run bench: measures the shipped build against its limits and its peers, side by side in one run, and prints a table of
 * ratios. Arguments: names of benchmarks (default: all), --json, --write (docs/performance.md), --rounds N, --scale X (fewer
 * events, for a quick look). Progress goes to standard error.
 */
import { parseArgs } from 'node:util';
import { startFeed } from '../bench/feed/start-feed.mjs';
import { bundle } from '../bench/peers/bundle.mjs';
import { describeMachine } from '../bench/report/machine.mjs';
import { table } from '../bench/report/table.mjs';
import { writePage } from '../bench/report/page.mjs';
import { withElectron } from './setup/electron-session.mjs';
import { prepareBuild, prepareRuntime } from './setup/prepare.mjs';
import { SetupFailed, main, say } from './setup/say.mjs';

const NAMES = ['ingest', 'cli', 'responsiveness', 'memory', 'start', 'completion'];
const FILES = { ingest: 'ingest-window', cli: 'ingest-cli' };

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      write: { type: 'boolean' },
      rounds: { type: 'string', default: '3' },
      scale: { type: 'string', default: '1' },
    },
  });
  const unknown = positionals.find((name) => !NAMES.includes(name));
  if (unknown)
    throw new SetupFailed(`There is no benchmark "${unknown}".`, `There are: ${NAMES.join(', ')}.`);

  const runtime = await prepareRuntime();
  await prepareBuild();
  const chosen = positionals.length > 0 ? positionals : NAMES;
  const machine = describeMachine(runtime.outdated ? '25.1.1' : 'official');
  const rows = await withElectron(runtime, [], ({ env }) =>
    measure(chosen, { env, rounds: Number(values.rounds), scale: Number(values.scale) }),
  );

  if (values.json) {
    const goals = rows.map(({ id, what, ours, peer, ratio, target, met }) => ({
      id,
      what,
      ours,
      peer,
      ratio,
      target,
      met,
    }));
    process.stdout.write(`${JSON.stringify({ machine, goals })}\n`);
  } else {
    process.stdout.write(`${table(rows)}\n`);
  }
  if (values.write) await writePage(machine, rows);
});

async function measure(names, options) {
  const feed = await startFeed();
  try {
    const readers = await bundle('bench/peers/readers.mjs', 'readers');
    const rows = [];
    for (const name of names) {
      const goal = await import(`../bench/goals/${FILES[name] ?? name}.mjs`);
      rows.push(...(await goal.run({ ...options, feed, readers, say: (line) => say(`${name}: ${line}`) })));
    }
    return rows;
  } finally {
    feed.close();
  }
}
