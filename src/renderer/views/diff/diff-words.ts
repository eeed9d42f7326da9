/** The words and signs of a comparison. Pure. */
import type { AlignBy } from '../../../shared/diff/align-events.ts';
import type { DiffKind } from '../../../shared/diff/session-diff.ts';
import { countText, durationText } from '../../ui/measures.ts';

export const DIFF_MARKS: Readonly<Record<DiffKind, { readonly sign: string; readonly word: string }>> = {
  same: { sign: '=', word: 'the same' },
  changed: { sign: '≠', word: 'changed' },
  left: { sign: '−', word: 'only on the left' },
  right: { sign: '+', word: 'only on the right' },
};

export const WAYS: readonly { readonly id: AlignBy; readonly label: string; readonly note: string }[] = [
  { id: 'content', label: 'Content', note: 'Events that say the same, and what changed between them.' },
  { id: 'id', label: 'ID', note: 'Events with the same id field; those without one by their content.' },
  { id: 'position', label: 'Position', note: 'The first with the first, the second with the second.' },
];

/** How much later the right one came, with its sign: "+1.2 s". */
export function lagText(lagMs: number): string {
  const rounded = Math.round(lagMs * 10) / 10;
  if (rounded === 0) return '±0';
  return `${rounded > 0 ? '+' : '−'}${durationText(Math.abs(rounded))}`;
}

/** The keys in a text that was typed: separated by commas or blanks. */
export function keysIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((key) => key !== '');
}

/** How much of two JSON values differs. */
export function differenceText(count: number): string {
  if (count === 0) return 'The JSON values are equal';
  return count === 1 ? '1 difference in the JSON' : `${countText(count)} differences in the JSON`;
}
