import { expect, it } from 'vitest';
import { createBurstWatch } from '../../../../src/shared/session/burst-watch.ts';

/** Reads as [time, events]. */
function after(...reads: readonly [number, number][]): boolean {
  const watch = createBurstWatch();
  watch.begin();
  for (const [atMs, events] of reads) watch.read(atMs, events);
  return watch.inBursts;
}

it('#60 proxy-buffering: notices events that come several at a time after silent gaps', () => {
  expect(after([0, 5], [3000, 3], [3100, 3], [6000, 5], [9000, 5])).toBe(true);
});

it.each<[string, [number, number][]]>([
  [
    'there were too few bursts',
    [
      [0, 5],
      [3000, 5],
      [6000, 5],
    ],
  ],
  [
    'events come one by one',
    [
      [0, 1],
      [3000, 1],
      [6000, 1],
      [9000, 1],
      [12_000, 1],
    ],
  ],
  [
    'there is no silence',
    [
      [0, 5],
      [500, 5],
      [1000, 5],
      [1500, 5],
      [2000, 5],
    ],
  ],
  [
    'something came between the bursts',
    [
      [0, 5],
      [3000, 5],
      [6000, 5],
      [9000, 5],
      [10_000, 1],
    ],
  ],
  [
    'only comments come',
    [
      [0, 0],
      [3000, 0],
      [6000, 0],
      [9000, 0],
    ],
  ],
])('says nothing when %s', (_name, reads) => {
  expect(after(...reads)).toBe(false);
});

it('tells when it changes, and forgets with the next body', () => {
  const watch = createBurstWatch();
  expect([0, 3000, 6000, 9000, 12_000, 12_500].map((atMs) => watch.read(atMs, 4))).toEqual([
    ...[false, false, false, true, false, true],
  ]);
  for (const atMs of [20_000, 23_000, 26_000, 29_000]) watch.read(atMs, 4);
  expect(watch.inBursts).toBe(true);
  watch.begin();
  expect(watch.inBursts).toBe(false);
});
