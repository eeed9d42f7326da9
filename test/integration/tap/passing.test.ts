/** What a client sees through a tap is what it sees without, byte by byte; so is what the server sees, but for the host. */
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { connectRaw } from '../../support/raw-client.ts';
import { startTapStage, type TapStage } from '../../support/tap-stage.ts';
import { startRawServer, type RawCall, type RawServer } from '../connections/raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function stageFor(
  answer: (call: RawCall) => void,
): Promise<{ readonly server: RawServer; readonly stage: TapStage }> {
  const server = await startRawServer(answer);
  open.push(server);
  const stage = await startTapStage(server.origin);
  open.push(stage);
  return { server, stage };
}

/** What a raw client gets for `request`, until the connection closes. */
async function whole(port: number, request: string): Promise<{ bytes: string; error: string }> {
  const client = connectRaw(port);
  client.send(request);
  await client.closed;
  return { bytes: client.received.toString('latin1'), error: client.error };
}

const GET = 'GET /events HTTP/1.1\r\nHost: HOST\r\nAccept: */*\r\n\r\n';
const event = (data: string) => `data: ${data}\n\n`;
const chunk = (text: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n`),
    Buffer.from(text),
    Buffer.from('\r\n'),
  ]);
const zipped = gzipSync(event('one') + event('two'));

const ANSWERS: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  'names in odd case and order, repeated, oddly spaced, with bytes beyond ASCII': [
    'HTTP/1.1 200 Tout va bien\r\nX-One:1\r\nx-ONE:   2\t\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\nX-\u00e9: \u00fc\r\n'.replace(
      'X-\u00e9',
      'X-E',
    ) + 'Content-Type: text/event-stream\r\nConnection: close\r\n\r\n',
    event('a'),
  ],
  'a body in chunks with extensions and trailers': [
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n',
    `5;name=value\r\ndata:\r\n`,
    chunk(' one\n\n'),
    chunk(event('two')),
    '0\r\nX-Sum: abc\r\n\r\n',
  ],
  'a body with a length': [
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{"some":',
    '"x"}\n',
  ],
  'a compressed body': [
    'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n',
    chunk(zipped.subarray(0, 7)),
    chunk(zipped.subarray(7)),
    '0\r\n\r\n',
  ],
  'informational heads in front': [
    'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
    'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
  ],
  'no content': ['HTTP/1.1 204 No Content\r\nX-Why: nothing\r\nConnection: close\r\n\r\n'],
  'not modified, with the length of what is not sent': [
    'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nConnection: close\r\n\r\n',
  ],
  'a head with bare line feeds and a folded line': [
    'HTTP/1.0 200 OK\nContent-Type: text/event-stream\nX-Long: one\n  two\n\n',
    event('a'),
  ],
  'a head in pieces': ['HTT', 'P/1.1 200 OK\r', '\nContent-Length: 0\r\nConnection: close\r\n\r', '\n'],
  'something that is not HTTP': ['220 mail.example.org ESMTP\r\n', '500 what?\r\n'],
  'a chunked body that is damaged': [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
    chunk('fine'),
    'no number\r\nrest',
  ],
  'a body that breaks off': ['HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', 'only this'],
  nothing: [],
};

test.each(Object.keys(ANSWERS))('passes on %s', async (name) => {
  const parts = ANSWERS[name] ?? [];
  const { server, stage } = await stageFor((call) => {
    for (const part of parts) call.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    call.end();
  });
  const direct = await whole(server.port, GET);
  const tapped = await whole(stage.port, GET.replace('HOST', '127.0.0.1'));
  expect(tapped).toEqual(direct);
  expect(direct.bytes).toBe(
    parts.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))).join(''),
  );
  expect(stage.faults).toEqual([]);
});

test('hands each event on when it comes, before the next is there', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port);
  client.send(GET.replace('HOST', 'localhost'));
  const call = await server.call(1);
  call.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
  await client.until('event-stream\r\n\r\n');
  for (const letter of ['a', 'b', 'c']) {
    call.write(event(letter));
    await client.until(event(letter));
  }
  // A byte at a time, and in the middle of a character.
  for (const byte of Buffer.from(event('é'))) {
    const before = client.received.length;
    call.write(Uint8Array.of(byte));
    await client.until(client.received.subarray(0, before).toString('latin1') + String.fromCharCode(byte));
  }
  call.end();
  await client.closed;
  const { reader, kinds, wire } = await stage.recorded();
  expect(kinds).toEqual(['attempt-start', 'response-head', 'attempt-end', 'connection-closed']);
  expect(reader.counts.events).toBe(4);
  expect(wire).toBe(['a', 'b', 'c', 'é'].map(event).join(''));
});

test('the server sees the request as it was sent, but for the host', async () => {
  const { server, stage } = await stageFor((call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
  );
  const body = '{"model":"x"}';
  await whole(
    stage.port,
    `POST /v1/chat?q=1#f HTTP/1.1\r\nhOST:127.0.0.1:9\r\nX-A: 1\r\nx-a: 2\r\nAUTHORIZATION: Bearer sk-secret-1234\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const call = await server.call(1);
  expect(call.line).toBe('POST /v1/chat?q=1#f HTTP/1.1');
  expect(call.headers).toEqual([
    `hOST: 127.0.0.1:${server.port}`,
    'X-A: 1',
    'x-a: 2',
    'AUTHORIZATION: Bearer sk-secret-1234',
    `Content-Length: ${body.length}`,
  ]);
  expect(call.body.toString()).toBe(body);
  const { journal } = await stage.recorded();
  const [start] = journal;
  expect(start).toMatchObject({ method: 'POST', body });
  expect(JSON.stringify(journal)).not.toContain('sk-secret-1234');
});

