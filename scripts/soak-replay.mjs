/**
 * npm run soak -- replay: 100 clients of one replay for five minutes, half of which drop their connection all the time and resume.
 * Fails when an event is lost, doubled or altered, or when memory grows. Arguments: --minutes N, --clients N, --rate N, --json.
 */
import { parseArgs } from 'node:util';
import { bundleSoak } from '../test/soak/bundle-soak.mjs';
import { replayRowsOf, replayVerdictOf } from '../test/soak/replay/replay-soak-page.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { say } from './setup/say.mjs';
import { amount, runSoak } from './soak-process.mjs';

export async function soakReplay(args) {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '5' },
      clients: { type: 'string', default: '100' },
      rate: { type: 'string', default: '20' },
      json: { type: 'boolean' },
    },
  });
  const settings = {
    clients: amount(values, 'clients'),
    durationMs: amount(values, 'minutes') * 60_000,
    eventsPerSecond: amount(values, 'rate'),
  };
  await prepareTools();
  const { replay, replayClients } = await bundleSoak();
  say(`${settings.clients} clients of one replay for ${values.minutes} minutes …`);
  const report = await runSoak(replay, [replayClients, JSON.stringify(settings)]);
  const wrong = replayVerdictOf(report);
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    const rows = replayRowsOf(report).map(([what, figure]) => `${what}: ${figure}`);
    process.stdout.write(
      `${[...rows, wrong.length === 0 ? 'Nothing is wrong.' : `WRONG:\n${wrong.join('\n')}`].join('\n')}\n`,
    );
  }
  return wrong.length === 0 ? 0 : 1;
}
