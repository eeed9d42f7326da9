/** A plan with what Chromium made of it, as a file: tests play it to our engine again without a browser. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planOf, writtenPlan, type ClientLog, type Plan, type WrittenPlan } from './plan.ts';

export interface Fixture {
  /** How it came about, such as the command that finds it again. */
  readonly about: string;
  readonly plan: Plan;
  /** The waits are left out: they are measured. */
  readonly browser: ClientLog;
}

interface WrittenFixture {
  readonly about: string;
  readonly plan: WrittenPlan;
  readonly attempts: ClientLog['attempts'];
}

/** Resolves to the path of the file. */
export async function writeFixtures(
  folder: string,
  name: string,
  fixtures: readonly Fixture[],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  const lines = fixtures.map(({ about, plan, browser }) =>
    JSON.stringify({ about, plan: writtenPlan(plan), attempts: browser.attempts } satisfies WrittenFixture),
  );
  await writeFile(path, `[\n${lines.join(',\n')}\n]\n`);
  return path;
}

/** All fixtures of a folder; none when it is not there. */
export async function readFixtures(folder: string): Promise<Fixture[]> {
  const names = await readdir(folder).catch(() => []);
  const fixtures: Fixture[] = [];
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const written = JSON.parse(await readFile(join(folder, name), 'utf8')) as WrittenFixture[];
    for (const { about, plan, attempts } of written) {
      fixtures.push({ about, plan: planOf(plan), browser: { attempts, waitsMs: [], end: 'closed' } });
    }
  }
  return fixtures;
}
