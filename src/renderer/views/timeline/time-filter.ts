/** A range of the timeline as a term of the list's filter. Pure. */
import type { TimeSpan } from './time-scale.ts';

/** The filter's text with this range in place of the one it had. */
export function withTimeRange(text: string, range: TimeSpan): string {
  const others = text.replace(/(^|\s)-?time:\S+/g, ' ').trim();
  // Outwards to whole milliseconds, so that nothing of the range is lost.
  const seconds = (ms: number): string => String(ms / 1000);
  const term = `time:${seconds(Math.max(0, Math.floor(range.fromMs)))}-${seconds(Math.max(0, Math.ceil(range.toMs)))}`;
  return others === '' ? term : `${others} ${term}`;
}
