/** The program behind `npm run fuzz`; scripts/fuzz.mjs finds the browser and bundles it. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { createBrowserClient } from './browser-client.ts';
import { runCampaign, tryPlan, type Clients, type Finding } from './campaign.ts';
import { writeFixtures } from './fixture.ts';
import { createOurClient } from './our-client.ts';
import { writtenPlan } from './plan.ts';
import { startPlanServer } from './plan-server.ts';
import { randomPlan } from './random-plan.ts';
import { shrunkPlan } from './shrink.ts';

const USAGE = `npm run fuzz -- [--count N] [--minutes M] [--seed S] [--from N] [--at-once N] [--write] [--record NAME]

  --count N      streams to try (default 2000; with --minutes as many as there is time for)
  --minutes M    stop after this long
  --seed S       repeat a run (default: by the clock)
  --from N       begin with stream N of the seed: --from N --count 1 repeats one
  --at-once N    streams at once (default 120)
  --write        write a failure, made small, to test/fixtures/fuzz
  --record NAME  write every stream with the browser's answer to test/fixtures/fuzz/NAME.json`;

const PORTS = 40;

/** @param fixtureFolder where failures are written when asked for @returns the exit code */
export async function fuzz(
  args: readonly string[],
  executablePath: string,
  fixtureFolder: string,
): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${USAGE}\n`);
    return 2;
  }
  const { seed, from, count, forMs, atOnce } = options;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const server = await startPlanServer(PORTS);
  const launched = await chromium.launch({ executablePath });
  try {
    const clients: Clients = {
      server,
      browser: await createBrowserClient(launched, server.pageOrigin),
      ours: createOurClient(),
    };
    const browser = `Chromium ${launched.version()}`;
    say(`Seed ${seed}, ${browser}`);
    if (options.record !== null) {
      const fixtures = [];
      for (let number = from; number < from + count; number += 1) {
        const plan = randomPlan(seed, number);
        const trial = await tryPlan(clients, plan);
        if (trial.difference !== null) return report(clients, seed, { number, plan, trial }, null, say);
        fixtures.push({ about: `seed ${seed}, stream ${number}, ${browser}`, plan, browser: trial.browser });
      }
      say(`Written: ${await writeFixtures(fixtureFolder, options.record, fixtures)}`);
      return 0;
    }
    const startedMs = performance.now();
    const { figures, findings } = await runCampaign(clients, {
      seed,
      from,
      count,
      forMs,
      atOnce,
      onProgress: ({ streams }) =>
        say(`${streams} streams, ${Math.round((performance.now() - startedMs) / 1000)} s`),
    });
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    say(
      `${figures.streams} streams, ${figures.connections} attempts, ${figures.events} events, ${figures.bytes} bytes in ${seconds} s; ` +
        `${findings.length} differ, ${figures.unrepeated.length} differed once and not when tried again alone`,
    );
    for (const once of figures.unrepeated) say(`Once only: ${once}`);
    for (const finding of findings)
      await report(clients, seed, finding, options.write ? fixtureFolder : null, say);
    return findings.length > 0 ? 1 : 0;
  } finally {
    await launched.close();
    await server.close();
  }
}

/** Shrinks a finding, says it, and writes it when there is a folder for it. */
async function report(
  clients: Clients,
  seed: number,
  { number, plan, trial }: Finding,
  folder: string | null,
  say: (line: string) => void,
): Promise<number> {
  const command = `npm run fuzz -- --seed ${seed} --from ${number} --count 1`;
  say(`\nStream ${number} differs: ${trial.difference}\nAgain: ${command}`);
  const small = await shrunkPlan(
    plan,
    async (candidate) => (await tryPlan(clients, candidate)).difference !== null,
  );
  const last = await tryPlan(clients, small);
  say(`Made small: ${last.difference}\n${JSON.stringify(writtenPlan(small), null, 2)}`);
  if (folder !== null) {
    const fixture = { about: `found by ${command}`, plan: small, browser: last.browser };
    say(`Written: ${await writeFixtures(folder, `seed-${seed}-stream-${number}`, [fixture])}`);
  }
  return 1;
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        count: { type: 'string' },
        minutes: { type: 'string' },
        seed: { type: 'string' },
        from: { type: 'string' },
        'at-once': { type: 'string' },
        write: { type: 'boolean', default: false },
        record: { type: 'string' },
      },
    });
    const number = (name: 'count' | 'minutes' | 'seed' | 'from' | 'at-once', otherwise: number): number => {
      const text = values[name];
      if (text === undefined) return otherwise;
      if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} needs a number, and "${text}" is none.`);
      return Number(text);
    };
    const minutes = number('minutes', Infinity);
    return {
      seed: number('seed', Date.now() % 1_000_000),
      from: number('from', 0),
      count: number('count', minutes === Infinity ? 2000 : Infinity),
      forMs: minutes * 60_000,
      atOnce: number('at-once', 120),
      write: values.write,
      record: values.record ?? null,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
