import { expect, it } from 'vitest';
import { digestsOf } from '../../../support/event-digests.ts';

it('holds more events than it had room for at first', () => {
  const events = Array.from({ length: 5000 }, (_, at) => ({
    data: String(at),
    id: at % 2 ? String(at) : null,
  }));
  const digests = digestsOf(events);
  expect(digests.count).toBe(5000);
  expect([digests.seqs[4999], digests.atMs[4999]]).toEqual([4999, 49_990]);
  expect([Number.isNaN(digests.ids[4998]), Number.isNaN(digests.ids[4999])]).toEqual([true, false]);
  expect(new Set(digests.contents).size).toBe(5000);
});

it('tells the same data of another type apart', () => {
  const { contents } = digestsOf([{ data: 'a' }, { data: 'a', type: 'goal' }, { data: 'a' }]);
  expect([contents[0] === contents[1], contents[0] === contents[2]]).toEqual([false, true]);
});
