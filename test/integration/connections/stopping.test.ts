import { afterEach, describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { afterTest, cleanUp, connected, serve, SESSION, stalled } from './bench.ts';
import { gate } from './gate.ts';
import { headerOf, STREAM_HEAD, type RawCall } from './raw-server.ts';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';

afterEach(cleanUp);

const SLOW = { ...DEFAULT_RECONNECT, initialDelayMs: 60_000 };

/** Writes as fast as the socket takes it, for as long as the other side is there. */
function flood(call: RawCall, part: Uint8Array): void {
  call.write(STREAM_HEAD);
  let pump = setImmediate(function more() {
    for (let writes = 0; writes < 64 && !call.writableNeedDrain; writes += 1) call.write(part);
    pump = setImmediate(more);
  });
  const stop = () => clearImmediate(pump);
  afterTest(stop);
  void call.closed.passed.then(stop);
}

describe('stop', () => {
  it('#50 close-while-headers-pending: while the head is still awaited closes the socket, and nothing opens', async () => {
    const server = await serve(() => {});
    const bench = connected(server.origin);
    const call = await server.call(1);
    bench.stop();
    expect(bench.status).toMatchObject({ state: 'closed', reason: 'You stopped it' });
    await call.closed.passed;
    expect(await bench.outcome).toBe('stopped');
    expect(bench.statuses.map((status) => status.state)).toEqual(['connecting', 'closed']);
    expect(await bench.kinds()).toEqual(['attempt-start', 'attempt-end', 'connection-closed']);
  });

  it('before the socket is connected makes no request', async () => {
    const server = await serve(() => {});
    const bench = connected(server.origin);
    bench.stop();
    const probe = connected(server.origin);
    const first = await server.call(1);
    expect(bench.status.state).toBe('closed');
    probe.stop();
    await first.closed.passed;
    expect(server.calls).toHaveLength(1);
  });

  it('#65 abort-really-closes: while open closes the socket, keeps the unfinished frame and delivers nothing more', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\ndata: unfini`));
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    bench.stop();
    const call = await server.call(1);
    call.write('shed\n\n');
    await call.closed.passed;
    expect(await bench.kinds()).toEqual([
      'attempt-start',
      'response-head',
      'event',
      'incomplete',
      'attempt-end',
      'connection-closed',
    ]);
    expect(await bench.journal('attempt-end')).toMatchObject([{ how: 'stopped', failure: null }]);
    expect(bench.service.statusAll()).toEqual([]);
  });

  it('#49 close-during-backoff: while waiting makes no other request', async () => {
    const server = await serve((call) => call.end(STREAM_HEAD));
    const bench = connected(server.origin, { reconnect: SLOW });
    await bench.until((status) => status.state === 'waiting');
    bench.stop();
    expect(await bench.outcome).toBe('stopped');
    expect(server.calls).toHaveLength(1);
    expect(bench.service.stop(SESSION)).toBe(false);
  });

  it('answers at once under a flood', async () => {
    const server = await serve((call) => flood(call, Buffer.from('data: x\n\n'.repeat(2000))));
    const bench = connected(server.origin);
    await bench.untilEvents(20_000);
    const turn = gate();
    setTimeout(() => {
      bench.stop();
      turn.pass();
    }, 0);
    await turn.passed;
    const { events } = bench.log.counts;
    expect(bench.status.state).toBe('closed');
    await (
      await server.call(1)
    ).closed.passed;
    expect(bench.log.counts.events).toBe(events);
  });

  it('of all ends each connection as interrupted', async () => {
    const server = await serve((call) => call.write(STREAM_HEAD));
    const benches = [connected(server.origin), connected(server.origin)];
    await Promise.all(benches.map((bench) => bench.until((status) => status.state === 'open')));
    for (const bench of benches) bench.service.stopAll();
    expect(await Promise.all(benches.map((bench) => bench.outcome))).toEqual(['interrupted', 'interrupted']);
    await Promise.all(server.calls.map((call) => call.closed.passed));
  });
});

it('#64 six-connections: keeps ten streams to one host open at the same time', async () => {
  const server = await serve((call) => call.write(STREAM_HEAD));
  const benches = Array.from({ length: 10 }, () => connected(server.origin));
  await server.call(10);
  for (const call of server.calls) call.write('data: a\n\n');
  await Promise.all(benches.map((bench) => bench.untilEvents(1)));
  expect(benches.map((bench) => bench.status.state)).toEqual(Array(10).fill('open'));
});

it('connects again at once when asked to, from a wait and from an open stream', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.end(`${STREAM_HEAD}id: 5\ndata: a\n\n`);
    else call.write(STREAM_HEAD);
  });
  const bench = connected(server.origin, { reconnect: SLOW });
  await bench.until((status) => status.state === 'waiting');
  bench.service.reconnectNow(SESSION);
  const second = await server.call(2);
  await bench.until((status) => status.state === 'open');
  bench.service.reconnectNow(SESSION);
  await second.closed.passed;
  const third = await server.call(3);
  expect(headerOf(third, 'last-event-id')).toBe('5');
  expect((await bench.journal('attempt-start')).map((entry) => entry.why)).toEqual([
    'You connected',
    'You skipped the wait',
    'You asked to connect again',
  ]);
});

it('asks for what the request was changed to', async () => {
  const server = await serve((call) => call.write(STREAM_HEAD));
  const bench = connected(`${server.origin}/a`);
  await bench.until((status) => status.state === 'open');
  bench.service.update(SESSION, {
    ...BLANK_REQUEST,
    method: 'PUT',
    url: `${server.origin}/b`,
    headers: [],
    body: bodyOfText('x'),
    reconnect: SLOW,
    lastEventId: '',
  });
  bench.service.reconnectNow(SESSION);
  expect((await server.call(2)).line).toBe('PUT /b HTTP/1.1');
});

describe('a log that cannot keep up', () => {
  it('slows the server down, and takes up everything once it can again', async () => {
    const part = Buffer.from(`data: ${'x'.repeat(1000)}\n\n`);
    const server = await serve((call) => flood(call, part));
    const slow = gate();
    let reads = 0;
    const bench = connected(server.origin, {
      wrap: (recorder) => ({
        ...recorder,
        get lastEventId() {
          return recorder.lastEventId;
        },
        read(bytes, atMs) {
          reads += 1;
          return recorder.read(bytes, atMs);
        },
        drained: () => slow.passed,
      }),
    });
    await bench.until((status) => status.state === 'open');
    const call = await server.call(1);
    await stalled(call, () => reads);
    expect(bench.log.wireBytes).toBeLessThan(4 * 1024 * 1024);
    const { events } = bench.log.counts;
    slow.pass();
    await bench.untilEvents(events + 20_000);
    bench.stop();
    const text = await bench.text();
    expect(
      text ===
        part
          .toString()
          .repeat(text.length / part.length + 1)
          .slice(0, text.length),
    ).toBe(true);
  });

  it('because it failed ends the capture, says why and closes the socket', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
    const bench = connected(server.origin, {
      wrap: (recorder) => ({
        ...recorder,
        get lastEventId() {
          return recorder.lastEventId;
        },
        drained: () => Promise.reject(new Error('ENOSPC: no space left on device')),
      }),
    });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status).toMatchObject({ state: 'failed', failure: { code: 'disk' } });
    expect(bench.status.reason).toContain('no space left on device');
    await (
      await server.call(1)
    ).closed.passed;
    expect(bench.log.counts.events).toBe(1);
  });

  it('because it threw ends the capture as well', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
    const bench = connected(server.origin, {
      wrap: (recorder) => ({
        ...recorder,
        read: () => {
          throw new Error('The log is closed');
        },
      }),
    });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code: 'disk' });
    await (
      await server.call(1)
    ).closed.passed;
  });

  it('and says so while the stream is quiet ends the capture', async () => {
    const server = await serve((call) => call.write(STREAM_HEAD));
    const bench = connected(server.origin);
    await bench.until((status) => status.state === 'open');
    bench.service.storageFailed(SESSION, new Error('EIO'));
    expect(await bench.outcome).toBe('failed');
    await (
      await server.call(1)
    ).closed.passed;
  });
});

it('hides credentials before anything is recorded', async () => {
  const server = await serve((call) => call.end(STREAM_HEAD));
  const bench = connected(`http://me:hunter2@127.0.0.1:${server.port}/?api_key=abcd&x=1`, {
    method: 'POST',
    headers: [{ name: 'X-Api-Key', value: 'abcdef', enabled: true }],
  });
  await bench.outcome;
  const call = await server.call(1);
  expect(headerOf(call, 'authorization')).toBe(`Basic ${Buffer.from('me:hunter2').toString('base64')}`);
  expect(call.line).toBe('POST /?api_key=abcd&x=1 HTTP/1.1');
  const journal = JSON.stringify(await bench.log.journal());
  for (const secret of ['hunter2', 'abcd', Buffer.from('me:hunter2').toString('base64')])
    expect(journal).not.toContain(secret);
  expect(journal).toContain('api_key=(hidden-4)&x=1');
});
