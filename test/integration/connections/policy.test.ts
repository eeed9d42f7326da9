import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, connected, serve, SESSION } from './bench.ts';
import { headerOf, STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const fast = { initialDelayMs: 1, floorMs: 1, maxDelayMs: 10 } as const;
const status = (code: number, ...headers: string[]) =>
  [`HTTP/1.1 ${code} X`, 'Content-Length: 0', ...headers, '', ''].join('\r\n');

describe('resilient', () => {
  it('retry-after: asks again when the server said, and then as usual', async () => {
    const server = await serve((call) => {
      if (call.number === 1) call.end(status(503, 'Retry-After: 0'));
      else call.write(`${STREAM_HEAD}data: a\n\n`);
    });
    const bench = connected(server.origin, { reconnect: { preset: 'resilient', ...fast } });
    await bench.untilEvents(1);
    expect(await bench.journal('retry-scheduled')).toMatchObject([{ delayMs: 1, source: 'retry-after' }]);
    expect((await bench.journal('attempt-end'))[0]).toMatchObject({ how: 'refused' });
  });

  it('204-stops: a 204 that comes later ends it for good', async () => {
    const server = await serve((call) =>
      call.number === 1 ? call.end(`${STREAM_HEAD}data: a\n\n`) : call.end(status(204)),
    );
    const bench = connected(server.origin, { reconnect: { preset: 'resilient', ...fast } });
    expect(await bench.outcome).toBe('failed');
    expect(server.calls).toHaveLength(2);
  });

  it('gives up when it was asked to', async () => {
    const server = await serve((call) => call.end(status(500)));
    const bench = connected(server.origin, {
      reconnect: { preset: 'resilient', ...fast, giveUpAttempts: 2 },
    });
    expect(await bench.outcome).toBe('failed');
    expect(server.calls).toHaveLength(3);
    expect(bench.status.reason).toContain('Gave up after 2 attempts to reconnect without an event');
  });
});

it('non-200: a browser asks no status again', async () => {
  const server = await serve((call) => call.end(status(503, 'Retry-After: 0')));
  const bench = connected(server.origin, { reconnect: { preset: 'browser', ...fast } });
  expect(await bench.outcome).toBe('failed');
  expect(server.calls).toHaveLength(1);
});

it('one answer is complete at its terminator, even when the connection is reset afterwards', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: {"a":1}\n\ndata: [DONE]\n\n`));
  const bench = connected(server.origin, { method: 'POST' });
  await bench.untilEvents(2);
  (await server.call(1)).reset();
  expect(await bench.outcome).toBe('ended');
  expect(bench.status.reason).toContain('The answer is complete');
});

it('dropping the connection closes the socket, resumes with the last id, and says what was missed', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.write(`${STREAM_HEAD}id: 1\ndata: a\n\nid: 2\ndata: b\n\n`);
    else call.write(`${STREAM_HEAD}id: 2\ndata: b\n\nid: 5\ndata: c\n\n`);
  });
  const bench = connected(server.origin);
  await bench.untilEvents(2);
  bench.service.steer(SESSION, { kind: 'drop' });
  await (
    await server.call(1)
  ).closed.passed;
  expect(headerOf(await server.call(2), 'last-event-id')).toBe('2');
  await bench.untilEvents(4);
  expect((await bench.journal('attempt-end'))[0]).toMatchObject({
    how: 'failed',
    failure: { code: 'dropped' },
  });
  expect(await bench.journal('steered')).toMatchObject([{ by: 'user', action: 'drop' }]);
  expect(await bench.journal('resume-report')).toMatchObject([
    { attempt: 2, afterId: '2', missing: 2, gaps: [[3, 4]], repeated: 1 },
  ]);
});

it('id-reset: the user can choose the id that is sent, or none', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}id: ${call.number + 40}\ndata: a\n\n`));
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  bench.service.steer(SESSION, { kind: 'set-last-event-id', lastEventId: 'mine' });
  bench.service.reconnectNow(SESSION);
  expect(headerOf(await server.call(2), 'last-event-id')).toBe('mine');
  await bench.untilEvents(2);
  bench.service.steer(SESSION, { kind: 'set-last-event-id', lastEventId: '' });
  bench.service.reconnectNow(SESSION);
  expect(headerOf(await server.call(3), 'last-event-id')).toBeUndefined();
});

it('a pause keeps the connection from coming back until it ends', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  bench.service.steer(SESSION, { kind: 'pause' });
  (await server.call(1)).end();
  await bench.until((status) => status.state === 'waiting' && status.paused);
  expect(server.calls).toHaveLength(1);
  bench.service.steer(SESSION, { kind: 'resume' });
  await bench.untilEvents(2);
});

describe('half-open: a server that says nothing more', () => {
  it('is left when the time for silence is over, and asked again', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}id: 3\ndata: a\n\n`));
    const bench = connected(server.origin, { reconnect: { preset: 'auto', ...fast, stallTimeoutMs: 50 } });
    expect(headerOf(await server.call(2), 'last-event-id')).toBe('3');
    expect((await bench.journal('attempt-end'))[0]).toMatchObject({
      failure: { code: 'stalled', message: 'Stalled: nothing for 50 ms, not even a comment.' },
    });
  });

  it('before its answer is left when the time for an answer is over', async () => {
    const server = await serve(() => {});
    const bench = connected(server.origin, { reconnect: { preset: 'auto', ...fast, headTimeoutMs: 50 } });
    await server.call(2);
    expect((await bench.journal('attempt-end'))[0]).toMatchObject({ failure: { code: 'timeout' } });
  });

  it('sleep/wake: after the machine woke up is found out', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}id: 3\ndata: a\n\n`));
    const bench = connected(server.origin, { reconnect: { preset: 'auto', ...fast, wakeGraceMs: 50 } });
    await bench.untilEvents(1);
    bench.service.systemChanged('woke');
    expect(headerOf(await server.call(2), 'last-event-id')).toBe('3');
    expect(await bench.journal('steered')).toMatchObject([{ by: 'system', action: 'probe' }]);
  });
});

it('the time in all ends a connection that is open', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
  const bench = connected(server.origin, { reconnect: { preset: 'auto', ...fast, totalTimeMs: 50 } });
  expect(await bench.outcome).toBe('ended');
  expect(bench.status.reason).toBe('The total time of 50 ms is over');
});
