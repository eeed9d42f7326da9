import { afterEach, expect, it } from 'vitest';
import {
  DEFAULT_TRANSPORT,
  type ProxySpec,
  type TransportSpec,
} from '../../../src/shared/connection/transport.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY, startHttp2Server } from '../../support/http2-server.ts';
import { startHttpProxy, startSocksProxy, type TestProxy } from '../../support/proxy-servers.ts';
import { afterTest, cleanUp, connected, serve } from './bench.ts';
import { STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const certificates = LOCALHOST_CERTIFICATE;

const through = (url: string, change: Partial<ProxySpec> = {}): TransportSpec => ({
  ...DEFAULT_TRANSPORT,
  proxy: { ...DEFAULT_TRANSPORT.proxy, mode: 'manual', url, ...change },
});
const ending = async <T extends TestProxy>(started: Promise<T>): Promise<T> => {
  const proxy = await started;
  afterTest(() => proxy.close());
  return proxy;
};
const plainServer = () => serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
async function secureServer() {
  const server = await startHttp2Server((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
    stream.write('data: a\n\n');
  });
  afterTest(() => server.close());
  return server;
}

it('asks an HTTP proxy for the whole address of an http: server, with a name and a password', async () => {
  const server = await plainServer();
  const proxy = await ending(startHttpProxy({ credentials: 'me:sesame' }));
  const bench = connected(`${server.origin}/events`, {
    transport: through(`http://127.0.0.1:${proxy.port}`, { username: 'me', password: 'sesame' }),
  });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`GET ${server.origin}/events`]);
  const [head] = await bench.journal('response-head');
  expect(head?.remoteAddress).toBe(`127.0.0.1:${proxy.port}`);
  expect(head?.exchange?.proxy).toBe(`http://(hidden-2):(hidden-6)@127.0.0.1:${proxy.port}`);
  expect(head?.exchange?.sent?.head).toContain(`GET ${server.origin}/events HTTP/1.1\r\n`);
  expect(JSON.stringify(await bench.log.journal())).not.toMatch(/sesame|bWU6c2VzYW1l/);
});

it('asks an HTTP proxy for a tunnel to an http: server when it is told to', async () => {
  const server = await plainServer();
  const proxy = await ending(startHttpProxy());
  const bench = connected(server.origin, {
    transport: through(`http://127.0.0.1:${proxy.port}`, { tunnelHttp: true }),
  });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
});

it('asks an HTTP proxy for a tunnel to an https: server, speaks HTTP/2 through it, and times it', async () => {
  const server = await secureServer();
  const proxy = await ending(startHttpProxy({ credentials: 'me:sesame' }));
  const bench = connected(server.origin, {
    certificates,
    transport: through(`http://me:sesame@127.0.0.1:${proxy.port}`),
  });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`CONNECT localhost:${server.port}`]);
  const [head] = await bench.journal('response-head');
  expect(head?.httpVersion).toBe('2');
  const { connectMs, proxyMs, tlsMs, headMs } = head?.timings ?? {};
  const steps = [connectMs, proxyMs, tlsMs, headMs].map((step) => step ?? NaN);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(JSON.stringify(await bench.log.journal())).not.toContain('sesame');
});

it('goes through a SOCKS5 proxy with a name and a password, which looks up the name', async () => {
  const server = await secureServer();
  const proxy = await ending(startSocksProxy({ credentials: 'me:sesame' }));
  const bench = connected(server.origin, {
    certificates,
    transport: through(`socks5://127.0.0.1:${proxy.port}`, { username: 'me', password: 'sesame' }),
  });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`SOCKS localhost:${server.port}`]);
});

it('goes through a SOCKS5 proxy to an address', async () => {
  const server = await plainServer();
  const proxy = await ending(startSocksProxy());
  const bench = connected(server.origin, { transport: through(`socks5://127.0.0.1:${proxy.port}`) });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`SOCKS 127.0.0.1:${server.port}`]);
});

