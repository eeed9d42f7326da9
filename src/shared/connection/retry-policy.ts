/**
 * When to connect again, and after how long (WHATWG HTML 9.2.3, "reestablish the connection"). The standard fixes the
 * reconnection time and allows a longer wait; nothing here ever waits for less than the server asked.
 */
import type { DelaySource, Failure, ReconnectPolicy } from './types.ts';

/** What a timer can hold; a longer delay would fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Extra waiting that keeps many clients from coming back in the same instant: given the longest extra wait in milliseconds,
 * it returns one from 0 to that. A function, so that tests are exact.
 */
export type Jitter = (longestMs: number) => number;

/** The longest extra wait, as a share of a delay that is already backing off. */
const JITTER_SHARE = 0.25;

export interface RetryDelay {
  readonly delayMs: number;
  readonly source: DelaySource;
  /** Says where the delay comes from; a clause that ends a sentence. */
  readonly why: string;
}

/**
 * The wait before the next attempt.
 *
 * @param retryMs the reconnection time as the server set it, null if it did not
 * @param fruitless attempts that ended one after another without an event, the one that just ended included; at least 1
 */
export function retryDelay(
  retryMs: number | null,
  fruitless: number,
  policy: ReconnectPolicy,
  jitter: Jitter,
): RetryDelay {
  const baseMs = retryMs ?? policy.initialDelayMs;
  const said =
    retryMs === null
      ? `${formatDelay(baseMs)} is the time set for this endpoint`
      : `${formatDelay(baseMs)} as the server asked`;
  if (baseMs > MAX_TIMER_MS) {
    return {
      delayMs: MAX_TIMER_MS,
      source: 'clamped',
      why: `${said}, cut to the longest time that a timer can hold`,
    };
  }
  // The first attempt without an event follows the reconnection time exactly; only a row of them backs off.
  const leastMs = Math.min(Math.max(baseMs, policy.floorMs), MAX_TIMER_MS);
  const mostMs = Math.max(leastMs, Math.min(policy.maxDelayMs, MAX_TIMER_MS));
  const grownMs = Math.min(leastMs * 2 ** Math.min(fruitless - 1, 31), mostMs);
  if (grownMs > leastMs) {
    const delayMs = Math.min(Math.round(grownMs + jitter(grownMs * JITTER_SHARE)), mostMs);
    return {
      delayMs,
      source: 'backoff',
      why: `${formatDelay(delayMs)}, growing because ${fruitless} attempts in a row brought no event`,
    };
  }
  if (baseMs < policy.floorMs) {
    return {
      delayMs: leastMs,
      source: 'floor',
      why: `${said}, raised to ${formatDelay(leastMs)} so that it does not become a storm`,
    };
  }
  return { delayMs: leastMs, source: retryMs === null ? 'default' : 'server-retry', why: said };
}

/** Failures that asking again would only repeat, until the user changes something. */
export function isFinal(failure: Failure): boolean {
  switch (failure.code) {
    case 'http-status':
    case 'content-type':
    case 'tls':
    case 'redirect':
    case 'auth':
    case 'invalid-request':
    case 'decompression':
    case 'disk':
      return true;
    default:
      return false;
  }
}

/**
 * Why there is no other attempt by itself, as a sentence, or null when there is one. `auto` connects again only for a GET: the
 * answer to anything else is one answer, and asking again would do the work, or cost the money, again.
 */
export function reasonNotToReconnect(
  method: string,
  policy: ReconnectPolicy,
  failed: boolean,
): string | null {
  if (policy.mode === 'never') return 'Reconnecting is off for this endpoint';
  if (policy.mode === 'always' || method === 'GET') return null;
  return failed
    ? `A ${method} is not repeated by itself, because it would be carried out again`
    : `The answer to the ${method} is complete; it is not repeated by itself`;
}

/** A delay for people: "250 ms", "3 s", "2.5 min". */
export function formatDelay(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${trimmed(ms / 1000)} s`;
  if (ms < 7_200_000) return `${trimmed(ms / 60_000)} min`;
  return `${trimmed(ms / 3_600_000)} h`;
}

function trimmed(value: number): string {
  return value >= 1e15 ? value.toExponential(1) : String(Math.round(value * 10) / 10);
}
