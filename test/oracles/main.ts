/** The program behind `npm run oracles`; scripts/oracles.mjs bundles it. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { runCampaign, TRIAL_DIALECTS } from './campaign.ts';

const USAGE = `npm run oracles -- [--count N] [--seed S] [--dialect NAME]

  --count N       random streams of each dialect (default 2000)
  --seed S        repeat a run (default: by the clock)
  --dialect NAME  only this one: ${TRIAL_DIALECTS.join(', ')}`;

/** @returns the exit code */
export async function compareWithOracles(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${USAGE}\n`);
    return 2;
  }
  let failures = 0;
  for (const dialect of TRIAL_DIALECTS) {
    if (options.dialect !== undefined && options.dialect !== dialect) continue;
    const startedMs = performance.now();
    const { streams, bytes, writes, asked, failure } = await runCampaign(
      dialect,
      options.count,
      options.seed,
    );
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    const second = asked > 0 ? `, ${asked} of them also by the AI SDK` : '';
    process.stdout.write(
      `${dialect}, seed ${options.seed}: ${streams} streams of ${bytes} bytes in ${writes} writes${second}, ${seconds} s: ` +
        `${failure === null ? 'none differs' : 'one differs'}\n${failure === null ? '' : `${failure}\n`}`,
    );
    if (failure !== null) failures += 1;
  }
  return failures > 0 ? 1 : 0;
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { count: { type: 'string' }, seed: { type: 'string' }, dialect: { type: 'string' } },
    });
    const number = (name: 'count' | 'seed', otherwise: number): number => {
      const text = values[name];
      if (text === undefined) return otherwise;
      if (!/^\d+$/.test(text)) throw new Error(`--${name} needs a whole number, and "${text}" is none.`);
      return Number(text);
    };
    const { dialect } = values;
    if (dialect !== undefined && !TRIAL_DIALECTS.some((known) => known === dialect)) {
      throw new Error(`There is no dialect "${dialect}" here.`);
    }
    return { count: number('count', 2000), seed: number('seed', Date.now() % 1_000_000), dialect };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
