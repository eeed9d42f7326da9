import { afterEach, expect, it } from 'vitest';
import { cleanUp, connected, serve } from './bench.ts';
import { headerOf, STREAM_HEAD, type RawCall } from './raw-server.ts';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';

afterEach(cleanUp);

const redirect = (status: number, location: string | null) =>
  `HTTP/1.1 ${status} Elsewhere\r\n${location === null ? '' : `Location: ${location}\r\n`}Content-Length: 0\r\n\r\n`;

it.each([301, 302, 303, 307, 308])(
  '#55 redirect-codes: follows %i and comes back to the original address',
  async (status) => {
    const server = await serve((call) => {
      if (call.line.startsWith('GET /start')) call.write(redirect(status, '/stream?x#part'));
      else call.end(`${STREAM_HEAD}data: a\n\n`);
    });
    const bench = connected(`${server.origin}/start`);
    await server.call(3);
    expect(server.calls.slice(0, 3).map((call) => call.line)).toEqual([
      'GET /start HTTP/1.1',
      'GET /stream?x HTTP/1.1',
      'GET /start HTTP/1.1',
    ]);
    expect((await bench.journal('redirect'))[0]).toMatchObject({
      kind: 'redirect',
      attempt: 1,
      status,
      from: `${server.origin}/start`,
      to: `${server.origin}/stream?x`,
    });
    expect((await bench.journal('response-head'))[0]?.url).toBe(`${server.origin}/stream?x`);
  },
);

it.each([
  [301, 'GET /b HTTP/1.1', ''],
  [302, 'GET /b HTTP/1.1', ''],
  [303, 'GET /b HTTP/1.1', ''],
  [307, 'POST /b HTTP/1.1', '{"a":1}'],
  [308, 'POST /b HTTP/1.1', '{"a":1}'],
])('after %i a POST goes on as %s', async (status, line, body) => {
  const server = await serve((call) =>
    call.number === 1 ? call.write(redirect(status, '/b')) : call.write(STREAM_HEAD),
  );
  connected(server.origin, { method: 'POST', body: bodyOfText('{"a":1}') });
  const second = await server.call(2);
  expect(second.line).toBe(line);
  expect(second.body.toString()).toBe(body);
  expect(headerOf(second, 'content-type')).toBe(body === '' ? undefined : 'application/json');
});

it('#57 redirect-auth: keeps credentials on the same origin and leaves them behind on another', async () => {
  const secrets = ['Authorization', 'Cookie', 'Proxy-Authorization'];
  const other = await serve((call) => call.write(STREAM_HEAD));
  const server = await serve((call) =>
    call.write(redirect(302, call.number === 1 ? '/same' : `${other.origin}/other`)),
  );
  connected(`${server.origin}/`, {
    headers: [...secrets, 'X-Plain'].map((name) => ({ name, value: 'v', enabled: true })),
  });
  const far = await other.call(1);
  const named = (call: RawCall | undefined) =>
    [...secrets, 'X-Plain'].filter((name) => call && headerOf(call, name) !== undefined);
  expect(named(server.calls[1])).toEqual([...secrets, 'X-Plain']);
  expect(named(far)).toEqual(['X-Plain']);
  expect(headerOf(far, 'host')).toBe(`127.0.0.1:${other.port}`);
});

it.each([
  ['no Location', null, 'without saying where to go'],
  ['an empty Location', '', 'without saying where to go'],
  ['a Location that is no address', 'http://[', 'is not an address'],
  ['another scheme', 'ftp://example.not/', 'neither http nor https'],
  ['itself', '/', 'round in a circle'],
])('a redirect to %s is an error and is not tried again', async (_name, location, expected) => {
  const server = await serve((call) => call.write(redirect(302, location)));
  const bench = connected(`${server.origin}/`);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'redirect' });
  expect(bench.status.reason).toContain(expected);
  expect(server.calls).toHaveLength(1);
});

it('follows at most 20 redirects in a row', async () => {
  const server = await serve((call) => call.write(redirect(302, `/${call.number}`)));
  const bench = connected(server.origin);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.reason).toContain('more than 20 times');
  expect(server.calls).toHaveLength(21);
  expect(await bench.journal('redirect')).toHaveLength(20);
});

it('a redirect status that is not followed is final as it is', async () => {
  const server = await serve((call) => call.write(redirect(304, null)));
  const bench = connected(server.origin);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure?.code).toBe('http-status');
});

it('records each hop of a redirect whole: what was sent, byte for byte, and the head that came back', async () => {
  const server = await serve((call) =>
    call.number === 1
      ? call.write(redirect(307, '/next').replace('\r\n\r\n', '\r\nSet-Cookie: sid=secret1\r\n\r\n'))
      : call.write(`${STREAM_HEAD}data: a\n\n`),
  );
  const bench = connected(`${server.origin}/first`, { method: 'POST', body: bodyOfText('{"a":1}') });
  await bench.untilEvents(1);
  const first = await server.call(1);
  const [entry] = await bench.journal('redirect');
  expect(entry?.hop).toMatchObject({
    statusText: 'Elsewhere',
    httpVersion: '1.1',
    remoteAddress: server.origin.replace('http://', ''),
    exchange: {
      sent: {
        head: [first.line, ...first.headers, '', ''].join('\r\n'),
        body: '{"a":1}',
        bodyBytes: 7,
      },
    },
  });
  expect(entry?.hop?.headers).toContainEqual(['Set-Cookie', 'sid=(hidden: 7 characters)']);
  expect(entry?.hop?.timings.headMs).toBeGreaterThan(0);
});
