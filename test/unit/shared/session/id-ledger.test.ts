import { describe, expect, it } from 'vitest';
import { createIdLedger, MAX_IDS, type ResumeReport } from '../../../../src/shared/session/id-ledger.ts';

/** Attempts with their ids; what was told after each id and at the end of each attempt. */
function tell(...attempts: readonly (readonly (string | number)[])[]): (ResumeReport | null)[] {
  const ledger = createIdLedger();
  return attempts.map((ids) => {
    ledger.begin();
    let last: ResumeReport | null = null;
    for (const id of ids) {
      ledger.add(String(id));
      last = ledger.news(false) ?? last;
    }
    return ledger.news(true) ?? last;
  });
}

describe('ids that count up', () => {
  it('without a gap are seamless', () => {
    expect(tell([1, 2, 3], [4, 5])).toEqual([
      null,
      {
        afterId: '3',
        firstId: '4',
        ids: 'numeric',
        missing: 0,
        gaps: [],
        repeated: 0,
        repeatedIds: [],
        forgot: false,
      },
    ]);
  });

  it('show exactly what is missing', () => {
    expect(tell([1, 2, 3], [8, 9, 11])[1]).toMatchObject({
      missing: 5,
      gaps: [
        [4, 7],
        [10, 10],
      ],
      repeated: 0,
    });
  });

  it('show exactly what came twice', () => {
    expect(tell([1, 2, 3, 4], [3, 4, 5])[1]).toMatchObject({
      missing: 0,
      repeated: 2,
      repeatedIds: ['3', '4'],
    });
  });

  it('that start all over are repeats and no gap', () => {
    expect(tell([1, 2, 3], [1, 2])[1]).toMatchObject({ missing: 0, repeated: 2, firstId: '1' });
  });

  it('that come late fill the gap', () => {
    expect(tell([1, 2, 3], [5, 6, 4, 7, 8, 9, 10, 11, 12, 13])[1]).toMatchObject({ missing: 0 });
  });

  it('are told as soon as something new came, and again at the end when more is known', () => {
    const ledger = createIdLedger();
    ledger.begin();
    for (const id of ['1', '2', '3']) ledger.add(id);
    ledger.begin();
    ledger.add('3');
    expect(ledger.news(false)).toBeNull();
    ledger.add('6');
    expect(ledger.news(false)).toMatchObject({ repeated: 1, missing: 2 });
    ledger.add('7');
    expect(ledger.news(false)).toBeNull();
    expect(ledger.news(true)).toBeNull();
    ledger.add('2');
    expect(ledger.news(true)).toMatchObject({ repeated: 2 });
  });

  it('stay in few ranges, however many there are', () => {
    const ledger = createIdLedger();
    ledger.begin();
    for (let id = 1; id <= 100_000; id += 1) ledger.add(String(id));
    ledger.begin();
    ledger.add('50000');
    ledger.add('100002');
    expect(ledger.news(true)).toMatchObject({ repeated: 1, missing: 1, forgot: false });
  });

  it('with a single id on each side tell nothing before a step is known', () => {
    expect(tell([7], [9])[1]).toMatchObject({ ids: 'other', missing: null });
    expect(tell([7], [9, 10])[1]).toMatchObject({ ids: 'numeric', missing: 1 });
  });
});

it('times as ids are no gaps: only repeats can be told', () => {
  const report = tell(
    [1_700_000_000_000, 1_700_000_000_412, 1_700_000_001_033],
    [1_700_000_001_033, 1_700_000_002_000],
  )[1];
  expect(report).toMatchObject({ ids: 'other', missing: null, repeated: 1 });
});

describe('ids of other kinds', () => {
  it('show repeats', () => {
    expect(tell(['a:1', 'a:2'], ['a:2', 'a:3'])[1]).toMatchObject({
      afterId: 'a:2',
      firstId: 'a:2',
      ids: 'other',
      missing: null,
      repeated: 1,
      repeatedIds: ['a:2'],
    });
  });

  it('numbers too large to be exact, and with leading zeros, are such', () => {
    expect(tell(['9007199254740993'], ['9007199254740995'])[1]).toMatchObject({ ids: 'other', repeated: 0 });
    expect(tell(['007', '008'], ['010'])[1]).toMatchObject({ ids: 'other' });
  });

  it('are forgotten beyond a bound, and the report says so', () => {
    const many = Array.from({ length: MAX_IDS + 10 }, (_, at) => `id-${at}`);
    expect(tell(many, ['id-0', `id-${MAX_IDS + 9}`])[1]).toMatchObject({ repeated: 1, forgot: true });
  });

  it('that are very long are told apart by their ends', () => {
    const long = (end: string) => `${'x'.repeat(5000)}${end}`;
    expect(tell([long('a')], [long('a'), long('b')])[1]).toMatchObject({ repeated: 1 });
  });
});

it('says nothing of the first attempt, nor where there are no ids', () => {
  expect(tell([1, 2], [], [3, 4])).toMatchObject([null, null, { afterId: '2', missing: 0 }]);
  expect(tell([], [1, 2])).toEqual([null, null]);
});
