import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';
import {
  DEFAULT_TRANSPORT,
  type TlsSpec,
  type TransportSpec,
} from '../../../src/shared/connection/transport.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from '../../support/http2-server.ts';
import { afterTest, cleanUp, connected, serve } from './bench.ts';
import { STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const withTls = (tls: Partial<TlsSpec>): TransportSpec => ({
  ...DEFAULT_TRANSPORT,
  tls: { ...DEFAULT_TRANSPORT.tls, ...tls },
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'streamscope-tls-'));
  afterTest(() => rmSync(path, { recursive: true }));
  return path;
}

const stream = (_request: http.IncomingMessage, response: http.ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: a\n\n');
};

async function listen(server: http.Server, ...where: [number, string] | [string]): Promise<number> {
  await new Promise<void>((listening) =>
    where.length === 1 ? server.listen(where[0], listening) : server.listen(where[0], where[1], listening),
  );
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const secureServer = (options: https.ServerOptions = {}) =>
  listen(
    https.createServer({ cert: LOCALHOST_CERTIFICATE, key: LOCALHOST_KEY, ...options }, stream),
    0,
    '127.0.0.1',
  );

it('trusts the authorities in the file of the endpoint, and tells the certificate', async () => {
  const caFile = join(folder(), 'ca.pem');
  writeFileSync(caFile, LOCALHOST_CERTIFICATE);
  const port = await secureServer();
  const bench = connected(`https://localhost:${port}/`, { transport: withTls({ caFile }) });
  await bench.untilEvents(1);
  const tls = (await bench.journal('response-head'))[0]?.exchange?.tls;
  expect(tls).toMatchObject({ verified: true, problem: '', alpn: 'http/1.1' });
  expect(tls?.version).toMatch(/^TLSv1\.[23]$/);
  expect(tls?.certificate?.subject).toContain('CN=localhost');
  expect(tls?.certificate?.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});

it('believes anybody when it is told to, and records that and what is wrong', async () => {
  const port = await secureServer();
  const bench = connected(`https://127.0.0.1:${port}/`, { transport: withTls({ unverified: true }) });
  await bench.untilEvents(1);
  expect((await bench.journal('attempt-start'))[0]?.unverified).toBe(true);
  const tls = (await bench.journal('response-head'))[0]?.exchange?.tls;
  expect(tls).toMatchObject({ verified: false, problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

it('asks for the server name that is set, and holds the certificate against it', async () => {
  const caFile = join(folder(), 'ca.pem');
  writeFileSync(caFile, LOCALHOST_CERTIFICATE);
  const port = await secureServer();
  const bench = connected(`https://127.0.0.1:${port}/`, {
    transport: withTls({ caFile, serverName: 'other.example' }),
  });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure?.cause).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

it('reaches a server at a unix socket', async () => {
  const socketPath = join(folder(), 'events.sock');
  await listen(http.createServer(stream), socketPath);
  const bench = connected('http://localhost/events', { transport: { ...DEFAULT_TRANSPORT, socketPath } });
  await bench.untilEvents(1);
  expect((await bench.journal('response-head'))[0]?.exchange?.socketPath).toBe(socketPath);
});

it('says what is wrong with a unix socket', async () => {
  const socketPath = join(folder(), 'none.sock');
  const bench = connected('http://localhost/', { transport: { ...DEFAULT_TRANSPORT, socketPath } });
  const status = await bench.until(({ failure }) => failure !== null);
  expect(status.failure?.message).toContain(`The unix socket ${socketPath} does not exist`);
});

it.each([
  ['http://[::1]:PORT/', 'auto', '[::1]'],
  ['http://[::1]:PORT/', '6', '[::1]'],
] as const)('reaches %s over IPv6 (%s)', async (address, addressFamily, remote) => {
  const port = await listen(http.createServer(stream), 0, '::1');
  const bench = connected(address.replace('PORT', String(port)), {
    transport: { ...DEFAULT_TRANSPORT, addressFamily },
  });
  await bench.untilEvents(1);
  expect((await bench.journal('response-head'))[0]?.remoteAddress).toBe(`${remote}:${port}`);
});

it('records the request byte for byte as it went over the socket, with its body, and early hints and trailers', async () => {
  const server = await serve((call) =>
    call.write(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nTrailer: X-Count\r\n\r\n9\r\ndata: a\n\n\r\n0\r\nX-Count: 1\r\n\r\n',
    ),
  );
  const bench = connected(`${server.origin}/e?x=1`, { method: 'POST', body: bodyOfText('{"a":"é"}') });
  expect(await bench.outcome).toBe('ended');
  const call = await server.call(1);
  const [end] = await bench.journal('attempt-end');
  expect(end?.exchange?.sent).toEqual({
    head: [call.line, ...call.headers, '', ''].join('\r\n'),
    body: '{"a":"é"}',
    bodyBytes: 10,
  });
  expect(end?.exchange?.informational).toMatchObject([{ status: 103, headers: [['Link', '</a>']] }]);
  expect(end?.exchange?.trailers).toEqual([['X-Count', '1']]);
});

it('redirect-auth: a redirect to another origin is sent no credentials and does not go to the unix socket', async () => {
  const there = await serve((call) => call.write(`${STREAM_HEAD}data: there\n\n`));
  const socketPath = join(folder(), 'here.sock');
  await listen(
    http.createServer((_request, response) => response.writeHead(307, { Location: there.origin }).end()),
    socketPath,
  );
  const bench = connected('http://localhost/events', {
    transport: { ...DEFAULT_TRANSPORT, socketPath },
    headers: [{ name: 'Authorization', value: 'Bearer x', enabled: true }],
  });
  await bench.untilEvents(1);
  const call = await there.call(1);
  expect(call.headers.join('\n')).not.toMatch(/authorization/i);
});

it('reaches a server at a unix socket that the address names', async () => {
  const socketPath = join(folder(), 'events.sock');
  await listen(http.createServer(stream), socketPath);
  const bench = connected(`unix:${socketPath}:/events`);
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head).toMatchObject({ url: 'http://localhost/events', exchange: { socketPath } });
});
