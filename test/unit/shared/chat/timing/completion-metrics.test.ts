import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../../../src/shared/chat/completion.ts';
import { DEFINITIONS } from '../../../../../src/shared/chat/timing/definitions.ts';
import { completionMetrics } from '../../../../../src/shared/chat/timing/completion-metrics.ts';
import { reportedNumbers } from '../../../../../src/shared/chat/timing/reported.ts';
import { NO_REQUEST, requestTimes } from '../../../../../src/shared/chat/timing/request-times.ts';
import { hasWholeUsage, tokenCount } from '../../../../../src/shared/chat/timing/token-count.ts';
import { timedAnswer, timedJournal, type TimedEvent } from '../../../../support/timed-answer.ts';

const USAGE = { choices: [], usage: { completion_tokens: 21 } };
const EVENTS: readonly TimedEvent[] = [
  [200, { role: 'assistant' }],
  [260, { reasoning: 'r' }],
  [300, { content: 'a' }],
  [420, { content: 'b' }],
  [1760, { content: 'c' }],
  [1800, {}, USAGE],
];
const REQUEST = requestTimes(timedJournal(100, 150, 70), 10);
const measure = (completion: Completion, request = REQUEST, estimatedTokens: number | null = null) =>
  completionMetrics({ completion, request, estimatedTokens });
const values = (of: ReturnType<typeof measure>) => of.metrics.map(({ id, value }) => [id, value]);

describe('what is measured of an answer', () => {
  it('counts from when its request was sent', () => {
    const all = measure(timedAnswer(EVENTS));
    expect(all.from).toBe('request');
    expect(values(all)).toEqual([
      ['head', 50],
      ['first-byte', 70],
      ['first-event', 100],
      ['first-reasoning', 160],
      ['first-answer', 200],
      ['last-chunk', 1660],
      ['total', 1700],
      ['chunks', 4],
      ['gap-p50', 120],
      ['gap-p95', 1340],
      ['gap-p99', 1340],
      ['gap-max', 1340],
      ['stalls', 1],
      ['stalled', 1340],
      ['output-tokens', 21],
      ['decode-rate', 20_000 / 1500],
      ['end-to-end-rate', 21_000 / 1660],
      ['time-per-token', 75],
    ]);
    expect(all.metrics.every(({ basis }) => basis === 'measured')).toBe(true);
    expect(all.metrics[0]?.definition).toContain('since the request was sent');
    expect(all.metrics.find(({ id }) => id === 'gap-max')?.seq).toBe(14);
  });

  it('counts from the first event where the request is not known, and then has no speed end to end', () => {
    const all = measure(timedAnswer(EVENTS), NO_REQUEST);
    expect(all).toMatchObject({ from: 'first-event', originMs: 200 });
    expect(values(all).slice(0, 3)).toEqual([
      ['first-event', 0],
      ['first-reasoning', 60],
      ['first-answer', 100],
    ]);
    expect(all.metrics.some(({ id }) => id === 'end-to-end-rate' || id === 'head')).toBe(false);
    expect(all.metrics[0]?.definition).toContain('since the first event');
  });

  it('has no total while the answer is written', () => {
    expect(values(measure(timedAnswer(EVENTS, false))).some(([id]) => id === 'total')).toBe(false);
  });

  it('takes an estimate where usage does not tell, and says so', () => {
    const all = measure(timedAnswer(EVENTS.slice(0, 5)), REQUEST, 16);
    const rate = all.metrics.find(({ id }) => id === 'decode-rate');
    expect(rate).toMatchObject({ value: 10, basis: 'estimated' });
    expect(rate?.note).toContain('o200k_base');
    expect(all.metrics.find(({ id }) => id === 'last-chunk')?.basis).toBe('measured');
    expect(
      measure(timedAnswer(EVENTS), REQUEST, 999).metrics.every(({ basis }) => basis === 'measured'),
    ).toBe(true);
  });

  it('does not take usage that came before the last chunk for the whole', () => {
    const early = [
      [0, {}, USAGE],
      [10, { content: 'a' }],
      [20, { content: 'b' }],
    ] as const;
    expect(values(measure(timedAnswer(early))).some(([id]) => id === 'output-tokens')).toBe(false);
    expect(hasWholeUsage(timedAnswer(early))).toBe(false);
    expect(tokenCount(timedAnswer(early), 7)).toMatchObject({ total: 7, basis: 'estimated' });
  });

  it('leaves reasoning that was not shown out of the decode rate', () => {
    const usage = { completion_tokens: 121, completion_tokens_details: { reasoning_tokens: 100 } };
    const hidden = timedAnswer([
      [2000, { content: 'a' }],
      [3000, { content: 'b' }],
      [3000, {}, { choices: [], usage }],
    ]);
    const all = measure(hidden);
    expect(all.metrics.find(({ id }) => id === 'decode-rate')?.value).toBe(20);
    expect(all.metrics.find(({ id }) => id === 'output-tokens')).toMatchObject({ value: 121 });
    expect(all.metrics.find(({ id }) => id === 'decode-rate')?.note).toContain('100 of them are reasoning');
  });

  it('says of an answer without text only what there is', () => {
    expect(values(measure(timedAnswer([[200, { role: 'assistant' }]])))).toEqual([
      ['head', 50],
      ['first-byte', 70],
      ['first-event', 100],
      ['total', 100],
      ['chunks', 0],
    ]);
  });

  it('has a definition for each, by a name of its own', () => {
    expect(new Set(DEFINITIONS.map(({ label }) => label)).size).toBe(DEFINITIONS.length);
    for (const { definition } of DEFINITIONS) expect(definition).toMatch(/^[A-Z0-9].*\.$/);
  });
});

describe('what the server measured', () => {
  const told = (usage: object, more: object = {}) =>
    timedAnswer([
      [0, { content: 'a' }],
      [10, { content: 'b' }],
      [20, {}, { choices: [], usage, ...more }],
    ]);

  it('stands beside ours (Groq)', () => {
    const usage = { completion_tokens: 50, queue_time: 0.01, completion_time: 0.5, total_time: 0.6 };
    const numbers = reportedNumbers(told(usage), 50);
    expect(numbers.map(({ name, value, unit, beside }) => [name, value, unit, beside])).toEqual([
      ['queue_time', 10, 'ms', null],
      ['completion_time', 500, 'ms', null],
      ['total_time', 600, 'ms', 'total'],
      ['tokens / completion_time', 100, 'per-second', 'decode-rate'],
    ]);
  });

  it('is taken as it is where it is a rate (llama.cpp)', () => {
    const timings = { predicted_ms: 500, predicted_per_second: 42 };
    const numbers = reportedNumbers(told({ completion_tokens: 5 }, { timings }), 5);
    expect(numbers.map(({ name, value, beside }) => [name, value, beside])).toEqual([
      ['predicted_ms', 500, null],
      ['predicted_per_second', 42, 'decode-rate'],
    ]);
  });

  it('is no name of an object', () => {
    const answer = told({});
    const timing = { name: 'constructor', valueMs: 5, seq: 1 };
    expect(reportedNumbers({ ...answer, serverTimings: [timing] }, null)[0]?.beside).toBeNull();
  });
});
