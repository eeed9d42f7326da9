/** The ways to the server behind a tap: TLS, HTTP/2, proxies; who is let in; what is kept of requests. */
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEFAULT_TRANSPORT } from '../../../src/shared/connection/transport.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY, startHttp2Server } from '../../support/http2-server.ts';
import { startHttpProxy } from '../../support/proxy-servers.ts';
import { connectRaw } from '../../support/raw-client.ts';
import { startTapStage } from '../../support/tap-stage.ts';
import { headerOf, startRawServer } from '../connections/raw-server.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Change = NonNullable<Parameters<typeof startTapStage>[1]>;
async function tapTo(origin: string, change: Change = {}, certificates: string | null = null) {
  const stage = await startTapStage(origin, change, certificates);
  open.push(stage);
  return stage;
}

async function whole(port: number, request: string): Promise<string> {
  const client = connectRaw(port);
  client.send(request);
  await client.closed;
  return client.received.toString('latin1');
}
const GET = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

test('TLS to the server, in the clear from the client; a certificate that nobody vouches for is a 502', async () => {
  const server = https.createServer(
    { cert: LOCALHOST_CERTIFICATE, key: LOCALHOST_KEY },
    (request, response) => {
      response.writeHead(200, 'Fine', [
        'Content-Type',
        'text/event-stream',
        'X-Host',
        request.headers.host ?? '',
      ]);
      response.end('data: a\n\n');
    },
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push({ close: () => new Promise((closed) => server.close(closed)) });
  const { port } = server.address() as AddressInfo;
  const trusting = await tapTo(`https://localhost:${port}`, {}, LOCALHOST_CERTIFICATE);
  expect(await whole(trusting.port, GET)).toMatch(
    new RegExp(`^HTTP/1\\.1 200 Fine\r\n.*X-Host: localhost:${port}\r\n.*data: a\n\n`, 's'),
  );
  const { journal } = await trusting.recorded();
  expect(journal[1]).toMatchObject({ kind: 'response-head', exchange: { tls: { verified: true } } });
  const strict = await tapTo(`https://localhost:${port}`, {}, '');
  expect(await whole(strict.port, GET)).toMatch(/^HTTP\/1\.1 502 .*not from an authority/s);
});

test('HTTP/2 to the server: request body, answer, trailers, and one connection for several clients', async () => {
  const bodies: string[] = [];
  const server = await startHttp2Server((stream) => {
    let body = '';
    stream.setEncoding('utf8').on('data', (part: string) => (body += part));
    stream.on('end', () => {
      bodies.push(body);
      stream.respond(
        { ':status': 200, 'content-type': 'text/event-stream', 'x-a': '1' },
        { waitForTrailers: true },
      );
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': 'abc' }));
      stream.write('data: a\n\n');
      stream.end('data: b\n\n');
    });
  });
  open.push(server);
  const transport = { ...DEFAULT_TRANSPORT, httpVersion: '2' as const };
  const stage = await tapTo(server.origin, { transport }, LOCALHOST_CERTIFICATE);
  const post =
    'POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n';
  const clients = [connectRaw(stage.port), connectRaw(stage.port)];
  for (const client of clients) client.send(post);
  for (const client of clients) {
    await client.until('x-sum: abc\r\n\r\n');
    const text = client.received.toString('latin1');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-type: text\/event-stream\r\nx-a: 1\r\n/);
    expect(text.replaceAll(/[0-9a-f]+\r\n|\r\n/g, '')).toContain('data: a\n\ndata: b\n\n');
    client.end();
    await client.closed;
  }
  expect(bodies).toEqual(['onetwo', 'onetwo']);
  const { wire, journal } = await stage.recorded();
  expect(wire).toBe('data: a\n\ndata: b\n\n');
  expect(journal[1]).toMatchObject({ kind: 'response-head', httpVersion: '2' });
});

test('an HTTP/2 connection that is lost is a reset for the client; a client that goes cancels its stream', async () => {
  const server = await startHttp2Server((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
    stream.write('data: a\n\n');
  });
  open.push(server);
  const transport = { ...DEFAULT_TRANSPORT, httpVersion: '2' as const };
  const stage = await tapTo(server.origin, { transport }, LOCALHOST_CERTIFICATE);
  const first = connectRaw(stage.port);
  first.send(GET);
  await first.until('data: a');
  server.drop();
  await first.closed;
  expect(first.error).toBe('ECONNRESET');
  const second = connectRaw(stage.port);
  second.send(GET);
  await second.until('data: a');
  const gone = new Promise((resolve) => server.streams[1]?.once('close', resolve));
  second.reset();
  await gone;
  const { journal } = await stage.recorded(1);
  expect(journal.at(-2)).toMatchObject({ kind: 'attempt-end', how: 'stopped' });
});