it('reaches a proxy over TLS, and trusts it as it trusts servers', async () => {
  const server = await plainServer();
  const tls = { cert: LOCALHOST_CERTIFICATE, key: LOCALHOST_KEY };
  const proxy = await ending(startHttpProxy({ credentials: 'me:sesame', tls }));
  const transport = through(`https://me:sesame@localhost:${proxy.port}`, { tunnelHttp: true });
  const bench = connected(server.origin, { certificates, transport });
  await bench.untilEvents(1);
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  const stranger = connected(server.origin, { transport });
  const status = await stranger.until(({ failure }) => failure !== null);
  expect(status.failure).toMatchObject({ code: 'proxy', cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

it.each([
  ['http', 'asks for a user name and a password (407'],
  ['socks5', 'asks for a user name and a password'],
])(
  'says that the %s proxy wants a name, where to write it, and does not ask again',
  async (scheme, words) => {
    const options = { credentials: 'me:sesame' };
    const proxy = await ending(scheme === 'http' ? startHttpProxy(options) : startSocksProxy(options));
    const bench = connected('https://localhost:9/', {
      transport: through(`${scheme}://127.0.0.1:${proxy.port}`),
    });
    expect(await bench.outcome).toBe('failed');
    const { attempt, failure } = bench.status;
    expect(attempt).toBe(1);
    expect(failure).toMatchObject({ code: 'proxy' });
    expect(failure?.message).toContain(words);
    expect(failure?.message).toContain('under "TLS and proxy"');
  },
);

it('says that the proxy, and not the server, wants a name for an http: address', async () => {
  const server = await plainServer();
  const proxy = await ending(startHttpProxy({ credentials: 'me:sesame' }));
  const bench = connected(server.origin, { transport: through(`http://127.0.0.1:${proxy.port}`) });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status).toMatchObject({ attempt: 1, failure: { code: 'proxy', cause: '407' } });
});

it.each([
  ['http://127.0.0.1:1', 'cannot be reached (ECONNREFUSED)'],
  ['ftp://127.0.0.1:1', 'Write it as http://host:port'],
  ['', 'There is no proxy address'],
])('names the proxy %j when it is the trouble', async (url, words) => {
  const bench = connected('http://127.0.0.1:9/', { transport: through(url) });
  const status = await bench.until(({ failure }) => failure !== null);
  expect(status.failure?.message).toContain(words);
});

it('says what a SOCKS5 proxy answered', async () => {
  const proxy = await ending(startSocksProxy());
  const bench = connected('http://forbidden.example/', {
    transport: through(`socks5://127.0.0.1:${proxy.port}`),
  });
  const status = await bench.until(({ failure }) => failure !== null);
  expect(status.failure?.message).toContain('its rules do not allow it');
});

it('reaches the exceptions directly', async () => {
  const server = await plainServer();
  const bench = connected(server.origin, {
    transport: through('http://127.0.0.1:1', { bypass: 'example.com, 127.0.0.0/8' }),
  });
  await bench.untilEvents(1);
  expect((await bench.journal('response-head'))[0]?.exchange?.proxy).toBeNull();
});

it('asks the system for its proxies, tries them in order, and none for what runs on this computer', async () => {
  const asked: string[] = [];
  const proxy = await ending(startHttpProxy());
  const systemProxy = async (url: string) => {
    asked.push(url);
    return `PROXY 127.0.0.1:1; PROXY 127.0.0.1:${proxy.port}; DIRECT`;
  };
  const server = await plainServer();
  const local = connected(server.origin, { systemProxy });
  await local.untilEvents(1);
  expect(asked).toEqual([]);
  const far = connected('https://stream.example/events?token=sesame', { systemProxy });
  await far.until(({ failure }) => failure !== null);
  expect(asked[0]).toBe('https://stream.example/events');
  expect(proxy.asked[0]).toBe('CONNECT stream.example:443');
});

it.each(['SOCKS', 'SOCKS5'])('goes where a PAC script says %s', async (word) => {
  const proxy = await ending(startSocksProxy());
  const bench = connected('http://forbidden.example/', {
    systemProxy: async () => `${word} 127.0.0.1:${proxy.port}`,
  });
  await bench.until(({ failure }) => failure !== null);
  expect(proxy.asked[0]).toBe('SOCKS forbidden.example:80');
});
