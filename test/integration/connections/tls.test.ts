import { readFileSync } from 'node:fs';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { afterTest, cleanUp, connected } from './bench.ts';

afterEach(cleanUp);

const fixture = (name: string) =>
  readFileSync(resolve(import.meta.dirname, '../../fixtures/tls', name), 'utf8');
const cert = fixture('localhost-cert.pem');

/** Serves one stream over TLS; gives its port. */
async function serveTls(): Promise<number> {
  const server = https.createServer({ cert, key: fixture('localhost-key.pem') }, (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: a\n\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('opens a stream over TLS, by a name, and tells when each step was done', async () => {
  const port = await serveTls();
  const bench = connected(`https://localhost:${port}/`, { certificates: cert });
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head?.remoteAddress).toBe(`127.0.0.1:${port}`);
  const { dnsMs, connectMs, tlsMs, headMs } = head?.timings ?? {};
  const steps = [dnsMs, connectMs, tlsMs, headMs].map((step) => step ?? NaN);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

it('refuses a certificate that nobody vouches for, for good, and says what can be done', async () => {
  const port = await serveTls();
  const bench = connected(`https://127.0.0.1:${port}/`);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'tls', cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(bench.status.reason).toContain('NODE_EXTRA_CA_CERTS');
  expect(bench.status.attempt).toBe(1);
});

it('refuses a certificate for another name', async () => {
  const port = await serveTls();
  const bench = connected(`https://127.0.0.1:${port}/`, {
    certificates: cert,
    headers: [{ name: 'Host', value: 'other.example', enabled: true }],
  });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'tls', cause: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(bench.status.reason).toContain('for another name');
});

it('says that a server does not speak TLS', async () => {
  const server = net.createServer((socket) =>
    socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterTest(() => server.close());
  const bench = connected(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure?.code).toBe('tls');
  expect(bench.status.reason).toContain('does not speak TLS');
});
