import { describe, expect, it } from 'vitest';
import {
  deltaText,
  KIND_GROUPS,
  lookOf,
  sizeText,
} from '../../../../../src/renderer/views/events/row-text.ts';
import { JOURNAL_KINDS } from '../../../../../src/shared/session/entry.ts';
import { FRAME_KINDS } from '../../../../../src/shared/sse/types.ts';

describe('cells of a row', () => {
  it('tell the time between rows with the precision that matters', () => {
    expect([0, 0.44, 9.949, 41, 999.4, 999.6, 2400, 59_990, 185_000, 3_725_000].map(deltaText)).toEqual([
      '+0.0',
      '+0.4',
      '+9.9',
      '+41',
      '+999',
      '+1.00 s',
      '+2.40 s',
      '+59.99 s',
      '+3:05',
      '+1:02:05',
    ]);
    expect(deltaText(-3)).toBe('\u22123.0');
  });

  it('tell sizes in four characters', () => {
    expect([0, 999, 1000, 9949, 9950, 999_499, 999_500, 12_300_000, 4_000_000_000].map(sizeText)).toEqual([
      '0',
      '999',
      '1.0k',
      '9.9k',
      '10k',
      '999k',
      '1.0M',
      '12M',
      '4.0G',
    ]);
  });
});

describe('kinds', () => {
  const all = [...FRAME_KINDS, ...JOURNAL_KINDS];

  it('have a look each, and only events show their own type', () => {
    expect(all.filter((kind) => lookOf(kind).word === null)).toEqual(['event']);
    for (const kind of all) expect(lookOf(kind).shape).toMatch(/^M/);
  });

  it('belong to one group each', () => {
    expect(KIND_GROUPS.flatMap((group) => [...group.kinds]).sort()).toEqual([...all].sort());
  });
});
