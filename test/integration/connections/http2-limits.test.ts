import http2, { constants } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/shared/connection/limits.ts';
import { DEFAULT_TRANSPORT } from '../../../src/shared/connection/transport.ts';
import { LOCALHOST_CERTIFICATE, startHttp2Server, type Http2Server } from '../../support/http2-server.ts';
import { afterTest, cleanUp, connected, serve } from './bench.ts';

afterEach(cleanUp);

const certificates = LOCALHOST_CERTIFICATE;
const STREAM = { ':status': 200, 'content-type': 'text/event-stream' };

async function serveHttp2(...args: Parameters<typeof startHttp2Server>): Promise<Http2Server> {
  const server = await startHttp2Server(...args);
  afterTest(() => server.close());
  return server;
}

it('http2-reset-goaway: a reset with NO_ERROR before the end is no clean end', async () => {
  const server = await serveHttp2((stream) => {
    stream.respond(STREAM);
    stream.write('data: a\n\n');
    if (server.streams.length > 1) return;
    // Node ends the body in good order before it resets, unless it is kept from it.
    stream.end = () => stream;
    setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), 20);
  });
  const bench = connected(server.origin, { certificates });
  await bench.untilEvents(2);
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'http2', cause: 'NO_ERROR' } });
  expect(end?.failure?.message).toContain('did not say that the answer is complete');
});

it('speaks HTTP/2 in the clear to a server that is known to speak it', async () => {
  const server = http2.createServer();
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    stream.respond(STREAM);
    stream.write('data: a\n\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterTest(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  const bench = connected(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    transport: { ...DEFAULT_TRANSPORT, httpVersion: '2' },
  });
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head).toMatchObject({ httpVersion: '2', exchange: { tls: null } });
});

it('takes a head up to the limit of the endpoint, and says which limit a longer one meets', async () => {
  const server = await serveHttp2((stream) => {
    stream.respond({ ...STREAM, 'x-long': 'x'.repeat(4096) });
    stream.write('data: a\n\n');
  });
  const roomy = connected(server.origin, { certificates });
  await roomy.untilEvents(1);
  const tight = connected(server.origin, {
    certificates,
    limits: { ...DEFAULT_LIMITS, maxHeadBytes: 4096 },
  });
  const status = await tight.until(({ failure }) => failure !== null);
  expect(status.failure).toMatchObject({ code: 'limit' });
  expect(status.failure?.message).toContain('raise the limit under Limits');
});

it('ends a flood of informational responses over HTTP/2', async () => {
  const server = await serveHttp2((stream) => {
    for (let sent = 0; sent < 200; sent += 1) stream.additionalHeaders({ ':status': 103 });
  });
  const bench = connected(server.origin, { certificates });
  const status = await bench.until(({ failure }) => failure !== null);
  expect(status.failure).toMatchObject({ code: 'limit' });
  expect(status.failure?.message).toContain('more than 100 informational responses');
});

it('ends a flood of informational responses over HTTP/1.1', async () => {
  const server = await serve((call) => call.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200)));
  const bench = connected(server.origin);
  const status = await bench.until(({ failure }) => failure !== null);
  expect(status.failure).toMatchObject({ code: 'limit' });
});
