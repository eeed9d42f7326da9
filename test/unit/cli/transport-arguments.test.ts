import { expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { readRecordArguments } from '../../../src/cli/record-arguments.ts';
import { readTransport } from '../../../src/cli/transport-arguments.ts';
import { DEFAULT_TRANSPORT } from '../../../src/shared/connection/transport.ts';

const { tls, proxy } = DEFAULT_TRANSPORT;
const read = (...args: string[]) =>
  readRecordArguments([...args, 'https://h.example/'], () => Promise.reject(new Error('ENOENT')));

it('nothing said is what the form has', () => {
  expect(readTransport({})).toEqual(DEFAULT_TRANSPORT);
});

it.each([
  [['--cacert', 'ca.pem'], { tls: { ...tls, caFile: 'ca.pem' } }],
  [
    ['--cert', 'c.pem', '--key', 'k.pem', '--pass', 'p'],
    { tls: { ...tls, identity: 'pem', certFile: 'c.pem', keyFile: 'k.pem', passphrase: 'p' } },
  ],
  [['-E', 'both.P12'], { tls: { ...tls, identity: 'pkcs12', pkcs12File: 'both.P12' } }],
  [['-k'], { tls: { ...tls, unverified: true } }],
  [
    ['-x', 'socks5://p:1', '-U', 'me:a:b', '--noproxy', 'x.example'],
    {
      proxy: {
        ...proxy,
        mode: 'manual',
        url: 'socks5://p:1',
        username: 'me',
        password: 'a:b',
        bypass: 'x.example',
      },
    },
  ],
  [['--noproxy', '*'], { proxy: { ...proxy, mode: 'none' } }],
  [['--http1.1'], { httpVersion: '1.1' }],
  [['--http2', '-6'], { httpVersion: '2', addressFamily: '6' }],
  [['--unix-socket', '/run/a.sock'], { socketPath: '/run/a.sock' }],
])('%j', async (args, expected) => {
  expect((await read(...args)).request.transport).toEqual({ ...DEFAULT_TRANSPORT, ...expected });
});

it('reads credentials, cookies, JSON and limits of time', async () => {
  const { request } = await read(
    ...['-u', 'me:a:b', '-b', 'a=1; b=2', '--json', '{}'],
    ...['--connect-timeout', '1.5', '--stall-timeout', '20', '--retry-max', '3'],
  );
  expect(request.method).toBe('POST');
  expect(request.body).toMatchObject({ kind: 'json', text: '{}' });
  expect(request.auth).toMatchObject({ kind: 'basic', basic: { username: 'me', password: 'a:b' } });
  expect(request.headers).toEqual([{ name: 'Cookie', value: 'a=1; b=2', enabled: true }]);
  expect(request.reconnect).toEqual({
    preset: 'auto',
    connectTimeoutMs: 1500,
    stallTimeoutMs: 20_000,
    giveUpAttempts: 3,
  });
});

it.each([
  [['--http1.1', '--http2'], 'contradict'],
  [['-4', '-6'], 'contradict'],
  [['--key', 'k.pem'], 'need a --cert'],
  [['-U', 'me'], 'needs a --proxy'],
  [['-d', 'a', '--json', '{}'], 'contradict'],
  [['--stall-timeout', 'soon'], 'needs a number'],
])('%j is refused', async (args, words) => {
  const error: unknown = await read(...args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).message).toContain(words);
});
