/**
 * The benchmarks that there are. One is a file in bench/goals, and its name is the file's: `npm run bench -- NAME`. It exports
 *
 *   summary           one line: what it measures
 *   needs             peers and limits that it cannot do without (names of peers/find-peers.mjs); none by default
 *   run(context)      measures, and resolves to rows (report/rows.mjs); throws when something came out wrong
 *
 * Nothing else has to know of it. `context` is described in run-goals.mjs.
 */
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { inProject } from '../../scripts/setup/project.mjs';

const FOLDER = ['bench', 'goals'];

/** Names, those first that say most. */
const FIRST = ['ingest', 'cli', 'responsiveness', 'latency', 'memory', 'streams'];

/** All names, in the order in which they run. */
export async function goalNames() {
  const files = await readdir(inProject(...FOLDER));
  const names = files.filter((file) => file.endsWith('.mjs')).map((file) => file.slice(0, -4));
  const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** `{ name, summary, needs, run }`. */
export async function loadGoal(name) {
  const goal = await import(pathToFileURL(inProject(...FOLDER, `${name}.mjs`)).href);
  if (typeof goal.run !== 'function' || typeof goal.summary !== 'string')
    throw new Error(`bench/goals/${name}.mjs must export run and summary`);
  return { name, summary: goal.summary, needs: goal.needs ?? [], run: goal.run };
}