test('an HTTP proxy is asked for the whole address, with its credentials, which are not recorded', async () => {
  const proxy = await startHttpProxy({ credentials: 'me:proxy-secret' });
  open.push({ close: () => proxy.close() });
  const server = await startRawServer((call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
  );
  open.push(server);
  const manual = {
    ...DEFAULT_TRANSPORT.proxy,
    mode: 'manual' as const,
    url: `http://127.0.0.1:${proxy.port}`,
    username: 'me',
    password: 'proxy-secret',
  };
  const stage = await tapTo(server.origin, { transport: { ...DEFAULT_TRANSPORT, proxy: manual } });
  expect(await whole(stage.port, GET)).toMatch(/ok$/);
  const { journal } = await stage.recorded();
  expect(JSON.stringify(journal)).not.toContain('proxy-secret');
});

test('a page whose name leads here is refused; open to the network, the token is wanted and goes nowhere', async () => {
  const server = await startRawServer((call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
  );
  open.push(server);
  const local = await tapTo(server.origin);
  expect(await whole(local.port, GET.replace('localhost', 'evil.example'))).toMatch(/^HTTP\/1\.1 403 /);

  const wide = await tapTo(server.origin, { bind: '0.0.0.0' });
  const { pathname } = new URL(wide.tap.address);
  const token = pathname.slice('/~tap-'.length);
  expect(token.length).toBeGreaterThan(20);
  expect(await whole(wide.port, GET)).toMatch(/^HTTP\/1\.1 401 .*wants its token/s);
  const inPath = GET.replace('/a', `${pathname}/a`).replace(
    '\r\n\r\n',
    `\r\nReferer: http://x${pathname}/\r\n\r\n`,
  );
  expect(await whole(wide.port, inPath)).toMatch(/ok$/);
  expect(
    await whole(wide.port, GET.replace('Connection', `X-Streamscope-Tap: ${token}\r\nConnection`)),
  ).toMatch(/ok$/);
  await wide.recorded(1);
  expect(server.calls.map(({ line }) => line)).toEqual(['GET /a HTTP/1.1', 'GET /a HTTP/1.1']);
  expect(JSON.stringify(server.calls.map(({ headers }) => headers))).not.toContain(token);
  await wide.tap.stop();
  for (const name of await readdir(wide.folder, { recursive: true, withFileTypes: true })) {
    if (name.isFile())
      expect(await readFile(join(name.parentPath, name.name), 'latin1')).not.toContain(token);
  }
});

test('secrets in a passing request reach the server and not the disk', async () => {
  const server = await startRawServer((call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
  );
  open.push(server);
  const stage = await tapTo(server.origin);
  const body = '{"model":"m","api_key":"sk-in-body-1","note":"sk-header-2 again"}';
  await whole(
    stage.port,
    `POST /v1?key=sk-query-3&x=1 HTTP/1.1\r\nHost: localhost\r\nx-api-key: sk-header-2\r\nCookie: sid=sk-cookie-4\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  const [call] = server.calls;
  expect(call?.body.toString()).toBe(body);
  expect(call && headerOf(call, 'x-api-key')).toBe('sk-header-2');
  expect(call?.line).toContain('key=sk-query-3');
  await stage.recorded();
  await stage.tap.stop();
  let files = 0;
  for (const name of await readdir(stage.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    files += 1;
    expect(await readFile(join(name.parentPath, name.name), 'latin1')).not.toMatch(
      /sk-(?:in-body|header|query|cookie)-\d/,
    );
  }
  expect(files).toBeGreaterThan(3);
});

test('of a long request body the beginning is kept, without a secret that the cut runs through', async () => {
  const server = await startRawServer((call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
  );
  open.push(server);
  const stage = await tapTo(server.origin, { maxRequestBytes: 32 });
  const body = `{"a":"b","password":"${'very-secret-'.repeat(1000)}"}`;
  await whole(
    stage.port,
    `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  expect(server.calls[0]?.body.toString()).toBe(body);
  const { journal } = await stage.recorded();
  expect(journal[0]).toMatchObject({ kind: 'attempt-start', body: '{"a":"b",' });
  expect(journal[1]).toMatchObject({ kind: 'tap-mark', what: 'not-kept' });
  expect(stage.tap.exchanges()[0]).toMatchObject({ requestBytes: body.length });
});

test('a slow client slows the server, and nothing piles up in between', async () => {
  const server = await startRawServer();
  open.push(server);
  const stage = await tapTo(server.origin);
  const { connect } = await import('node:net');
  const client = connect(stage.port, '127.0.0.1');
  client.write(GET);
  client.pause();
  const call = await server.call(1);
  call.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
  const event = `data: ${'x'.repeat(64 * 1024)}\n\n`;
  let sent = 0;
  // Until the kernel's buffers on the way are full; they never would be if the tap took everything.
  while (!call.writableNeedDrain && sent < 4000) {
    call.write(event);
    sent += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sent).toBeLessThan(4000);
  let received = 0;
  client.on('data', (bytes) => (received += bytes.length));
  client.resume();
  call.end();
  await new Promise((resolve) => client.once('close', resolve));
  expect(received).toBeGreaterThan(sent * event.length);
  const { reader } = await stage.recorded();
  expect(reader.counts.events).toBe(sent);
});
