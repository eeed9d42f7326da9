/**
 * A session of ten million events in the real window: opened with a click, jumped about in, and what the app then needs of memory.
 * The folder is made by the recorder itself, put among the sessions of a fresh app, and opened while the system still has it in its
 * cache, or not: as it comes. Values, because no peer opens that many.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { bundle } from '../peers/bundle.mjs';
import { percentile, valueRow } from '../report/rows.mjs';
import { installMoves } from '../scale/page-moves.mjs';
import { watchMainLoop } from '../scale/main-loop.mjs';
import { appMemoryBytes } from '../scale/process-memory.mjs';
import { openApp } from '../window/open-electron.mjs';

export const summary = 'ten million events in the window: opening, jumping, the timeline, memory';

const EVENTS = 10_000_000;
const JUMPS = 40;
const SESSION_ID = '20260101-000000-5ca1e000';
/** Entries of a session besides its events. */
const OTHER_ENTRIES = 3;
const MIB = 2 ** 20;

export async function run({ env, rounds, scale, say }) {
  const events = Math.round(EVENTS * scale);
  const place = await mkdtemp(join(tmpdir(), 'streamscope-scale-'));
  const folder = join(place, SESSION_ID);
  const seen = [];
  try {
    say(`making a session of ${events.toLocaleString('en')} events`);
    const maker = await bundle('bench/scale/make-session.mjs', 'make-session');
    await promisify(execFile)(process.execPath, [maker, folder, String(events)]);
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      seen.push(await openOnce(env, folder, events));
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return rowsOf(events, seen);
}

/** One app, one opening. The folder is moved in, and out again at the end. */
async function openOnce(env, folder, events) {
  const app = await openApp(env);
  const inside = join(app.userData, 'sessions', SESSION_ID);
  try {
    await mkdir(join(app.userData, 'sessions'), { recursive: true });
    await rename(folder, inside);
    try {
      return await measure(app, events);
    } finally {
      await rename(inside, folder);
    }
  } finally {
    await app.close();
  }
}

async function measure({ electron, page }, events) {
  await page.reload();
  await page.locator(`[data-id="${SESSION_ID}"]`).waitFor();
  await page.evaluate(installMoves);
  const openMs = await page.evaluate((id) => globalThis.scaleMoves.open(id), SESSION_ID);
  const jumps = [];
  for (let jump = 0; jump < JUMPS; jump += 1) {
    // Spread over the list, the same in every run; never twice at the same place.
    const share = (jump * 0.618033988749895 + 0.05) % 1;
    jumps.push(await page.evaluate((to) => globalThis.scaleMoves.jump(to), share));
  }
  const lastRow = events + OTHER_ENTRIES - 1;
  await page.evaluate((row) => globalThis.scaleMoves.press('End', row), lastRow);
  await page.evaluate(() => globalThis.scaleMoves.press('Home', 0));
  const loop = await watchMainLoop(electron);
  const timelineMs = await page.evaluate(() => globalThis.scaleMoves.timeline());
  const longestTurnMs = await loop.longestMs();
  return { openMs, jumps, timelineMs, longestTurnMs, memoryBytes: await appMemoryBytes(electron) };
}

function rowsOf(events, seen) {
  const many = events.toLocaleString('en');
  return [
    valueRow({
      id: 'scale-open',
      what: `opening ${many} events, from the click to the first screen`,
      unit: 'ms',
      values: seen.map(({ openMs }) => openMs),
      target: { atMost: 1000 },
    }),
    valueRow({
      id: 'scale-jump',
      what: `a jump to any row of ${many}, until its text is in view: median`,
      unit: 'ms',
      values: seen.map(({ jumps }) => percentile(jumps, 0.5)),
      target: { atMost: 50 },
    }),
    valueRow({
      id: 'scale-jump-95',
      what: `a jump to any row of ${many}: 95th percentile`,
      unit: 'ms',
      values: seen.map(({ jumps }) => percentile(jumps, 0.95)),
      target: null,
    }),
    valueRow({
      id: 'scale-timeline',
      what: `the timeline of ${many} events, from the click to its lanes`,
      unit: 'ms',
      values: seen.map(({ timelineMs }) => timelineMs),
      target: null,
    }),
    valueRow({
      id: 'scale-turn',
      what: 'the longest turn of the main process meanwhile',
      unit: 'ms',
      values: seen.map(({ longestTurnMs }) => longestTurnMs),
      target: null,
    }),
    valueRow({
      id: 'scale-memory',
      what: `memory of all processes with ${many} events open`,
      unit: 'MiB',
      values: seen.map(({ memoryBytes }) => memoryBytes / MIB),
      target: { atMost: 600 },
    }),
  ];
}
