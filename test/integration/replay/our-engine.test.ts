/** Our own connection engine against a replay with faults: each leads to the state that the policy says. */
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { numberedEvents, startReplay, stopReplays } from '../../support/replay-stage.ts';
import { cleanUp, connected, type Bench, type BenchOptions } from '../connections/bench.ts';

afterEach(async () => {
  await cleanUp();
  await stopReplays();
});

const FIVE = [{ reads: numberedEvents(5) }];
const FAULT = (...lines: string[]) => `faults:\n  - ${lines.join('\n    ')}\n`;

async function against(script: string, options: BenchOptions = {}): Promise<Bench> {
  const { url } = await startReplay(FIVE, { script });
  return connected(url, options);
}

/** Data of the events, in order. */
async function events(bench: Bench): Promise<string[]> {
  return ((await bench.text()).match(/event \d/g) ?? []).map((text) => text.slice(-1));
}

describe('a reset, a cut body or an early end', () => {
  it.each([
    ['reset:', 'reset'],
    ['truncate: no-end', 'truncated'],
    ['truncate: short-length', 'truncated'],
  ])('%s: the fault is named, and the rest comes after the last id', async (fault, code) => {
    const bench = await against(FAULT(fault, 'event: 3', 'attempt: 1'));
    // Nothing is left after the last id: 204, which ends it for good.
    await bench.outcome;
    const ends = await bench.journal('attempt-end');
    expect(ends[0]).toMatchObject({ how: 'failed', failure: { code } });
    const starts = await bench.journal('attempt-start');
    expect(starts.map(({ lastEventId }) => lastEventId)).toEqual(['', '2', '5']);
    expect(bench.log.counts.events).toBe(5);
  });

  it('close: it connects again as after any end', async () => {
    const bench = await against(FAULT('close:', 'event: 3', 'attempt: 1'));
    await bench.outcome;
    expect(await events(bench)).toEqual(['1', '2', '3', '4', '5']);
    expect((await bench.journal('attempt-end'))[0]).toMatchObject({ how: 'end-of-stream' });
  });
});

describe('a wrong head', () => {
  it('503 with Retry-After: it waits as it was told', async () => {
    const bench = await against(FAULT('status: 503', 'retry-after: 0', 'attempt: 1-2'), {
      reconnect: { ...DEFAULT_RECONNECT, preset: 'resilient', initialDelayMs: 1, floorMs: 1, maxDelayMs: 10 },
    });
    await bench.outcome;
    const heads = await bench.journal('response-head');
    expect(heads.map(({ status }) => status)).toEqual([503, 503, 200, 204]);
    const waits = await bench.journal('retry-scheduled');
    expect(waits[0]?.source).toBe('retry-after');
  });

  it('500 and another type: a browser gives up for good, and so do we', async () => {
    for (const [fault, code] of [
      ['status: 500', 'http-status'],
      ['content-type: text/html', 'content-type'],
    ] as const) {
      const bench = await against(FAULT(fault), { readAs: 'sse-only' });
      expect(await bench.outcome).toBe('failed');
      expect((await bench.journal('attempt-end'))[0]?.failure?.code).toBe(code);
    }
  });

  it('a redirect is followed, once', async () => {
    const bench = await against(FAULT('redirect: /elsewhere'));
    await bench.untilEvents(5);
    expect((await bench.journal('redirect'))[0]).toMatchObject({ status: 307 });
  });
});

describe('a stream that is wrong', () => {
  it('silence: only the stall timeout notices', async () => {
    const bench = await against(FAULT('stall: forever', 'event: 3', 'attempt: 1'), {
      reconnect: {
        ...DEFAULT_RECONNECT,
        initialDelayMs: 1,
        floorMs: 1,
        maxDelayMs: 10,
        stallTimeoutMs: 150,
      },
    });
    await bench.outcome;
    expect((await bench.journal('attempt-end'))[0]).toMatchObject({ failure: { code: 'stalled' } });
    expect(await events(bench)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('a trickle: every byte comes', async () => {
    const bench = await against(FAULT('trickle: 2kb/s'));
    await bench.outcome;
    expect(await events(bench)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('lost, doubled and swapped events are recorded as they came', async () => {
    const script =
      'faults:\n  - drop:\n    event: 2\n  - duplicate:\n    event: 3\n  - reorder: swap\n    event: 4\n';
    const bench = await against(script);
    await bench.untilEvents(5);
    expect(await events(bench)).toEqual(['1', '3', '3', '5', '4']);
  });

  it('a long line is cut up at the limit and not kept in memory whole', async () => {
    const bench = await against(FAULT('endless-line: 200kb', 'event: 2', 'attempt: 1'));
    await bench.untilEvents(4);
    expect(bench.log.wireBytes).toBeGreaterThan(200 * 1024);
  });
});
