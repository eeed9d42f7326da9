/** Which parts of a text a query looks for, to be marked where they are shown. */
import type { Query, TextTest } from './query.ts';
import { foldedPattern } from './text-test.ts';

export type TextRange = readonly [from: number, to: number];

/** More marks than anybody looks at in one text. */
const MAX_RANGES = 1000;

/** Rising, without overlaps. A regular expression in the query may take long. */
export function highlightRanges(query: Query, text: string): readonly TextRange[] {
  const ranges = testsOf(query).flatMap((test) => rangesOf(test, text));
  ranges.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged.slice(0, MAX_RANGES);
}

/** Texts that are looked for, whatever property they are asked of; what is looked for not to be there is not among them. */
function testsOf(query: Query): readonly TextTest[] {
  switch (query.op) {
    case 'all':
    case 'any':
      return query.parts.flatMap(testsOf);
    case 'text':
      return [query.test];
    case 'json': {
      const { test } = query;
      if (!test) return [];
      if (test.is !== 'compare') return [test];
      return test.comparison === '=' ? [{ is: 'contains', text: test.literal }] : [];
    }
    default:
      return [];
  }
}

function rangesOf(test: TextTest, text: string): TextRange[] {
  if (test.is !== 'regex' && test.text === '') return [];
  const pattern =
    test.is === 'regex'
      ? new RegExp(test.regex.source, `${test.regex.flags}g`)
      : foldedPattern(test.text, 'g');
  const found: TextRange[] = [];
  for (let match = pattern.exec(text); match && found.length < MAX_RANGES; match = pattern.exec(text)) {
    const { index } = match;
    if (match[0] === '') pattern.lastIndex += 1;
    else found.push([index, index + match[0].length]);
  }
  return found;
}
