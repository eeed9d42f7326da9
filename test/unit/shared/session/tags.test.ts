import { expect, it } from 'vitest';
import { hasTag, MAX_TAG_CHARS, MAX_TAGS, tidyTags } from '../../../../src/shared/session/tags.ts';

it('keeps each tag once, in the spelling that came first', () => {
  expect(tidyTags([' slow  start ', 'Keep', 'keep', '', 'a,b', ' '])).toEqual([
    'slow start',
    'Keep',
    'a',
    'b',
  ]);
});

it('keeps tags short and few', () => {
  expect(tidyTags(['x'.repeat(500)])[0]).toHaveLength(MAX_TAG_CHARS);
  expect(tidyTags(Array.from({ length: 500 }, (_, at) => `t${at}`))).toHaveLength(MAX_TAGS);
});

it('finds a tag whatever its case', () => {
  expect(hasTag(['Keep'], 'keep')).toBe(true);
  expect(hasTag(['keeper'], 'keep')).toBe(false);
});
