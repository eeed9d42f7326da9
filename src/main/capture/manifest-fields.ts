/** Fields of a manifest that people and other programs write into. Total: what does not fit becomes a neutral value. */
import type { SessionOrigin } from '../../shared/session/entry.ts';
import { tidyTags } from '../../shared/session/tags.ts';

const ORIGINS: readonly SessionOrigin['kind'][] = ['tap', 'import', 'cli'];
/** The last instant that a Date can hold. */
const LAST_TIME = 8.64e15;

export function plainText(value: unknown, maxChars = Infinity): string {
  return typeof value === 'string' ? value.slice(0, maxChars) : '';
}

export function parseTags(value: unknown): readonly string[] {
  return Array.isArray(value) ? tidyTags(value.filter((tag) => typeof tag === 'string')) : [];
}

export function parseOrigin(value: unknown): SessionOrigin | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const kind = ORIGINS.find((known) => known === value.kind);
  return kind ? { kind, name: plainText('name' in value ? value.name : '', 4096) } : null;
}

/** Dates of sessions are shown: one that no calendar has must not get that far. */
export function validTime(ms: number): number {
  return Math.min(Math.max(0, ms), LAST_TIME);
}
