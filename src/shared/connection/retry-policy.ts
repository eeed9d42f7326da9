/**
 * When to connect again, and after how long (WHATWG HTML 9.2.3, "reestablish the connection"). The standard fixes the
 * reconnection time and allows a longer wait; nothing here ever waits for less than the server asked.
 */
import type { ReconnectSettings } from './reconnect-settings.ts';
import type { DelaySource, Failure } from './types.ts';

/** What a timer can hold; a longer delay would fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Chance that keeps many clients from coming back in the same instant: given the longest extra wait in milliseconds, it returns
 * one from 0 to that. A function, so that tests are exact.
 */
export type Jitter = (longestMs: number) => number;

/** The longest extra wait with `added` jitter, as a share of a delay that is already backing off. */
const JITTER_SHARE = 0.25;

export interface RetryDelay {
  readonly delayMs: number;
  readonly source: DelaySource;
  /** Says where the delay comes from; a clause that ends a sentence. */
  readonly why: string;
}

/** What the delay depends on, besides the settings. */
export interface DelayFacts {
  /** The reconnection time as the server set it, null if it did not. */
  readonly retryMs: number | null;
  /** What a refused answer asked to wait, null if it did not or it is not to be heeded. */
  readonly retryAfterMs: number | null;
  /** Attempts that ended one after another without an event, the one that just ended included; at least 1. */
  readonly fruitless: number;
}

/** The wait before the next attempt. */
export function retryDelay(facts: DelayFacts, settings: ReconnectSettings, jitter: Jitter): RetryDelay {
  const { retryMs, retryAfterMs, fruitless } = facts;
  if (retryAfterMs !== null) return retryAfterDelay(retryAfterMs, settings.floorMs);
  const baseMs = retryMs ?? settings.initialDelayMs;
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
  // The first attempt without an event follows the reconnection time; only a row of them backs off.
  const usualMs = Math.min(Math.max(baseMs, settings.floorMs), MAX_TIMER_MS);
  const mostMs = Math.max(usualMs, Math.min(settings.maxDelayMs, MAX_TIMER_MS));
  const grownMs = Math.min(usualMs * 2 ** Math.min(fruitless - 1, 31), mostMs);
  const row = `growing because ${fruitless} attempts in a row brought no event`;
  // What the server asked for is never undercut.
  const leastMs = retryMs === null ? Math.min(settings.floorMs, usualMs) : usualMs;
  if (settings.jitter === 'full' && grownMs > leastMs) {
    const delayMs = Math.min(Math.round(leastMs + jitter(grownMs - leastMs)), MAX_TIMER_MS);
    const range = `by chance between ${formatDelay(leastMs)} and ${formatDelay(grownMs)}`;
    return fruitless > 1
      ? { delayMs, source: 'backoff', why: `${range}, ${row}` }
      : { delayMs, source: 'default', why: range };
  }
  if (grownMs > usualMs) {
    const extraMs = settings.jitter === 'added' ? jitter(grownMs * JITTER_SHARE) : 0;
    const delayMs = Math.min(Math.round(grownMs + extraMs), mostMs);
    return { delayMs, source: 'backoff', why: `${formatDelay(delayMs)}, ${row}` };
  }
  if (baseMs < settings.floorMs) {
    return {
      delayMs: usualMs,
      source: 'floor',
      why: `${said}, raised to ${formatDelay(usualMs)} so that it does not become a storm`,
    };
  }
  return { delayMs: usualMs, source: retryMs === null ? 'default' : 'server-retry', why: said };
}

/** Retry-After is an order for one time: neither backoff nor cap apply to it, but no order makes a storm. */
function retryAfterDelay(askedMs: number, floorMs: number): RetryDelay {
  const delayMs = Math.min(Math.max(askedMs, floorMs), MAX_TIMER_MS);
  return {
    delayMs,
    source: 'retry-after',
    why: `the server asked for ${formatDelay(askedMs)} with Retry-After`,
  };
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
    case 'proxy':
      return failure.cause === '407' || failure.cause === 'SOCKS auth';
    default:
      return false;
  }
}

/** How an attempt ended, as far as it matters for what follows. */
export interface AttemptOutcome {
  readonly method: string;
  /** null: a clean end. */
  readonly failure: Failure | null;
  /** The failure is an answer whose status the settings ask again. */
  readonly askAgain: boolean;
  /** A response was accepted. */
  readonly answered: boolean;
  /** An event said that the answer is complete. */
  readonly complete: boolean;
}

export interface NoReconnect {
  /** A sentence, or "" when the failure says it already. */
  readonly reason: string;
  readonly how: 'ended' | 'failed';
}

/** Why there is no other attempt by itself, or null when there is one. */
export function reasonNotToReconnect(
  outcome: AttemptOutcome,
  settings: ReconnectSettings,
): NoReconnect | null {
  const { method, failure, askAgain, answered, complete } = outcome;
  if (complete && settings.afterEnd !== 'always') return { reason: 'The answer is complete', how: 'ended' };
  if (failure === null) {
    if (settings.afterEnd !== 'never') return null;
    const reason =
      method === 'GET'
        ? 'One answer was asked for; it is not asked for again by itself'
        : `The answer to the ${method} is complete; it is not repeated by itself`;
    return { reason, how: 'ended' };
  }
  if (askAgain) return null;
  if (isFinal(failure)) return { reason: '', how: 'failed' };
  if (settings.afterFailure === 'always') return null;
  if (settings.afterFailure === 'before-answer') {
    return answered
      ? { reason: `A ${method} is not repeated by itself once its answer has begun`, how: 'failed' }
      : null;
  }
  const reason =
    method === 'GET'
      ? 'Reconnecting after a failure is off for this endpoint'
      : `A ${method} is not repeated by itself, because it would be carried out again`;
  return { reason, how: 'failed' };
}

/** Why it is time to give up, as a sentence, or null. */
export function reasonToGiveUp(
  fruitless: number,
  fruitlessForMs: number,
  settings: ReconnectSettings,
): string | null {
  const { giveUpAttempts, giveUpMs } = settings;
  if (giveUpAttempts > 0 && fruitless > giveUpAttempts) {
    const times = giveUpAttempts === 1 ? 'one attempt' : `${giveUpAttempts} attempts`;
    return `Gave up after ${times} to reconnect without an event`;
  }
  if (giveUpMs > 0 && fruitlessForMs >= giveUpMs)
    return `Gave up because no event came for ${formatDelay(giveUpMs)}`;
  return null;
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
