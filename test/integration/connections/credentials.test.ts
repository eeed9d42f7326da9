import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_AUTH, type AuthSpec } from '../../../src/shared/connection/request-auth.ts';
import { cleanUp, connected, serve } from './bench.ts';
import { headerOf, STREAM_HEAD, type RawCall } from './raw-server.ts';

afterEach(cleanUp);

const auth = (change: Partial<AuthSpec>): AuthSpec => ({ ...DEFAULT_AUTH, ...change });
const json = (status: string, value: unknown): string => {
  const body = JSON.stringify(value);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};
const isToken = (call: RawCall) => call.line.includes('/token');
const oauth = (origin: string, change = {}): AuthSpec =>
  auth({
    kind: 'oauth2',
    oauth2: {
      ...DEFAULT_AUTH.oauth2,
      tokenUrl: `${origin}/token`,
      clientId: 'me:1',
      clientSecret: 'hush hush',
      scope: 'read write',
      ...change,
    },
  });

it('a key in the query reaches the server and nothing that is kept', async () => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: x\n\n`));
  const apiKey = { name: 'appid', value: 'k y&1', place: 'query' } as const;
  const bench = connected(`${server.origin}/a?b=1`, {
    auth: auth({ kind: 'api-key', apiKey }),
  });
  await bench.untilEvents(1);
  bench.stop();
  expect((await server.call(1)).line).toContain('/a?b=1&appid=k%20y%261 ');
  const entries = JSON.stringify((await bench.log.journal()).map(({ entry }) => entry));
  expect(entries).not.toMatch(/k%20y|k y&1/);
  expect(entries).toContain('appid=(hidden');
});

describe('a token that is fetched', () => {
  it('is asked for once, used while it is good, and fetched again once after a 401', async () => {
    let tokens = 0;
    const server = await serve((call) => {
      if (isToken(call))
        return call.end(json('200 OK', { access_token: `token-${(tokens += 1)}`, expires_in: 60 }));
      const token = headerOf(call, 'authorization');
      const refused = token === 'Bearer token-1' && server.calls.length > 4;
      return call.end(refused ? json('401 Unauthorized', {}) : `${STREAM_HEAD}data: ${token ?? ''}\n\n`);
    });
    const bench = connected(server.origin, { auth: oauth(server.origin) });
    await bench.untilEvents(4);
    bench.stop();
    const [first] = server.calls;
    expect(first?.line).toContain('POST /token');
    expect(headerOf(first as RawCall, 'authorization')).toBe(
      `Basic ${Buffer.from('me%3A1:hush+hush').toString('base64')}`,
    );
    expect(first?.body.toString()).toBe('grant_type=client_credentials&scope=read+write');
    expect(tokens).toBe(2);
    const used = await bench.journal('token-used');
    expect(used.slice(0, 2).map(({ fresh, again }) => [fresh, again])).toEqual([
      [true, false],
      [false, false],
    ]);
    expect(used.find(({ again }) => again)).toMatchObject({
      fresh: true,
      tokenUrl: `${server.origin}/token`,
    });
    expect(JSON.stringify(await bench.log.journal())).not.toMatch(/token-[12]|hush/);
  });

  it('carries its id and secret in the form when asked to', async () => {
    const server = await serve((call) => call.end(json('200 OK', { access_token: 't' })));
    connected(server.origin, { auth: oauth(server.origin, { clientAuth: 'body', audience: 'api' }) });
    const call = await server.call(1);
    expect(headerOf(call, 'authorization')).toBeUndefined();
    expect(call.body.toString()).toBe(
      'grant_type=client_credentials&scope=read+write&audience=api&client_id=me%3A1&client_secret=hush+hush',
    );
  });

  it('that was got just now and is refused is the answer', async () => {
    const server = await serve((call) =>
      call.end(isToken(call) ? json('200 OK', { access_token: 't' }) : json('401 Unauthorized', {})),
    );
    const bench = connected(server.origin, { auth: oauth(server.origin) });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code: 'http-status' });
    expect(server.calls).toHaveLength(2);
  });

  it.each([
    [json('400 Bad Request', { error: 'invalid_client' }), 'auth', 'it answered 400 (invalid_client)'],
    [json('200 OK', { token: 'x' }), 'auth', 'holds no access_token'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'auth', 'holds no access_token'],
  ])('and is not given is a failure that says why: %s', async (answer, code, why) => {
    const server = await serve((call) => call.end(answer));
    const bench = connected(server.origin, { auth: oauth(server.origin) });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code });
    expect(bench.status.reason).toContain(why);
    expect(JSON.stringify(await bench.log.journal())).not.toContain('hush');
    expect(server.calls).toHaveLength(1);
  });

  it('needs an address to be asked for at', async () => {
    const bench = connected('http://127.0.0.1:9/', { auth: oauth('ftp://h') });
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.reason).toContain('is no http address');
  });
});
