import { expect, it } from 'vitest';
import { AUTO, chosenDialects } from '../../../../../src/renderer/views/completion/dialect-choice.ts';

it('asks all dialects, one of them, or reads the text at a path', () => {
  expect(chosenDialects(AUTO)).toBeNull();
  expect(chosenDialects({ ...AUTO, id: 'gemini' })?.map(({ id }) => id)).toEqual(['gemini']);
  expect(chosenDialects({ ...AUTO, id: 'json-path', path: 'a.b' })?.map(({ id }) => id)).toEqual([
    'json-path',
  ]);
  expect(chosenDialects({ ...AUTO, id: 'json-path', path: 'a[' })).toBeNull();
});
