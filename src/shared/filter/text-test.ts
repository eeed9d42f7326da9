/** What a query asks of a text. ASCII letters count as the same in either case, all others as they are. */
import { assertNever } from '../base/assert.ts';
import type { TextTest } from './query.ts';

export function matchText(text: string, test: TextTest): boolean {
  switch (test.is) {
    case 'contains':
      return containsText(text, test.text);
    case 'equals':
      return text === test.text;
    case 'regex':
      return test.regex.test(text);
    default:
      return assertNever(test, 'test of a text');
  }
}

/** Patterns of the texts that were looked for last: the same few are asked about again and again. */
const patterns = new Map<string, RegExp>();
const MAX_PATTERNS = 64;

/** Whether `text` has `needle` in it. */
export function containsText(text: string, needle: string): boolean {
  if (text.length < needle.length) return false;
  let pattern = patterns.get(needle);
  if (!pattern) {
    pattern = foldedPattern(needle);
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(needle, pattern);
  }
  return pattern.test(text);
}

/**
 * A pattern for the needle in which only ASCII letters fold; the flag `i` would fold others as well. It tests code units, as
 * `includes` does, and holds nothing that could backtrack.
 */
export function foldedPattern(needle: string, flags = ''): RegExp {
  return new RegExp(foldedSource(needle), flags);
}

export function foldedSource(needle: string): string {
  return needle.replace(/[a-z]|[^a-z]/gi, (char) => {
    if (/[a-z]/i.test(char)) return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    return /[\w\s]/.test(char) && char >= ' ' && char <= '~' ? char : unitEscape(char);
  });
}

function unitEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
