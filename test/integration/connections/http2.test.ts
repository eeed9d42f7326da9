import { constants, type ServerHttp2Stream } from 'node:http2';
import { afterEach, expect, it } from 'vitest';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';
import { DEFAULT_TRANSPORT } from '../../../src/shared/connection/transport.ts';
import { createUndiciHttpPort } from '../../../src/main/connections/undici-http-port.ts';
import { LOCALHOST_CERTIFICATE, startHttp2Server, type Http2Server } from '../../support/http2-server.ts';
import { afterTest, cleanUp, clock, connected, serve } from './bench.ts';
import { STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const certificates = LOCALHOST_CERTIFICATE;
const STREAM = { ':status': 200, 'content-type': 'text/event-stream' };

async function serveHttp2(...args: Parameters<typeof startHttp2Server>): Promise<Http2Server> {
  const server = await startHttp2Server(...args);
  afterTest(() => server.close());
  return server;
}

const talk = (stream: ServerHttp2Stream) => {
  stream.respond(STREAM);
  stream.write('data: a\n\n');
};

it('speaks HTTP/2 where the server offers it, and tells the header list, the stream and what was agreed on', async () => {
  const server = await serveHttp2(talk);
  const bench = connected(`${server.origin}/events?x=1`, {
    certificates,
    headers: [
      { name: 'X-Name', value: 'Zoë', enabled: true },
      { name: 'Authorization', value: 'Bearer sesame', enabled: true },
    ],
  });
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head?.httpVersion).toBe('2');
  expect(head?.remoteAddress).toBe(`127.0.0.1:${server.port}`);
  expect(head?.exchange).toMatchObject({
    streamId: 1,
    reused: false,
    tls: { version: 'TLSv1.3', alpn: 'h2', serverName: 'localhost', verified: true, problem: '' },
  });
  const sent = head?.exchange?.sent?.head ?? '';
  expect(sent).toMatch(
    /^:method: GET\n:scheme: https\n:authority: localhost:\d+\n:path: \/events\?x=1\nx-name: Zoë\nauthorization: Bearer \(hidden: 6 characters\)\n/,
  );
  expect(sent).not.toMatch(/^(?:connection|host):/im);
});

it('keeps the bytes of a body that was sent over HTTP/2', async () => {
  const server = await serveHttp2(talk);
  const bench = connected(server.origin, { certificates, method: 'POST', body: bodyOfText('{"a":"é"}') });
  await bench.untilEvents(1);
  expect((await bench.journal('response-head'))[0]?.exchange?.sent).toMatchObject({
    body: '{"a":"é"}',
    bodyBytes: 10,
  });
});

it('uses HTTP/1.1 over TLS when the endpoint says so', async () => {
  const server = await serveHttp2(talk, {}, (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: a\n\n');
  });
  const bench = connected(server.origin, {
    certificates,
    transport: { ...DEFAULT_TRANSPORT, httpVersion: '1.1' },
  });
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head?.httpVersion).toBe('1.1');
  expect(head?.exchange?.tls?.alpn).toBe('http/1.1');
});

it('six-connections: opens 50 streams to one host at once, over one connection', async () => {
  const server = await serveHttp2(talk);
  const http = createUndiciHttpPort({ nowMs: clock.nowMs, certificates });
  const benches = Array.from({ length: 50 }, () => connected(server.origin, { http }));
  await Promise.all(benches.map((bench) => bench.untilEvents(1)));
  expect(server.streams).toHaveLength(50);
  expect(server.sessions).toHaveLength(1);
  const heads = await Promise.all(benches.map(async (bench) => (await bench.journal('response-head'))[0]));
  expect(heads.filter((head) => head?.exchange?.reused === false)).toHaveLength(1);
  const closed = new Promise((resolve) => server.sessions[0]?.once('close', resolve));
  for (const bench of benches) bench.stop();
  await closed;
});

it('opens another connection when the server takes no more streams on one', async () => {
  const server = await serveHttp2(talk, { maxConcurrentStreams: 10 });
  const http = createUndiciHttpPort({ nowMs: clock.nowMs, certificates });
  const benches = Array.from({ length: 25 }, () => connected(server.origin, { http }));
  await Promise.all(benches.map((bench) => bench.untilEvents(1)));
  expect(server.sessions).toHaveLength(3);
});

