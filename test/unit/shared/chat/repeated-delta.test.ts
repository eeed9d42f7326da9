import { expect, it } from 'vitest';
import { createRepetitionWatch } from '../../../../src/shared/chat/repeated-delta.ts';

it('knows a text that is sent from its beginning by its length, without joining what cannot be one', () => {
  const watch = createRepetitionWatch();
  const pieces = ['Some words that are long enough to tell us more.'];
  expect(watch.look(pieces[0] ?? '', [])).toBeNull();
  expect(watch.look('Other words, but as long as these are, no more.', pieces)).toBeNull();
  expect(watch.look(`${pieces[0] ?? ''}`, pieces)).toBe('delta-repeated');
});
