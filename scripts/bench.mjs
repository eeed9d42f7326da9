/**
 * npm run bench: measures the shipped build against its limits and its peers, side by side in one run, and prints a table of
 * ratios. Progress goes to standard error. The benchmarks are the files of bench/goals.
 */
import { parseArgs } from 'node:util';
import { compareRuns } from '../bench/report/compare.mjs';
import { readLastRun, writeLastRun } from '../bench/report/last-run.mjs';
import { describeMachine } from '../bench/report/machine.mjs';
import { writePage } from '../bench/report/page.mjs';
import { goalOf } from '../bench/report/rows.mjs';
import { table } from '../bench/report/table.mjs';
import { goalNames, loadGoal } from '../bench/run/registry.mjs';
import { runGoals } from '../bench/run/run-goals.mjs';
import { withElectron } from './setup/electron-session.mjs';
import { prepareBuild, prepareRuntime } from './setup/prepare.mjs';
import { SetupFailed, main, say } from './setup/say.mjs';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '3' },
  scale: { type: 'string', default: '1' },
};

const USAGE = `npm run bench -- [NAME…]   measures; without a name everything, in about ten minutes
  --list       the names
  --json       prints {"machine","goals"} and nothing else on standard output
  --compare    prints what changed since the figures that were written last; fails when something became worse
  --write      writes docs/performance.md and bench/last-run.json
  --rounds N   default 3
  --scale X    X times the events, for a quick look; default 1`;

await main(async () => {
  const { options, chosen } = await readArguments();
  if (options.help) return print(USAGE);
  if (options.list) return print((await describeGoals()).join('\n'));

  const runtime = await prepareRuntime();
  await prepareBuild();
  const machine = describeMachine(runtime.outdated ? '25.1.1' : 'official');
  const { rows, failed, skipped } = await withElectron(runtime, [], ({ env }) =>
    runGoals(chosen, { env, rounds: options.rounds, scale: options.scale, say }),
  );
  for (const sentence of skipped) say(sentence);

  const worse = await report(machine, rows, options);
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}.`);
  else if (options.write) await writePage(machine, await writeLastRun(machine, rows, options.whole));
  return failed.length > 0 || worse.length > 0 ? 1 : 0;
});

async function readArguments() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const names = await goalNames();
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown)
    throw new SetupFailed(`There is no benchmark "${unknown}".`, `There are: ${names.join(', ')}.`);
  const [rounds, scale] = [Number(values.rounds), Number(values.scale)];
  if (!Number.isInteger(rounds) || rounds < 1 || !(scale > 0 && scale <= 1))
    throw new SetupFailed('--rounds is a whole number from 1 on, --scale more than 0 and at most 1.');
  const chosen = positionals.length > 0 ? names.filter((name) => positionals.includes(name)) : names;
  return { options: { ...values, rounds, scale, whole: positionals.length === 0 }, chosen };
}

async function describeGoals() {
  const goals = await Promise.all((await goalNames()).map(loadGoal));
  return goals.map(({ name, summary }) => `${name.padEnd(16)}${summary}`);
}

/** Prints what was asked for; gives the ids of rows that became worse. */
async function report(machine, rows, { json, compare }) {
  const last = compare ? await readLastRun() : null;
  if (compare && !last) say('No figures were written yet (npm run bench -- --write).');
  const compared = last && compareRuns(last.rows, rows);
  if (json) print(JSON.stringify({ machine, goals: rows.map(goalOf) }));
  else print(compared ? `${table(rows)}\n\n${compared.table}` : table(rows));
  if (compared && json) say(compared.table);
  return compared?.worse ?? [];
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
