/** The tint of an event type: the same in the list, the timeline, the chips and the completion, today and tomorrow. */

export type Tint = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Chosen so that types which usually come together (chat dialects, heartbeats, the samples) get tints of their own. */
const SEED = 14752;

/** FNV-1a over UTF-16 units with a seed of its own: stable, and similar names fall far apart. */
export function tintOf(type: string): Tint {
  let hash = SEED;
  for (let at = 0; at < type.length; at += 1) hash = Math.imul(hash ^ type.charCodeAt(at), 0x01000193);
  return (((hash ^ (hash >>> 15)) & 7) + 1) as Tint;
}

/** For styles. */
export function tintColor(type: string): string {
  return `var(--tint-${tintOf(type)})`;
}
