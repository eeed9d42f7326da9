import { describe, expect, it } from 'vitest';
import {
  environmentProxy,
  isBypassed,
  proxyText,
  readProxyUrl,
  readRoutes,
} from '../../../../src/main/connections/proxy-route.ts';

const proxy = (scheme: string, host: string, port: number, username = '', password = '') => ({
  scheme,
  host,
  port,
  username,
  password,
});

describe('proxies', () => {
  it.each([
    ['http://127.0.0.1:3128', proxy('http', '127.0.0.1', 3128)],
    ['127.0.0.1:3128', proxy('http', '127.0.0.1', 3128)],
    ['https://proxy.example', proxy('https', 'proxy.example', 443)],
    ['socks5h://me:s%40d@[::1]', proxy('socks5', '::1', 1080, 'me', 's@d')],
    ['ftp://x', null],
    ['http://', null],
    ['http://%zz@x', null],
  ])('are read from %j', (text, expected) => {
    expect(readProxyUrl(text)).toEqual(expected);
  });

  it('are read from the answer of a PAC script, in its order', () => {
    expect(readRoutes('PROXY a:1; SOCKS5 b:2;HTTPS c ; QUIC d:4; direct')).toEqual([
      proxy('http', 'a', 1),
      proxy('socks5', 'b', 2),
      proxy('https', 'c', 443),
      null,
    ]);
    expect(readRoutes('')).toEqual([]);
  });

  it('are written as an address', () => {
    expect(proxyText({ scheme: 'socks5', host: '::1', port: 1080, username: 'a b', password: 'c:d' })).toBe(
      'socks5://a%20b:c%3Ad@[::1]:1080',
    );
  });
});

it.each([
  ['http://example.com/', 'example.com', true],
  ['http://a.example.com/', 'example.com', true],
  ['http://a.example.com/', '.example.com', true],
  ['http://a.example.com/', '*.example.com', true],
  ['http://badexample.com/', 'example.com', false],
  ['http://example.com:8080/', 'example.com:8080', true],
  ['https://example.com/', 'example.com:8080', false],
  ['http://10.1.2.3/', '192.168.0.0/16 10.0.0.0/8', true],
  ['http://11.1.2.3/', '10.0.0.0/8', false],
  ['http://11.1.2.3/', '10.0.0.0/99', false],
  ['http://[fd00::1]/', 'fd00::/8', true],
  ['http://[::1]:80/', '[::1]', true],
  ['http://intranet/', '<local>', true],
  ['http://anything.example/', '*', true],
  ['http://anything.example/', '', false],
])('%s with the exceptions %j: direct is %s', (url, exceptions, direct) => {
  expect(isBypassed(new URL(url), exceptions)).toBe(direct);
});

it('reads the environment, where small letters win', async () => {
  const system = environmentProxy({
    HTTPS_PROXY: 'http://upper:1',
    https_proxy: 'http://lower:1',
    ALL_PROXY: 'socks5://all:1',
    NO_PROXY: 'example.com',
  });
  expect(await system('https://x.example/')).toBe('http://lower:1');
  expect(await system('http://x.example/')).toBe('socks5://all:1');
  expect(await system('http://example.com/')).toBe('DIRECT');
  expect(await environmentProxy({})('http://x.example/')).toBe('DIRECT');
});
