import { expect, it } from 'vitest';
import { createPieceIndex } from '../../../../../src/renderer/views/completion/piece-index.ts';
import { createTokenPlaces } from '../../../../../src/renderer/views/completion/token-tint.ts';

it('finds tokens in the text of their event, and passes over those that are not there', () => {
  const text = { pieces: ['Kelp', ' sways sways.'], seqs: [1, 2] };
  const tokens = ['Kelp', ' sways', '\\xe2', ' sways', '.', 'late'];
  const logprobs = {
    tokens,
    logprobs: tokens.map(() => Math.log(0.5)),
    alternatives: tokens.map(() => []),
    seqs: [1, 2, 2, 2, 2, 3],
  };
  const index = createPieceIndex(text);
  index.grow();
  const places = createTokenPlaces(() => ({ text, logprobs }), index);
  expect(places.grow().map(({ from, to }) => [from, to])).toEqual([
    [0, 4],
    [4, 10],
    [10, 16],
    [16, 17],
  ]);
  expect(places.within(0, 4)).toMatchObject([{ token: 'Kelp', probability: 0.5 }]);
  expect(places.grow()).toEqual([]);
  expect(places.cut(12)).toBe(2);
  expect(places.grow().map(({ from, to }) => [from, to])).toEqual([
    [10, 16],
    [16, 17],
  ]);
});
