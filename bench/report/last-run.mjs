/** The figures that docs/performance.md shows, as data: written with the page, and what a later run is compared with. */
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { inProject } from '../../scripts/setup/project.mjs';

const path = inProject('bench', 'last-run.json');

/** `{ machine, rows }`; null when none was written yet. */
export async function readLastRun() {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps rows of an earlier run that were not measured this time. */
export async function writeLastRun(machine, rows) {
  const before = (await readLastRun())?.rows ?? [];
  const kept = before.filter(({ id }) => !rows.some((row) => row.id === id));
  const all = [...rows, ...kept];
  const options = (await prettier.resolveConfig(path)) ?? {};
  const text = JSON.stringify({ machine, rows: all });
  await writeFile(path, await prettier.format(text, { ...options, filepath: path }));
  return all;
}
