/**
 * Searching one session: how long queries over a million events take, and how fast a regular expression goes through a gigabyte next
 * to `grep -c` on the very file, in turn. Both read from the system's cache: each reads the file once before it counts.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { inProject } from '../../scripts/setup/project.mjs';
import { bundle } from '../peers/bundle.mjs';
import { ratioRow, valueRow } from '../report/rows.mjs';

export const summary = 'queries over a million events; a regular expression over 1 GB next to grep';

const EVENTS = 1_000_000;
const GIGABYTE_EVENTS = 4_000_000;
const WORKER = inProject('out', 'main', 'search-worker.cjs');
const MEGABYTE = 1e6;

/** Cheap: decided by the index, and by a word that stands in one event of twenty. */
const CHEAP = [
  { id: 'search-type', what: 'type:message over a million events', query: 'type:message' },
  { id: 'search-word', what: 'a word over a million events', query: 'tokens' },
];
/** The same for both; one event of twenty matches. */
const REGEX = { ours: 'data~/"content":"tok[a-z]+ "/', grep: '"content":"tok[a-z]+ "' };

const execute = promisify(execFile);

export async function run({ peer, rounds, scale, say }) {
  const place = await mkdtemp(join(tmpdir(), 'streamscope-search-'));
  try {
    const [maker, searcher] = await Promise.all([
      bundle('bench/scale/make-session.mjs', 'make-session'),
      bundle('bench/search/measure-search.mjs', 'measure-search'),
    ]);
    const search = async (folder, query) => {
      const { stdout } = await execute(process.execPath, [searcher, folder, WORKER, query]);
      return JSON.parse(stdout);
    };
    return [
      ...(await cheapRows({ maker, search, place, rounds, events: Math.round(EVENTS * scale), say })),
      ...(await regexRows({
        maker,
        search,
        place,
        rounds,
        events: Math.round(GIGABYTE_EVENTS * scale),
        say,
        peer,
      })),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function cheapRows({ maker, search, place, rounds, events, say }) {
  const folder = join(place, 'million');
  say(`making a session of ${events.toLocaleString('en')} events`);
  await execute(process.execPath, [maker, folder, String(events)]);
  const rows = [];
  for (const { id, what, query } of CHEAP) {
    const values = [];
    for (let round = 0; round < rounds; round += 1) {
      const { ms, matches } = await search(folder, query);
      if (matches === 0) throw new Error(`${query} found nothing`);
      values.push(ms / 1000);
    }
    rows.push(valueRow({ id, what, unit: 's', values, target: { atMost: 0.5 } }));
  }
  return rows;
}

async function regexRows({ maker, search, place, rounds, events, say, peer }) {
  const grep = peer('grep');
  if (grep === null) return [];
  const folder = join(place, 'gigabyte');
  say(`making a session of ${events.toLocaleString('en')} events`);
  await execute(process.execPath, [maker, folder, String(events)]);
  const wire = join(folder, 'wire.bin');
  const { size } = await stat(wire);
  const pairs = [];
  await count(grep, wire);
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const { ms, matches } = await search(folder, REGEX.ours);
    const startMs = performance.now();
    const lines = await count(grep, wire);
    const grepMs = performance.now() - startMs;
    if (matches !== lines) throw new Error(`we found ${matches} events, grep ${lines} lines`);
    pairs.push([size / MEGABYTE / (ms / 1000), size / MEGABYTE / (grepMs / 1000)]);
  }
  const what = `a regular expression over ${(size / 1e9).toFixed(2)} GB, next to grep -c`;
  return [ratioRow({ id: 'search-regex', what, unit: 'MB/s', pairs, target: { atLeast: 1 / 3 } })];
}

async function count(grep, file) {
  const { stdout } = await execute(grep, ['-cE', REGEX.grep, file]);
  return Number(stdout);
}
