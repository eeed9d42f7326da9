/** The alerts of an endpoint as a form shows them: a time that people can read, a query with what is wrong with it. Pure. */
import { MAX_STALL_MS } from '../../../shared/connection/alert-spec.ts';
import { delayText, parseDelay } from '../../../shared/connection/delay-text.ts';
import { parseQuery } from '../../../shared/filter/query.ts';

/** What is wrong with the query, as a sentence; "": nothing. */
export function queryProblem(text: string): string {
  const parsed = parseQuery(text);
  return parsed.ok ? '' : parsed.message;
}

/** The time as it stands in its field; empty for off. */
export function stallText(stallMs: number): string {
  return stallMs === 0 ? '' : delayText(stallMs);
}

/** What was typed, at most the longest time; 0 for off; null: it is no time. */
export function readStall(typed: string): number | null {
  const text = typed.trim();
  if (text === '' || /^off$/i.test(text)) return 0;
  const ms = parseDelay(text);
  return ms === null ? null : Math.min(ms, MAX_STALL_MS);
}
