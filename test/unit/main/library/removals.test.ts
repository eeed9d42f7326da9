import { expect, it } from 'vitest';
import { createRemovals } from '../../../../src/main/library/removals.ts';

it('goes on when one of them cannot be removed, and says which and why', async () => {
  const removed: string[] = [];
  const removals = createRemovals({
    async remove(sessionId) {
      if (sessionId === 'b') throw new Error('It is in use.');
      removed.push(sessionId);
    },
    restore: async () => {},
  });
  expect(await removals.remove(['a', 'b', 'c'])).toEqual({
    done: ['a', 'c'],
    refused: [{ sessionId: 'b', why: 'It is in use.' }],
  });
  expect(removed).toEqual(['a', 'c']);
});
