/** Servers that send more than anybody can want, over real sockets: what they cost is bounded, and the policy decides what follows. */
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type LimitSpec } from '../../../src/shared/connection/limits.ts';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { afterTest, cleanUp, connected, serve, SESSION } from './bench.ts';
import { CHUNKED_HEAD, headerOf, STREAM_HEAD, type RawCall } from './raw-server.ts';

afterEach(cleanUp);

const KIB = 1024;
const MIB = 1024 * KIB;
const SLOW = { ...DEFAULT_RECONNECT, initialDelayMs: 60_000 };
const limits = (changes: Partial<LimitSpec>): LimitSpec => ({ ...DEFAULT_LIMITS, ...changes });

/** Writes `part` as fast as the socket takes it, `times` over, or for as long as the other side is there. */
function flood(call: RawCall, part: string | Uint8Array, times = Infinity): Promise<void> {
  return new Promise((resolve) => {
    let left = times;
    let pump = setImmediate(function more() {
      for (let writes = 0; writes < 64 && left > 0 && !call.writableNeedDrain; writes += 1, left -= 1)
        call.write(part);
      if (left > 0) pump = setImmediate(more);
      else resolve();
    });
    const stop = () => clearImmediate(pump);
    afterTest(stop);
    void call.closed.passed.then(stop);
  });
}

/** What the process holds beyond `before`, at the worst moment until the returned function is called. */
function watchPeak(): () => number {
  const held = () => {
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    return heapUsed + Math.max(arrayBuffers, external);
  };
  const before = held();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, held())), 10);
  afterTest(() => clearInterval(timer));
  return () => {
    clearInterval(timer);
    return Math.max(peak, held()) - before;
  };
}

describe('a line that never ends', () => {
  it('#38 never-ending-line: fails the attempt at the limit, keeps what came, and connects again', async () => {
    const server = await serve((call) => {
      call.write(`${STREAM_HEAD}id: 7\ndata: first\n\ndata: `);
      void flood(call, 'x'.repeat(64 * KIB));
    });
    const peak = watchPeak();
    const bench = connected(server.origin, { limits: limits({ maxEventBytes: 4 * MIB }) });
    const again = await server.call(2);
    expect(headerOf(again, 'last-event-id')).toBe('7');
    await server.call(3);
    bench.stop();
    await (
      await server.call(1)
    ).closed.passed;
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ how: 'failed', failure: { code: 'limit' } });
    expect(end?.failure?.message).toContain('longer than 4 MiB');
    expect(end?.failure?.message).toContain('raise the limit under Limits');
    expect(end?.bodyBytes).toBeGreaterThan(4 * MIB);
    expect(end?.bodyBytes).toBeLessThan(8 * MIB);
    expect(bench.log.counts.events).toBeGreaterThanOrEqual(2);
    expect(peak()).toBeLessThan(256 * MIB);
  });

  it('of one answer is final', async () => {
    const server = await serve((call) => {
      call.write(`${STREAM_HEAD}data: `);
      void flood(call, 'x'.repeat(64 * KIB));
    });
    const bench = connected(server.origin, { method: 'POST', limits: limits({ maxEventBytes: MIB }) });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code: 'limit' });
    await (
      await server.call(1)
    ).closed.passed;
    expect(server.calls).toHaveLength(1);
  });

  it('is read on, in pieces, where that was asked for, and events after it are read', async () => {
    const server = await serve((call) => {
      call.write(`${STREAM_HEAD}data: `);
      void flood(call, 'x'.repeat(64 * KIB), 64).then(() => call.write('\n\ndata: fine\n\n'));
    });
    const bench = connected(server.origin, { limits: limits({ maxEventBytes: MIB, longEvent: 'keep' }) });
    await bench.untilEvents(1);
    expect((await bench.kinds()).filter((kind) => kind === 'oversize')).toHaveLength(5);
    expect(await bench.journal('capture-notice')).toMatchObject([{ code: 'oversize' }]);
    expect(bench.status.state).toBe('open');
  });
});

