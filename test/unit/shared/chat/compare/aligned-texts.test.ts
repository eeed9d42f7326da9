import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignedTexts } from '../../../../../src/shared/chat/compare/aligned-texts.ts';
import { wordMatches, wordsOf } from '../../../../../src/shared/chat/compare/word-matches.ts';

const cell = (runs: readonly { text: string; same: boolean }[] | undefined): string =>
  (runs ?? []).map(({ text, same }) => (same ? text : `[${text}]`)).join('');
const table = (...texts: readonly string[]) => alignedTexts(texts).rows.map((row) => row.map(cell));

describe('texts side by side', () => {
  it('tell words apart that differ', () => {
    expect(table('The tern flies north.', 'The gull flies north!')).toEqual([
      ['The [tern ]flies north[.]', 'The [gull ]flies north[!]'],
    ]);
  });

  it('stand at the paragraph that says the same', () => {
    expect(table('One.\n\nTwo.\n\nThree.', 'One.\n\nMore.\n\nThree.')).toEqual([
      ['One.\n\n', 'One.\n\n'],
      ['[Two].\n\n', '[More].\n\n'],
      ['Three.', 'Three.'],
    ]);
  });

  it('mark in the first what any of the others lacks', () => {
    const { rows, shared } = alignedTexts(['a b c', 'a b', 'a c x y']);
    expect(rows.map((row) => row.map(cell))).toEqual([['a [b c]', 'a b', 'a c [x y]']]);
    expect(shared).toEqual([1, 1, 0.5]);
  });

  it('may be empty', () => {
    expect(table('', '')).toEqual([['', '']]);
    expect(table('', 'a\nb')).toEqual([['', '[a\nb]']]);
    expect(table()).toEqual([['']]);
  });

  it('lose no character, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c ', '\n', ' ', '.', 'é', '😀', '\t'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const { rows } = alignedTexts(texts);
        const joined = texts.map((_, column) =>
          rows.map((row) => (row[column] ?? []).map((run) => run.text).join('')).join(''),
        );
        expect(joined).toEqual(texts);
      }),
    );
  });
});

describe('the words that two texts share', () => {
  it('are in order, and the same', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, words, (left, right) => {
        const [a, b] = [wordsOf(left), wordsOf(right)];
        let last = -1;
        wordMatches(a, b).forEach((bt, at) => {
          if (bt === -1) return;
          expect(bt).toBeGreaterThan(last);
          expect(b[bt]?.key).toBe(a[at]?.key);
          last = bt;
        });
      }),
    );
  });

  it('are found around anchors in texts too long to be compared word for word', () => {
    const line = (at: number) => `w${at} same words again `;
    const left = Array.from({ length: 3000 }, (_, at) => line(at)).join('');
    const right = Array.from({ length: 3000 }, (_, at) => (at % 100 === 50 ? 'other ' : line(at))).join('');
    const matches = wordMatches(wordsOf(`x ${left} y`), wordsOf(`z ${right} q`));
    const found = matches.reduce((sum, bt) => sum + (bt === -1 ? 0 : 1), 0);
    expect(found).toBe(3000 * 4 - 30 * 4);
  });

  it('are none where long texts have nothing in common', () => {
    const [a, b] = ['a', 'b'].map((letter) => wordsOf(`${letter} `.repeat(20_000)));
    expect(wordMatches(a ?? [], b ?? []).every((bt) => bt === -1)).toBe(true);
  });
});
