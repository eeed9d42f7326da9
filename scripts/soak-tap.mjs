/**
 * npm run soak -- tap: 50 streams through one tap for five minutes; clients drop theirs and ask again. Fails when an event is lost,
 * doubled or altered, when anything is left open or when memory grows. Arguments: --minutes N, --connections N, --seed S, --rate N,
 * --json, --write (docs/reliability.md).
 */
import { parseArgs } from 'node:util';
import { describeMachine } from '../bench/report/machine.mjs';
import { bundleSoak } from '../test/soak/bundle-soak.mjs';
import { writeReliability } from '../test/soak/soak-page.mjs';
import { tapPage, tapText, tapVerdictOf } from '../test/soak/tap-soak-page.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { say } from './setup/say.mjs';
import { amount, runSoak } from './soak-process.mjs';

export async function soakTap(args) {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '5' },
      connections: { type: 'string', default: '50' },
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
    dropMs: 20_000,
  };
  await prepareTools();
  const { tap, tapPeer } = await bundleSoak();
  say(`Seed ${settings.seed}: ${settings.connections} streams through a tap for ${values.minutes} minutes …`);
  const machine = describeMachine('none');
  const report = await runSoak(tap, [tapPeer, JSON.stringify(settings)]);
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${tapText(report)}\n`);
  if (values.write) await writeReliability(tapPage(machine, report), 'npm run soak -- tap --write');
  return tapVerdictOf(report).length === 0 ? 0 : 1;
}
