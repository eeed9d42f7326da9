/** A range of the timeline as a term of the list's filter. Pure. */
import { parseQuery } from '../../../shared/filter/query.ts';
import type { TimeSpan } from './time-scale.ts';

/** The filter's text with this range in place of the one it had. */
export function withTimeRange(text: string, range: TimeSpan): string {
  const others = text.replace(/(^|\s)-?time:\S+/g, ' ').trim();
  // Outwards to whole milliseconds, so that nothing of the range is lost.
  const seconds = (ms: number): string => String(ms / 1000);
  const term = `time:${seconds(Math.max(0, Math.floor(range.fromMs)))}-${seconds(Math.max(0, Math.ceil(range.toMs)))}`;
  if (others === '') return term;
  return hasOr(others) ? `(${others}) ${term}` : `${others} ${term}`;
}

/** Whether a term behind it would be meant for a part of it alone: it has an `or` outside all brackets. */
function hasOr(text: string): boolean {
  const parsed = parseQuery(text);
  const whole = parsed.ok && parsed.query.op === 'all' ? parsed.query.parts[0] : undefined;
  return whole?.op === 'any' && whole.parts[0]?.span?.from === whole.span?.from;
}
