/**
 * Runs benchmarks one after the other. One that fails is told and leaves the others alone; so does one whose peer is not installed.
 * Each gets
 *
 *   env, feed     for windows (window/open-electron.mjs); the server that feeds streams (feed/start-feed.mjs)
 *   readers       the path of the bundle of peers/readers.mjs
 *   rounds        how often to measure: ours and the peer in turn, so that what slows the machine slows both
 *   scale         1, or less for a quick look: multiply numbers of events by it
 *   say           tells progress, on standard error
 *   peer(name)    where a peer is (peers/find-peers.mjs); null when it is not installed, which is then told at the end
 */
import { performance } from 'node:perf_hooks';
import { startFeed } from '../feed/start-feed.mjs';
import { bundle } from '../peers/bundle.mjs';
import { createPeers } from '../peers/find-peers.mjs';
import { loadGoal } from './registry.mjs';

/** Resolves to `{ rows, failed, skipped }`: names of what failed, and sentences about what was not installed. */
export async function runGoals(names, { env, rounds, scale, say }) {
  const goals = await Promise.all(names.map(loadGoal));
  const peers = createPeers();
  const rows = [];
  const failed = [];
  const feed = await startFeed();
  try {
    const readers = await bundle('bench/peers/readers.mjs', 'readers');
    for (const [at, { name, summary, needs, run }] of goals.entries()) {
      const missing = needs.filter((need) => peers.find(need) === null);
      if (missing.length > 0) {
        say(`${name}: skipped, because there is no ${missing.join(' and no ')}`);
        continue;
      }
      say(`[${at + 1}/${goals.length}] ${name}: ${summary}`);
      const startMs = performance.now();
      const context = { env, feed, readers, rounds, scale, peer: peers.find };
      try {
        addRows(rows, await run({ ...context, say: (line) => say(`  ${name}: ${line}`) }));
      } catch (error) {
        failed.push(name);
        say(`  ${name} FAILED: ${error?.stack ?? error}`);
      }
      say(`  ${name}: ${Math.round((performance.now() - startMs) / 1000)} s`);
    }
  } finally {
    feed.close();
  }
  return { rows, failed, skipped: peers.missing() };
}

function addRows(rows, more) {
  for (const row of more) {
    if (rows.some(({ id }) => id === row.id)) throw new Error(`Two rows have the id "${row.id}"`);
    rows.push(row);
  }
}