it.each([
  ['INTERNAL_ERROR', constants.NGHTTP2_INTERNAL_ERROR],
  ['CANCEL', constants.NGHTTP2_CANCEL],
  ['REFUSED_STREAM', constants.NGHTTP2_REFUSED_STREAM],
])(
  'http2-reset-goaway: RST_STREAM with %s ends an attempt by its name, and another one follows',
  async (name, code) => {
    const server = await serveHttp2((stream) => {
      talk(stream);
      if (server.streams.length > 1) return;
      // Node ends the body in good order before it resets, unless it is kept from it.
      stream.end = () => stream;
      setTimeout(() => stream.close(code), 20);
    });
    const bench = connected(server.origin, { certificates });
    await bench.untilEvents(2);
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ how: 'failed', failure: { code: 'http2', cause: name } });
    expect(end?.failure?.message).toContain(`RST_STREAM, ${name}`);
  },
);

it.each([
  ['NO_ERROR', constants.NGHTTP2_NO_ERROR],
  ['ENHANCE_YOUR_CALM', constants.NGHTTP2_ENHANCE_YOUR_CALM],
])(
  'http2-reset-goaway: GOAWAY with %s ends an attempt by its name, and another one follows',
  async (name, code) => {
    const server = await serveHttp2((stream) => {
      talk(stream);
      if (server.streams.length > 1) return;
      setTimeout(() => {
        stream.session?.goaway(code);
        setTimeout(() => stream.session?.destroy(), 20);
      }, 20);
    });
    const bench = connected(server.origin, { certificates });
    await bench.untilEvents(2);
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ how: 'failed', failure: { code: 'http2', cause: `GOAWAY ${name}` } });
    expect(server.sessions).toHaveLength(2);
  },
);

it('http2-reset-goaway: a connection that closes without a word is a stream that broke off', async () => {
  const server = await serveHttp2(talk);
  const bench = connected(server.origin, { certificates });
  await bench.untilEvents(1);
  server.drop();
  await bench.untilEvents(2);
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'truncated' } });
});

it('abort-really-closes: stopping resets the stream with CANCEL and leaves the others alone', async () => {
  const server = await serveHttp2(talk);
  const http = createUndiciHttpPort({ nowMs: clock.nowMs, certificates });
  const [one, other] = [connected(server.origin, { http }), connected(server.origin, { http })];
  await Promise.all([one.untilEvents(1), other.untilEvents(1)]);
  const closed = Promise.race(
    server.streams.map(
      (stream) => new Promise<number>((resolve) => stream.once('close', () => resolve(stream.rstCode))),
    ),
  );
  one.stop();
  expect(await closed).toBe(constants.NGHTTP2_CANCEL);
  const left = server.streams.find((stream) => !stream.closed);
  left?.write('data: b\n\n');
  await other.untilEvents(2);
});

it('keeps early hints and trailers', async () => {
  const server = await serveHttp2((stream) => {
    stream.additionalHeaders({ ':status': 103, link: '</a>; rel=preload' });
    stream.respond(STREAM, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-count': '1' }));
    stream.end('data: a\n\n');
  });
  const bench = connected(server.origin, { certificates });
  await bench.until(({ attempt }) => attempt >= 2);
  const [end] = await bench.journal('attempt-end');
  expect(end?.how).toBe('end-of-stream');
  expect(end?.exchange?.informational).toMatchObject([
    { status: 103, headers: [['link', '</a>; rel=preload']] },
  ]);
  expect(end?.exchange?.trailers).toEqual([['x-count', '1']]);
});

it('sends a body over HTTP/2', async () => {
  const server = await serveHttp2((stream) => {
    let body = '';
    stream.on('data', (part: Buffer) => (body += part.toString()));
    stream.on('end', () => {
      stream.respond(STREAM);
      stream.end(`data: ${body}\n\n`);
    });
  });
  const bench = connected(server.origin, { certificates, method: 'POST', body: bodyOfText('{"a":"é"}') });
  expect(await bench.outcome).toBe('ended');
  expect(await bench.text()).toBe('data: {"a":"é"}\n\n');
});

it('says that what answers is not HTTP/2 when nothing else is asked for', async () => {
  const server = await serve((call) => call.write(STREAM_HEAD));
  const bench = connected(server.origin, {
    transport: { ...DEFAULT_TRANSPORT, httpVersion: '2' },
  });
  await bench.until(({ attempt }) => attempt >= 2);
  const [end] = await bench.journal('attempt-end');
  expect(end?.failure).toMatchObject({ code: 'http2' });
  expect(end?.failure?.message).toContain('is not valid HTTP/2');
});
