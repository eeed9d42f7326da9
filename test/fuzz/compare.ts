/**
 * Whether two clients made the same of a plan. Equal means equal: type, data and lastEventId of each event, the bytes of each
 * Last-Event-ID, each opening and the end. Where Chromium departs from the standard, the departure is computed, not tolerated;
 * docs/conformance.md lists them.
 */
import type { ClientLog, Plan } from './plan.ts';
import { BLINK_DEFAULT_MS, waitsOf } from './blink.ts';

/** Control characters that Chromium puts into a header and that Streamscope, and Node, do not send. */
// eslint-disable-next-line no-control-regex -- these are the characters in question
const UNSENDABLE = /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** A default wait is measured as at least this, since no timer fires early. What a server sets here is at most 400 ms. */
const LONG_WAIT_MS = 0.98 * BLINK_DEFAULT_MS;

/** The first difference in words, or null when they agree. */
export function differenceOf(plan: Plan, browser: ClientLog, ours: ClientLog): string | null {
  if (browser.end !== ours.end) return `end: ${browser.end} in the browser, ${ours.end} in ours`;
  if (browser.attempts.length !== ours.attempts.length)
    return `attempts: ${browser.attempts.length} in the browser, ${ours.attempts.length} in ours`;
  for (const [at, theirs] of browser.attempts.entries()) {
    const own = ours.attempts[at];
    const where = `attempt ${at + 1}`;
    if (theirs.opened !== own?.opened)
      return `${where}: opened ${theirs.opened} in the browser, ${own?.opened} in ours`;
    const expectedId = sendable(theirs.sentId);
    if (expectedId !== own.sentId)
      return `${where}: Last-Event-ID ${theirs.sentId} in the browser, ${own.sentId} in ours`;
    const events = eventDifference(theirs.events, own.events);
    if (events !== null) return `${where}: ${events}`;
  }
  return waitDifference(plan, browser, ours);
}

type Events = ClientLog['attempts'][number]['events'];

function eventDifference(theirs: Events, own: Events): string | null {
  for (let at = 0; at < Math.max(theirs.length, own.length); at += 1) {
    const [expected, actual] = [theirs[at], own[at]].map((event) => (event ? JSON.stringify(event) : 'none'));
    if (expected !== actual) return `event ${at + 1}: ${expected} in the browser, ${actual} in ours`;
  }
  return null;
}

/** What the browser sent, as Streamscope sends it. */
function sendable(sentId: string | null): string | null {
  return sentId !== null && UNSENDABLE.test(Buffer.from(sentId, 'hex').toString('latin1')) ? null : sentId;
}

/** Ours are exact; the browser's are measured, so they are only told apart into set by the server and default. */
function waitDifference(plan: Plan, browser: ClientLog, ours: ClientLog): string | null {
  const standard = waitsOf(plan, 'ignored');
  if (JSON.stringify(ours.waitsMs) !== JSON.stringify(standard))
    return `waits: ${ours.waitsMs.join(', ')} ms in ours, ${standard.join(', ')} ms by the standard`;
  const expected = waitsOf(plan, 'resets');
  for (const [at, waitedMs] of browser.waitsMs.entries()) {
    const expectedMs = expected[at] ?? 0;
    if (waitedMs > LONG_WAIT_MS !== expectedMs >= BLINK_DEFAULT_MS)
      return `wait ${at + 1}: about ${Math.round(waitedMs)} ms in the browser, and ${expectedMs} ms expected`;
  }
  return null;
}