describe('long events', () => {
  it('#36 huge-line: two halves of 5 MiB are one event', async () => {
    const half = 'x'.repeat(5 * MIB);
    const server = await serve((call) => {
      call.write(`${STREAM_HEAD}data: ${half}`);
      call.write(`${half}\n\n`);
    });
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    expect(bench.log.wireBytes).toBe(10 * MIB + 8);
  });

  it('#37 huge-line-tiny-chunks: 64 MiB in chunks of 16 bytes are one event, in bounded memory', async () => {
    const chunk = `10\r\n${'0123456789abcdef'}\r\n`;
    const chunks = (64 * MIB) / 16;
    const each = 4096;
    const server = await serve((call) => {
      call.write(`${CHUNKED_HEAD}6\r\ndata: \r\n`);
      void flood(call, chunk.repeat(each), chunks / each).then(() => call.end('2\r\n\n\n\r\n0\r\n\r\n'));
    });
    const peak = watchPeak();
    const bench = connected(server.origin, { method: 'POST' });
    expect(await bench.outcome).toBe('ended');
    expect(await bench.kinds()).toContain('event');
    expect(bench.log.counts).toMatchObject({ events: 1, bodyBytes: 64 * MIB + 8 });
    expect(await bench.journal('attempt-end')).toMatchObject([{ how: 'end-of-stream' }]);
    // The event's bytes, its text, its data, the log that this test keeps in memory, and doubling on the way.
    expect(peak()).toBeLessThan(1024 * MIB);
  }, 240_000);

  it('#39 empty-data-line-flood: a million empty data lines are one event', async () => {
    const server = await serve((call) => {
      call.write(STREAM_HEAD);
      void flood(call, 'data:\n'.repeat(1000), 1000).then(() => call.write('\n'));
    });
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    expect(bench.log.wireBytes).toBe(6_000_001);
  });

  it('#39 empty-data-line-flood: one that never ends meets the limit', async () => {
    const server = await serve((call) => {
      call.write(STREAM_HEAD);
      void flood(call, 'data:\n'.repeat(1000));
    });
    const bench = connected(server.origin, { limits: limits({ maxEventBytes: MIB }), reconnect: SLOW });
    const { failure } = await bench.until((status) => status.state === 'waiting');
    expect(failure).toMatchObject({ code: 'limit' });
    expect(bench.log.wireBytes).toBeLessThan(4 * MIB);
  });

  it('#40 many-small-events: ten thousand in one write keep their order', async () => {
    const body = Array.from({ length: 10_000 }, (_, at) => `data: ${at}\n\n`).join('');
    const server = await serve((call) => call.write(STREAM_HEAD + body));
    const bench = connected(server.origin);
    await bench.untilEvents(10_000);
    expect((await bench.text()) === body).toBe(true);
  });
});

describe('a head', () => {
  const million = `X-Long: ${'x'.repeat(1_000_000)}\r\n`;
  const many = Array.from({ length: 50_000 }, (_, at) => `X-${at}: ${at}\r\n`).join('');

  it.each([
    ['of a million bytes in one header', million],
    ['of fifty thousand headers', many],
  ])('%s meets the limit, and the policy decides what follows', async (_what, headers) => {
    const server = await serve((call) => call.write(STREAM_HEAD.replace('\r\n', `\r\n${headers}`)));
    const bench = connected(server.origin, { reconnect: SLOW });
    const { failure } = await bench.until((status) => status.state === 'waiting');
    expect(failure).toMatchObject({ code: 'limit', cause: 'UND_ERR_HEADERS_OVERFLOW' });
    expect(failure?.message).toContain('raise the limit under Limits');
    await (
      await server.call(1)
    ).closed.passed;
  });

  it('that never ends meets it as well, in bounded memory', async () => {
    const server = await serve((call) => {
      call.write('HTTP/1.1 200 OK\r\n');
      void flood(call, `X-More: ${'x'.repeat(1000)}\r\n`);
    });
    const peak = watchPeak();
    const bench = connected(server.origin, { reconnect: SLOW });
    const { failure } = await bench.until((status) => status.state === 'waiting');
    expect(failure).toMatchObject({ code: 'limit' });
    expect(peak()).toBeLessThan(64 * MIB);
  });

  it('of a million bytes is taken where the limit allows it', async () => {
    const server = await serve((call) =>
      call.write(`${STREAM_HEAD.replace('\r\n', `\r\n${million}`)}data: a\n\n`),
    );
    const bench = connected(server.origin, { limits: limits({ maxHeadBytes: 2 * MIB }) });
    await bench.untilEvents(1);
    const [head] = await bench.journal('response-head');
    expect(head?.headers[0]?.[1]).toHaveLength(1_000_000);
  });
});

it('keeps of a refused answer what the limit says', async () => {
  const server = await serve((call) => {
    call.write('HTTP/1.1 500 No\r\nContent-Type: text/html\r\n\r\n');
    void flood(call, 'x'.repeat(KIB));
  });
  const bench = connected(server.origin, { limits: limits({ maxRefusedBytes: 8 * KIB }) });
  expect(await bench.outcome).toBe('failed');
  await (
    await server.call(1)
  ).closed.passed;
  expect(bench.log.wireBytes).toBeGreaterThanOrEqual(8 * KIB);
  expect(bench.log.wireBytes).toBeLessThan(MIB);
});

it('takes a limit that was changed for the next attempt', async () => {
  const event = `data: ${'x'.repeat(8 * KIB)}\n\n`;
  const server = await serve((call) => call.write(STREAM_HEAD + event));
  const bench = connected(server.origin, { limits: limits({ maxEventBytes: 4 * KIB }), reconnect: SLOW });
  await bench.until((status) => status.failure?.code === 'limit');
  bench.change({ limits: limits({ maxEventBytes: 16 * KIB }) });
  bench.service.reconnectNow(SESSION);
  await bench.untilEvents(1);
});
