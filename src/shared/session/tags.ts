/** Tags of sessions: short words, each once, compared without regard to case. */

export const MAX_TAGS = 64;
export const MAX_TAG_CHARS = 64;
/** Sessions with this tag are never deleted by retention. */
export const KEEP_TAG = 'keep';

/** Without blanks at the ends, commas and doubles; the first spelling of a tag stays. */
export function tidyTags(tags: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const tag of tags.flatMap((one) => one.split(','))) {
    const tidy = tag.trim().replace(/\s+/g, ' ').slice(0, MAX_TAG_CHARS).trimEnd();
    const key = tidy.toLowerCase();
    if (tidy !== '' && !seen.has(key) && seen.size < MAX_TAGS) seen.set(key, tidy);
  }
  return [...seen.values()];
}

export function hasTag(tags: readonly string[], wanted: string): boolean {
  return tags.some((tag) => tag.toLowerCase() === wanted.toLowerCase());
}
