/** The inputs on which clients go wrong that need a socket and are not about one subject of the other files. docs/conformance.md has the list. */
import { afterEach, expect, it } from 'vitest';
import { cleanUp, connected, serve } from './bench.ts';
import { chunked, CHUNKED_HEAD, headerOf, STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

it.each([
  ['ab ', 'ab'],
  ['\tab', 'ab'],
  ['  ', ''],
])('#22 id-edge-space: the ID %j is sent as %j, and events go on having it whole', async (id, sent) => {
  const server = await serve((call) =>
    call.number === 1
      ? call.end(`${STREAM_HEAD}id: ${id}\ndata: a\n\n`)
      : call.write(`${STREAM_HEAD}data: b\n\n`),
  );
  const bench = connected(server.origin);
  await bench.untilEvents(2);
  expect(headerOf(await server.call(2), 'last-event-id')?.trim()).toBe(sent);
  expect(bench.status.lastEventId).toBe(id);
  expect((await bench.journal('attempt-start'))[1]).toMatchObject({ lastEventId: sent, heldId: id });
});

it('#32 keepalive-only-stream: comments are counted, tell nobody anything new, and the stream stays open', async () => {
  const count = 50_000;
  const server = await serve((call) => {
    call.write(CHUNKED_HEAD);
    for (let at = 0; at < count; at += 500) call.write(chunked(':\n\n'.repeat(500)));
    call.write(chunked('data: end\n\n'));
  });
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  const kinds = await bench.kinds();
  expect(kinds.filter((kind) => kind === 'comment')).toHaveLength(count);
  expect(bench.log.counts.events).toBe(1);
  expect(bench.statuses.map((status) => status.state)).toEqual(['connecting', 'open']);
});

it.each(['first', 'second'])('#41 204-stops: as the %s answer, for good', async (which) => {
  const server = await serve((call) =>
    which === 'second' && call.number === 1
      ? call.end(`${STREAM_HEAD}data: a\n\n`)
      : call.end('HTTP/1.1 204 No Content\r\n\r\n'),
  );
  const bench = connected(server.origin);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status).toMatchObject({ state: 'failed', failure: { code: 'http-status' } });
  expect(server.calls).toHaveLength(which === 'first' ? 1 : 2);
});

it('#51 events-after-close: what comes in the same read behind the stop is not delivered', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: 1\n\n`));
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  const call = await server.call(1);
  bench.stop();
  call.write('data: 2\n\ndata: 3\n\n');
  await call.closed.passed;
  expect(await bench.outcome).toBe('stopped');
  expect(bench.log.counts.events).toBe(1);
});

it('#66 memory-24h: a hundred reconnects leave no socket, timer or listener behind', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: ${call.number}\n\n`));
  const open = () =>
    process.getActiveResourcesInfo().filter((name) => /^(TCPSocketWrap|Timeout|TLSWrap)$/.test(name)).length;
  const listeners = () =>
    process.eventNames().reduce<number>((sum, name) => sum + process.listenerCount(name), 0);
  const bench = connected(server.origin);
  await bench.untilEvents(5);
  const before = { open: open(), listeners: listeners() };
  await bench.untilEvents(105);
  bench.stop();
  await Promise.all(server.calls.map((call) => call.closed.passed));
  expect(open()).toBeLessThanOrEqual(before.open + 2);
  expect(listeners()).toBe(before.listeners);
});
