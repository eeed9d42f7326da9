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

/** Replaces rows in their places. `whole`: everything was measured, so what is not in `rows` is gone; else older rows stay. */
export async function writeLastRun(machine, rows, whole) {
  const all = mergedRows((await readLastRun())?.rows ?? [], rows, whole);
  const options = (await prettier.resolveConfig(path)) ?? {};
  const text = JSON.stringify({ machine, rows: all });
  await writeFile(path, await prettier.format(text, { ...options, filepath: path }));
  return all;
}

export function mergedRows(before, rows, whole) {
  if (whole) return rows;
  const fresh = (id) => rows.find((row) => row.id === id);
  const known = (id) => before.some((row) => row.id === id);
  return [...before.map((row) => fresh(row.id) ?? row), ...rows.filter(({ id }) => !known(id))];
}
