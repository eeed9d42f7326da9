import { afterEach, expect, it } from 'vitest';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { cleanUp, connected, serve } from './bench.ts';
import { chunked, CHUNKED_HEAD, headerOf, startRawServer, STREAM_HEAD, type RawCall } from './raw-server.ts';

afterEach(cleanUp);

it('#47 eof-is-not-done: connects again after a clean end and sends the last event ID that was committed', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.end(`${STREAM_HEAD}id: 7\ndata: a\n\nid: 8\ndata: lost`);
    else call.write(`${STREAM_HEAD}data: b\n\n`);
  });
  const bench = connected(`${server.origin}/events`);
  await bench.untilEvents(2);
  const second = await server.call(2);
  expect(headerOf(server.calls[0] as RawCall, 'last-event-id')).toBeUndefined();
  expect(headerOf(second, 'last-event-id')).toBe('7');
  expect(await bench.kinds()).toEqual([
    'attempt-start',
    'response-head',
    'event',
    'incomplete',
    'attempt-end',
    'retry-scheduled',
    'attempt-start',
    'response-head',
    'event',
  ]);
  const [, start] = await bench.journal('attempt-start');
  expect(start).toMatchObject({ attempt: 2, lastEventId: '7', why: 'Reconnect after the stream ended' });
  expect(bench.status).toMatchObject({ state: 'open', attempt: 2, lastEventId: '7' });
});

it('#20 id-non-ascii-header: sends an ID outside ASCII as its UTF-8 bytes', async () => {
  const server = await serve((call) =>
    call.number === 1 ? call.end(`${STREAM_HEAD}id: …豆\ndata: a\n\n`) : call.write(STREAM_HEAD),
  );
  connected(server.origin);
  const sent = headerOf(await server.call(2), 'last-event-id');
  expect(Buffer.from(sent ?? '', 'latin1').toString('hex')).toBe('e280a6e8b186');
});

it('leaves out an ID that no header can carry and goes on', async () => {
  const server = await serve((call) =>
    call.number === 1 ? call.end(`${STREAM_HEAD}id: a\u0001b\ndata: a\n\n`) : call.write(STREAM_HEAD),
  );
  const bench = connected(server.origin);
  expect(headerOf(await server.call(2), 'last-event-id')).toBeUndefined();
  await bench.until((status) => status.state === 'open' && status.attempt === 2);
  const [, start] = await bench.journal('attempt-start');
  expect(start?.why).toContain('U+0001');
  expect(bench.status.lastEventId).toBe('a\u0001b');
});

it('waits as long as the server asks, from the moment of the retry line on', async () => {
  const server = await serve((call) => {
    if (call.number === 1) call.end(`${STREAM_HEAD}retry: 123\n`);
    else call.write(STREAM_HEAD);
  });
  const bench = connected(server.origin, {
    reconnect: { ...DEFAULT_RECONNECT, initialDelayMs: 60_000, floorMs: 1 },
  });
  const waiting = await bench.until((status) => status.state === 'waiting');
  expect(waiting).toMatchObject({ retryMs: 123, waiting: { delayMs: 123, source: 'server-retry' } });
  await server.call(2);
  expect(await bench.journal('retry-scheduled')).toMatchObject([{ delayMs: 123, source: 'server-retry' }]);
});

it('#7 bom-per-connection: strips a byte order mark on every connection', async () => {
  const server = await serve((call) => {
    call.write(STREAM_HEAD);
    if (call.number === 1) call.end('\uFEFFdata: a\n\n');
    else call.write('\uFEFFdata: b\n\n');
  });
  const bench = connected(server.origin);
  await bench.untilEvents(2);
  expect(bench.log.counts.events).toBe(2);
});

it('connects again after a reset in the middle of a chunked stream, and keeps what came', async () => {
  const server = await serve((call) => {
    call.write(CHUNKED_HEAD + chunked(`data: ${call.number}\n\n`));
  });
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  (await server.call(1)).reset();
  await bench.untilEvents(2);
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'reset', cause: 'ECONNRESET' }, bodyBytes: 9 });
  expect(await bench.text()).toBe('data: 1\n\ndata: 2\n\n');
});

it('takes a reset for a failure also where the length of the body is not known', async () => {
  const server = await serve((call) => {
    call.write(`${STREAM_HEAD}data: ${call.number}\n\n`);
  });
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  (await server.call(1)).reset();
  await bench.untilEvents(2);
  expect((await bench.journal('attempt-end'))[0]).toMatchObject({
    how: 'failed',
    failure: { code: 'reset' },
  });
});

it.each([
  ['a chunked body without its last chunk', CHUNKED_HEAD + chunked('data: a\n\n')],
  [
    'a body shorter than its Content-Length',
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: a\n\n',
  ],
  ['a chunk size that is none', `${CHUNKED_HEAD}${chunked('data: a\n\n')}zz\r\n`],
])('types %s as truncated, keeps the events and connects again', async (_name, answer) => {
  const server = await serve((call) => {
    if (call.number === 1) call.end(answer);
    else call.write(STREAM_HEAD);
  });
  const bench = connected(server.origin);
  await server.call(2);
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'truncated' }, bodyBytes: 9 });
  expect(bench.log.counts.events).toBe(1);
});

it('finds a server that comes back after it was away', async () => {
  const first = await startRawServer((call) => call.end(`${STREAM_HEAD}id: 1\ndata: a\n\n`));
  const bench = connected(`http://127.0.0.1:${first.port}/`);
  await bench.untilEvents(1);
  await first.close();
  await bench.until((status) => status.failure?.code === 'refused');
  await serve((call) => call.write(`${STREAM_HEAD}data: ${headerOf(call, 'last-event-id')}\n\n`), first.port);
  await bench.untilEvents(2);
  expect(await bench.text()).toContain('data: 1\n\n');
  const refused = (await bench.journal('attempt-end')).find((end) => end.failure?.code === 'refused');
  expect(refused?.failure).toMatchObject({ cause: 'ECONNREFUSED' });
  expect(refused?.failure?.message).toContain('Nothing listens at 127.0.0.1');
});

it('#46 json-error-as-sse: backs off while a server answers 200 and brings no event', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}{"message":"wrong"}`));
  const bench = connected(server.origin, {
    reconnect: { preset: 'auto', initialDelayMs: 2, floorMs: 1, maxDelayMs: 8 },
  });
  await server.call(5);
  expect((await bench.journal('retry-scheduled')).slice(0, 4).map((entry) => entry.delayMs)).toEqual([
    2, 4, 8, 8,
  ]);
});

it('#62 content-length-sse: counts a Content-Length that is met as a clean end', async () => {
  const server = await serve((call) =>
    call.number === 1
      ? call.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n',
        )
      : call.write(STREAM_HEAD),
  );
  const bench = connected(server.origin);
  await server.call(2);
  expect((await bench.journal('attempt-end'))[0]).toMatchObject({ how: 'end-of-stream', wireBytes: 9 });
});
