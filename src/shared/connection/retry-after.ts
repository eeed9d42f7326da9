/** How long an answer asks to wait (Retry-After, RFC 9110, section 10.2.3): seconds, or the date until which to wait. */
import type { EpochMs } from '../base/clock.ts';
import type { HeaderPair } from '../session/entry.ts';
import { headerValues } from './response-rules.ts';

/** The three forms of RFC 9110, section 5.6.7; the last two are obsolete and must be read all the same. */
const HTTP_DATE =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]+, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/**
 * Milliseconds to wait, null when the answer does not say or cannot be understood. A date is measured against the server's own
 * Date where it sent one, so that a clock that is wrong on either side does no harm.
 */
export function retryAfterMs(headers: readonly HeaderPair[], receivedEpochMs: EpochMs): number | null {
  const said = headerValues(headers, 'retry-after')[0]?.trim();
  if (said === undefined) return null;
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const untilMs = dateMs(said);
  if (untilMs === null) return null;
  const serverNowMs = dateMs(headerValues(headers, 'date')[0]?.trim() ?? '');
  return Math.max(0, untilMs - (serverNowMs ?? receivedEpochMs));
}

function dateMs(text: string): number | null {
  if (!HTTP_DATE.test(text)) return null;
  // The form of asctime names no zone and means GMT.
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(ms) ? null : ms;
}
