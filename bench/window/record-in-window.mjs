/** One stream through the whole app: typed into the address bar, recorded, shown, checked. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkBeginning, checkFolder } from '../feed/check-folder.mjs';
import { headerText } from './page-watch.mjs';

const LONGEST_MS = 180_000;
/** Time for the files of an ended session to be closed. */
const SETTLE_MS = 300;

/** Begins the run in the window; resolves when the request has been sent. */
export async function connect(page, run) {
  await page.evaluate((events) => globalThis.bench.restart(events), run.events);
  await page.getByRole('textbox', { name: 'Address' }).fill(run.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** The epoch time at which the window had drawn the last event. */
export async function shownAt(page) {
  const seen = await page.waitForFunction(() => globalThis.bench.seenAt, null, {
    polling: 50,
    timeout: LONGEST_MS,
  });
  return seen.jsonValue();
}

/** Ends the session, if it has not ended, and checks the window and the folder against what was sent. */
export async function endAndCheck({ page, userData }, run) {
  const stop = page.getByRole('button', { name: /^(Stop|Cancel)$/ });
  if (await stop.isVisible()) await stop.click();
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  const said = (await page.evaluate(headerText)).replace(/\D/g, '');
  if (!said.includes(String(run.events))) throw new Error(`The window does not say ${run.events} events`);
  const sessionId = await page.evaluate(() => globalThis.bench.sessionId);
  await pause(SETTLE_MS);
  await checkFolder(join(userData, 'sessions', sessionId), run);
  return sessionId;
}

/** Ends a run in the middle of it; what was stored must be its beginning. */
export async function endAndCheckBeginning({ page, userData }, run) {
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  const sessionId = await page.evaluate(() => globalThis.bench.sessionId);
  await pause(SETTLE_MS);
  await checkBeginning(join(userData, 'sessions', sessionId), run);
}

/** Microseconds of processor time of the main process so far. */
export const mainCpuUs = (electron) =>
  electron.evaluate(() => {
    const { user, system } = process.cpuUsage();
    return user + system;
  });

/**
 * Records a run; resolves to `{ ms, cpuUs }`: from the server's first byte to the frame that shows the last event, and the
 * processor time of the main process meanwhile.
 */
export async function recordInWindow(app, run) {
  const before = await mainCpuUs(app.electron);
  await connect(app.page, run);
  const endedAt = await shownAt(app.page);
  const cpuUs = (await mainCpuUs(app.electron)) - before;
  const { startedAt } = await run.report();
  const sessionId = await endAndCheck(app, run);
  const { batches, frames } = await app.page.evaluate(() => globalThis.bench);
  return { ms: endedAt - startedAt, cpuUs, sessionId, batches, frames };
}
