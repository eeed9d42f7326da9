/**
 * npm run soak: 200 connections at once, each ended and dropped at random for ten minutes, and then every event counted that the
 * server numbered. Arguments: --minutes N, --connections N, --seed S, --rate N (events a second for each stream), --json, --write
 * (docs/reliability.md). Progress goes to standard error; it fails when an event is lost or doubled, when anything is left open
 * or when memory grows. `npm run soak -- replay` and `-- tap` are others: soak-replay.mjs, soak-tap.mjs.
 */
import { parseArgs } from 'node:util';
import { bundleSoak } from '../test/soak/bundle-soak.mjs';
import { soakPage, soakText, verdictOf, writeReliability } from '../test/soak/soak-page.mjs';
import { describeMachine } from '../bench/report/machine.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { main, say } from './setup/say.mjs';
import { amount, runSoak } from './soak-process.mjs';
import { soakReplay } from './soak-replay.mjs';
import { soakTap } from './soak-tap.mjs';

await main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === 'replay') return soakReplay(rest);
  if (first === 'tap') return soakTap(rest);
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      connections: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      rate: { type: 'string', default: '10' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
    },
  });
  const settings = {
    seed: amount(values, 'seed'),
    connections: amount(values, 'connections'),
    durationMs: amount(values, 'minutes') * 60_000,
    eventsPerSecond: amount(values, 'rate'),
    dropMs: 5000,
  };
  await prepareTools();
  const { program, server } = await bundleSoak();
  say(`Seed ${settings.seed}: ${settings.connections} connections for ${values.minutes} minutes …`);
  const machine = describeMachine('none');
  const report = await runSoak(program, [server, JSON.stringify(settings)]);
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${soakText(report)}\n`);
  if (values.write) await writeReliability(soakPage(machine, report));
  return verdictOf(report).length === 0 ? 0 : 1;
});
