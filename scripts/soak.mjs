/**
 * npm run soak: 200 connections at once, each ended and dropped at random for ten minutes, and then every event counted that the
 * server numbered. `npm run soak -- tap`: 50 streams through one tap for five minutes. Arguments: --minutes N, --connections N, --seed S, --rate N (events a second for each stream), --json, --write
 * (docs/reliability.md). Progress goes to standard error; it fails when an event is lost or doubled, when anything is left open
 * or when memory grows.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundleSoak } from '../test/soak/bundle-soak.mjs';
import { soakPage, soakText, verdictOf, writeReliability } from '../test/soak/soak-page.mjs';
import { tapPage, tapText, tapVerdictOf } from '../test/soak/tap-soak-page.mjs';
import { describeMachine } from '../bench/report/machine.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { SetupFailed, main, say } from './setup/say.mjs';

const SOAKS = {
  connections: {
    of: 'connections',
    usual: { minutes: '10', connections: '200' },
    dropMs: 5000,
    program: 'program',
    other: 'server',
    command: 'npm run soak -- --write',
    text: soakText,
    page: soakPage,
    verdict: verdictOf,
  },
  tap: {
    of: 'streams through a tap',
    usual: { minutes: '5', connections: '50' },
    dropMs: 20_000,
    program: 'tapProgram',
    other: 'tapPeer',
    command: 'npm run soak -- tap --write',
    text: tapText,
    page: tapPage,
    verdict: tapVerdictOf,
  },
};

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minutes: { type: 'string' },
      connections: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      rate: { type: 'string', default: '10' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  });
  const [what = 'connections'] = positionals;
  const soak = SOAKS[what];
  if (!soak)
    throw new SetupFailed(`There is no soak "${what}".`, `There are: ${Object.keys(SOAKS).join(', ')}.`);
  const given = { ...soak.usual, ...values };
  const settings = {
    seed: amount(given, 'seed'),
    connections: amount(given, 'connections'),
    durationMs: amount(given, 'minutes') * 60_000,
    eventsPerSecond: amount(given, 'rate'),
    dropMs: soak.dropMs,
  };
  await prepareTools();
  const programs = await bundleSoak();
  say(`Seed ${settings.seed}: ${settings.connections} ${soak.of} for ${given.minutes} minutes …`);
  const machine = describeMachine('none');
  const report = await run(programs[soak.program], [programs[soak.other], JSON.stringify(settings)]);
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${soak.text(report)}\n`);
  if (values.write) await writeReliability(soak.page(machine, report), soak.command);
  return soak.verdict(report).length === 0 ? 0 : 1;
});

function amount(values, name) {
  const number = Number(values[name]);
  if (!(number >= 0)) throw new SetupFailed(`--${name} needs a number, not "${values[name]}".`, '');
  return number;
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`The soak ended with code ${code}`));
    });
  });
}