test('a reset in the middle of a stream is one for the client too, behind what came before', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port);
  client.send(GET.replace('HOST', '127.0.0.1'));
  const call = await server.call(1);
  call.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${event('a')}`);
  await client.until(event('a'));
  call.reset();
  await client.closed;
  expect(client.error).toBe('ECONNRESET');
  const { journal } = await stage.recorded();
  expect(journal.at(-2)).toMatchObject({ kind: 'attempt-end', how: 'failed', failure: { code: 'reset' } });
});

test('the server hears when the client goes', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port);
  client.send(GET.replace('HOST', '127.0.0.1'));
  const call = await server.call(1);
  call.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${event('a')}`);
  await client.until(event('a'));
  client.reset();
  await call.closed.passed;
  const { journal } = await stage.recorded();
  expect(journal.at(-2)).toMatchObject({ kind: 'attempt-end', how: 'stopped' });
});

test('a client that closes its side still gets the answer', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port, true);
  client.send(GET.replace('HOST', '127.0.0.1'));
  client.end();
  const call = await server.call(1);
  call.end(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${event('late')}`);
  await client.closed;
  expect(client.received.toString()).toContain(event('late'));
});

test('one connection carries several requests, also when they are sent ahead', async () => {
  let asked = 0;
  const server = await startKeepAlive(() => `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${(asked += 1)}`);
  open.push(server);
  const stage = await startTapStage(`http://127.0.0.1:${server.port}`);
  open.push(stage);
  const client = connectRaw(stage.port);
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  client.send(get('/a') + get('/b') + get('/c'));
  await client.until('\r\n\r\n3');
  client.end();
  await client.closed;
  expect(server.connections).toBe(1);
  expect(server.lines).toEqual(['GET /a HTTP/1.1', 'GET /b HTTP/1.1', 'GET /c HTTP/1.1']);
  await stage.recorded(2);
  expect(stage.tap.exchanges().map(({ path, status, state }) => [path, status, state])).toEqual([
    ['/c', 200, 'ended'],
    ['/b', 200, 'ended'],
    ['/a', 200, 'ended'],
  ]);
});

test('waits with the body until the server says 100 Continue', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port);
  client.send(
    'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const call = await server.call(1);
  expect(call.headers).toContain('Expect: 100-continue');
  call.write('HTTP/1.1 100 Continue\r\n\r\n');
  await client.until('100 Continue\r\n\r\n');
  client.send('3\r\nabc\r\n0\r\n\r\n');
  call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
  await client.closed;
  expect(client.received.toString()).toBe(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
  );
});

test('an upgrade passes bytes of any kind in both directions and is noted', async () => {
  const { server, stage } = await stageFor(() => {});
  const client = connectRaw(stage.port);
  client.send('GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const call = await server.call(1);
  call.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x02hi',
  );
  await client.until('hi');
  call.write(Uint8Array.of(0x89, 0));
  await client.until('\x89\x00');
  call.end();
  await client.closed;
  const { journal } = await stage.recorded();
  expect(journal.find((entry) => entry.kind === 'tap-mark')).toMatchObject({ what: 'upgraded' });
  expect(stage.tap.exchanges()[0]).toMatchObject({ kind: 'upgrade', status: 101, state: 'ended' });
});

test('a server that cannot be reached is a 502 that says why, and a session', async () => {
  const server = await startRawServer();
  await server.close();
  const stage = await startTapStage(server.origin);
  open.push(stage);
  const { bytes } = await whole(stage.port, GET.replace('HOST', '127.0.0.1'));
  expect(bytes).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
  expect(bytes).toContain(`Nothing listens at 127.0.0.1:${server.port}`);
  const { journal } = await stage.recorded();
  expect(journal.at(-2)).toMatchObject({ kind: 'attempt-end', how: 'failed', failure: { code: 'refused' } });
});

/** A server that answers every request on the connection that it came by. */
async function startKeepAlive(answer: () => string) {
  const { createServer } = await import('node:net');
  const lines: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      text += bytes.toString();
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        lines.push(text.slice(0, text.indexOf('\r\n')));
        text = text.slice(end + 4);
        socket.write(answer());
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    lines,
    get connections() {
      return connections;
    },
    port: (server.address() as { port: number }).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
