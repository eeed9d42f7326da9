/**
 * The `retry` lines of a plan, read by a few lines of code of their own: to keep plans quick, and for the one place where Chromium
 * departs from the standard, so that nothing about it is left to tolerance.
 */
import { bodyOf, type Plan } from './plan.ts';

/** Blink's reconnection time until a server sets one, and again after an empty `retry`. */
export const BLINK_DEFAULT_MS = 3000;

/** Complete lines of a body that begin with the field name `retry`, as the value that counts. */
function retryValues(body: Buffer): string[] {
  const text = body.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const complete = text.split(/\r\n|\r|\n/).slice(0, -1);
  return complete.flatMap((line) => {
    const found = /^retry(?:: ?([^]*))?$/.exec(line);
    return found ? [found[1] ?? ''] : [];
  });
}

export function largestRetryMs(plan: Plan): number {
  const values = plan.connections.flatMap((connection) => retryValues(bodyOf(connection)));
  return Math.max(0, ...values.filter((value) => /^[0-9]+$/.test(value)).map(Number));
}

/**
 * What a client waits after each connection. `resets`: an empty `retry` brings the default back, as in Blink; the standard
 * ignores it.
 */
export function waitsOf(plan: Plan, emptyRetry: 'ignored' | 'resets'): number[] {
  let waitMs = BLINK_DEFAULT_MS;
  return plan.connections.map((connection) => {
    for (const value of retryValues(bodyOf(connection))) {
      if (value === '' && emptyRetry === 'resets') waitMs = BLINK_DEFAULT_MS;
      else if (/^[0-9]+$/.test(value)) waitMs = Number(value);
    }
    return waitMs;
  });
}
