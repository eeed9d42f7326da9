import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../bench/report/compare.mjs';
import { goalOf, median, percentile, ratioRow, valueRow } from '../../../bench/report/rows.mjs';
import { mergedRows } from '../../../bench/report/last-run.mjs';
import { createPeers } from '../../../bench/peers/find-peers.mjs';
import { table } from '../../../bench/report/table.mjs';
import { goalNames, loadGoal } from '../../../bench/run/registry.mjs';

const ratio = (pairs, target, better) => ratioRow({ id: 'x', what: 'x', unit: '1/s', pairs, target, better });

describe('the figures of a benchmark', () => {
  it('takes the median of the rounds’ ratios and not the ratio of the medians', () => {
    const row = ratio(
      [
        [10, 10],
        [20, 40],
        [90, 100],
      ],
      { atLeast: 0.9 },
    );
    expect(row).toMatchObject({
      ours: 20,
      peer: 40,
      ratio: 0.9,
      spread: [0.5, 1],
      met: true,
      target: '>= 0.9',
    });
  });

  it('holds a figure without a peer against its goal', () => {
    const row = valueRow({ id: 'x', what: 'x', unit: 'ms', values: [3, 1, 20], target: { atMost: 2 } });
    expect(row).toMatchObject({ ours: 3, peer: null, ratio: null, met: false });
    expect(table([row])).toContain('| NO |');
  });

  it('prints a goal by seven names', () => {
    const goal = goalOf(ratio([[1, 2]], { atLeast: 0.4 }));
    expect(goal).toEqual({ id: 'x', what: 'x', ours: 1, peer: 2, ratio: 0.5, target: '>= 0.4', met: true });
  });

  it('knows the middle and the edge of a list', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
  });
});

describe('the comparison with the run that was written', () => {
  const before = [ratio([[1, 1], [1.2, 1], [0.9, 1]], null)]; // prettier-ignore

  it('calls a row worse only beyond the slack and the spread', () => {
    expect(compareRuns(before, [ratio([[0.85, 1]], null)]).worse).toEqual(['x']);
    expect(compareRuns(before, [ratio([[0.91, 1]], null)]).worse).toEqual([]);
  });

  it('knows that less is better for times', () => {
    const times = [ratio([[1, 1]], { atMost: 2 })];
    expect(compareRuns(times, [ratio([[1.5, 1]], { atMost: 2 })]).worse).toEqual(['x']);
    expect(compareRuns(times, [ratio([[0.5, 1]], { atMost: 2 })]).worse).toEqual([]);
  });

  it('does not judge a row that was not there', () => {
    const { table: text, worse } = compareRuns([], [ratio([[1, 2]], null)]);
    expect(worse).toEqual([]);
    expect(text).toContain('| new |');
  });
});

describe('the registry of benchmarks', () => {
  it('finds each file of bench/goals by its name, with what it measures', async () => {
    const names = await goalNames();
    expect(names).toContain('ingest');
    for (const name of names) expect((await loadGoal(name)).summary).not.toBe('');
  });
});

describe('the figures of the last run', () => {
  const row = (id, ours) => ({ id, ours });
  const before = [row('a', 1), row('b', 2)];

  it('keep their order and what was not measured, when some benchmarks ran', () => {
    expect(mergedRows(before, [row('c', 3), row('b', 9)], false)).toEqual([
      row('a', 1),
      row('b', 9),
      row('c', 3),
    ]);
  });

  it('forget what is no row any more, when all ran', () => {
    expect(mergedRows(before, [row('b', 9)], true)).toEqual([row('b', 9)]);
  });
});

describe('a peer that is not installed', () => {
  it('is told by name, once, with how to get it', () => {
    const peers = createPeers(() => null);
    expect(peers.find('curl')).toBeNull();
    expect(peers.find('curl')).toBeNull();
    expect(peers.missing()).toEqual([
      'Without curl. To have it: install curl, for example: apt-get install curl',
    ]);
    expect(() => peers.find('nobody')).toThrow('There is no peer "nobody"');
  });
});
