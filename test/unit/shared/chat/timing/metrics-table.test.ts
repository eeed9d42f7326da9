import { describe, expect, it } from 'vitest';
import { measuredAnswer } from '../../../../../src/shared/chat/timing/measured-answer.ts';
import { lacksCount, measuredAnswers } from '../../../../../src/shared/chat/timing/measured-answers.ts';
import {
  markdownTable,
  metricsTable,
  tsvTable,
} from '../../../../../src/shared/chat/timing/metrics-table.ts';
import { rebuiltMetrics } from '../../../../../src/shared/chat/timing/rebuilt-metrics.ts';
import { timedAnswer, timedJournal } from '../../../../support/timed-answer.ts';

const usage = { choices: [], usage: { completion_tokens: 11, total_time: 1.5 } };
const one = timedAnswer([
  [200, { content: 'a' }],
  [1200, { content: 'b' }],
  [1200, {}, usage],
]);
const two = timedAnswer([
  [300, { content: 'a' }],
  [800, { content: 'b' }],
]);
const table = metricsTable([
  { name: 'first|one', answer: measuredAnswer(one, timedJournal(100, 150), null) },
  { name: 'second', answer: measuredAnswer(two, timedJournal(100, 150), 6) },
]);

describe('the table of answers', () => {
  it('has a row a metric, a column an answer, and marks the better one', () => {
    const row = (key: string) => table.rows.find((one) => one.key === key);
    expect(row('first-answer')).toMatchObject({ cells: [{ value: 100 }, { value: 200 }], best: [0] });
    expect(row('decode-rate')).toMatchObject({
      cells: [
        { value: 10, basis: 'measured' },
        { value: 10, basis: 'estimated' },
      ],
      best: [],
    });
    expect(row('chunks')?.best).toEqual([]);
    expect(row('head')?.best).toEqual([]);
    expect(row('server total_time ms')).toMatchObject({
      label: 'total_time',
      cells: [{ value: 1500, basis: 'reported' }, null],
      definition: 'The server’s own number; it stands beside “Total”.',
    });
  });

  it('is copied as TSV with plain numbers', () => {
    const [head, ...lines] = tsvTable(table).replace(/\n$/, '').split('\n');
    expect(head).toBe('Metric\tUnit\tfirst|one\tfirst|one, basis\tsecond\tsecond, basis');
    expect(lines).toContain('First answer chunk\tms\t100\tmeasured\t200\tmeasured');
    expect(lines).toContain('total_time\tms\t1500\treported\t\t');
    expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([6]));
  });

  it('is copied as Markdown with units, and what is not measured says so', () => {
    const lines = markdownTable(table).split('\n');
    expect(lines[0]).toBe('| Metric | first\\|one | second |');
    expect(lines[1]).toBe('|---|--:|--:|');
    expect(lines).toContain('| Tokens/s, decoding | 10 1/s | 10 1/s (estimated) |');
    expect(lines).toContain('| total\\_time | 1500 ms (reported) | – |');
  });
});

describe('what exports say', () => {
  it('is plain values', () => {
    const rebuilt = rebuiltMetrics(measuredAnswer(one, timedJournal(100, 150), null));
    expect(rebuilt.values[0]).toEqual({ id: 'head', value: 50, unit: 'ms', basis: 'measured' });
    expect(rebuilt.gaps).toEqual([{ fromMs: 1000, toMs: 2000, count: 1 }]);
    expect(rebuilt.stalls).toEqual([]);
    expect(rebuilt.reported).toContainEqual({
      name: 'total_time',
      value: 1500,
      unit: 'ms',
      seq: 12,
      beside: 'total',
    });
  });

  it('counts tokens of those answers that have no usage', async () => {
    expect([lacksCount(one), lacksCount(two)]).toEqual([false, true]);
    const measured = await measuredAnswers([one, two], []);
    const counts = measured.map(({ metrics }) => metrics.find(({ id }) => id === 'output-tokens'));
    expect(counts.map((count) => [count?.value, count?.basis])).toEqual([
      [11, 'measured'],
      [1, 'estimated'],
    ]);
  });
});
