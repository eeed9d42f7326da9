import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blankAnnotation,
  decodeAnnotations,
  encodeAnnotations,
  isBlank,
  MAX_NOTE_CHARS,
  readerOf,
  withChanges,
  type Annotation,
} from '../../../../src/shared/session/annotations.ts';

const mark = (seq: number, note = '', bookmarked = true): Annotation => ({ seq, bookmarked, note });

const annotation = fc.record({
  seq: fc.nat(50),
  bookmarked: fc.boolean(),
  note: fc.string({ maxLength: 12, unit: 'binary' }),
});

describe('bookmarks and notes', () => {
  it('stand in the order of the entries, one each, the last change being the one that counts', () => {
    const list = withChanges([mark(4, 'old'), mark(9)], [mark(4, 'new', false), mark(1)]);
    expect(list).toEqual([mark(1), mark(4, 'new', false), mark(9)]);
  });

  it('go when nothing is left of them', () => {
    expect(withChanges([mark(4), mark(5, 'note', false)], [blankAnnotation(4)])).toEqual([
      mark(5, 'note', false),
    ]);
    expect(isBlank(mark(1, '', false))).toBe(true);
    expect(isBlank(mark(1, 'x', false))).toBe(false);
  });

  it('are found by the number of their entry', () => {
    const reader = readerOf([mark(3, 'here')]);
    expect(reader.annotationOf(3)).toEqual(mark(3, 'here'));
    expect(reader.annotationOf(4)).toBeNull();
  });

  it('keep notes to a length that can be written at each change', () => {
    expect(withChanges([], [mark(1, 'x'.repeat(MAX_NOTE_CHARS + 5))])[0]?.note).toHaveLength(MAX_NOTE_CHARS);
  });

  it('come back from their file as they were, whatever the notes hold', () => {
    fc.assert(
      fc.property(fc.array(annotation), (changes) => {
        const list = withChanges([], changes);
        expect(decodeAnnotations(encodeAnnotations(list))).toEqual(list);
      }),
    );
  });

  it('are one a line in the file', () => {
    expect(encodeAnnotations([mark(3), mark(5, 'two\nlines')])).toBe(
      '{\n  "formatVersion": 1,\n  "annotations": [\n' +
        '    {"seq":3,"bookmarked":true,"note":""},\n' +
        '    {"seq":5,"bookmarked":true,"note":"two\\nlines"}\n  ]\n}\n',
    );
  });

  it.each([
    ['{"formatVersion":1', 'damaged'],
    ['[]', 'damaged'],
    ['null', 'damaged'],
    ['{"formatVersion":1,"annotations":{}}', 'damaged'],
    ['{"formatVersion":2,"annotations":[]}', 'newer'],
  ])('refuse %s', (text, word) => {
    expect(() => decodeAnnotations(text)).toThrow(word);
  });

  it('leave out what is no annotation', () => {
    const list = [null, 3, { seq: -1, bookmarked: true }, { seq: 1.5, note: 'x' }, { seq: 2, note: 7 }];
    const text = JSON.stringify({ formatVersion: 1, annotations: [...list, { seq: 6, bookmarked: true }] });
    expect(decodeAnnotations(text)).toEqual([mark(6)]);
  });
});
