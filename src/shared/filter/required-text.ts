/** Texts without which nothing matches: bytes that have none of them need not be interpreted. */
import type { Query } from './query.ts';

/**
 * Texts of which the data of every matching entry contains at least one, ASCII letters in either case. null: nothing is
 * required, or too many are possible.
 */
export function requiredTexts(query: Query): readonly string[] | null {
  switch (query.op) {
    case 'all': {
      const choices = query.parts.map(requiredTexts).filter((texts) => texts !== null);
      return choices.reduce<readonly string[] | null>(better, null);
    }
    case 'any': {
      const all: string[] = [];
      for (const part of query.parts) {
        const texts = requiredTexts(part);
        if (texts === null) return null;
        all.push(...texts);
      }
      return all;
    }
    case 'text':
      if (query.field !== 'data' || query.test.is === 'regex' || query.test.text === '') return null;
      return [query.test.text];
    default:
      return null;
  }
}

/** The one that lets less through: its shortest text is longer. */
function better(one: readonly string[] | null, other: readonly string[]): readonly string[] {
  if (one === null) return other;
  return shortest(other) > shortest(one) ? other : one;
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map(({ length }) => length));
}
