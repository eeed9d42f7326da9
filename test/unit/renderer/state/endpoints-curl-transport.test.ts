import { describe, expect, it } from 'vitest';
import { parseCurl, toCurl } from '../../../../src/renderer/state/endpoints-curl.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../../../src/shared/connection/transport.ts';

const { tls, proxy } = DEFAULT_TRANSPORT;
const read = (options: string) => parseCurl(`curl ${options} https://h/`);

describe('the way to the server in a curl command', () => {
  it.each<[string, Partial<TransportSpec>]>([
    ['-sSkN', { tls: { ...tls, unverified: true } }],
    ['--insecure', { tls: { ...tls, unverified: true } }],
    ['--cacert ca.pem', { tls: { ...tls, caFile: 'ca.pem' } }],
    [
      '--cert me.pem:word --key me.key',
      { tls: { ...tls, identity: 'pem', certFile: 'me.pem', keyFile: 'me.key', passphrase: 'word' } },
    ],
    ['-E me.p12', { tls: { ...tls, identity: 'pkcs12', pkcs12File: 'me.p12' } }],
    ['--cert me --cert-type P12', { tls: { ...tls, identity: 'pkcs12', pkcs12File: 'me' } }],
    [
      '-x proxy:3128 -U a:b:c --noproxy .local',
      {
        proxy: {
          ...proxy,
          mode: 'manual',
          url: 'http://proxy:3128',
          username: 'a',
          password: 'b:c',
          bypass: '.local',
        },
      },
    ],
    ['--proxy socks5h://p:1080', { proxy: { ...proxy, mode: 'manual', url: 'socks5://p:1080' } }],
    ['--socks5 p:1080', { proxy: { ...proxy, mode: 'manual', url: 'socks5://p:1080' } }],
    ["--noproxy '*'", { proxy: { ...proxy, mode: 'none' } }],
    ['--unix-socket /run/a.sock', { socketPath: '/run/a.sock' }],
    ['--http1.1 -4', { httpVersion: '1.1', addressFamily: '4' }],
    ['--http2 -6', { addressFamily: '6' }],
    ['--http2-prior-knowledge', { httpVersion: '2' }],
  ])('is read from %s', (options, expected) => {
    expect(read(options)).toMatchObject({
      url: 'https://h/',
      transport: { ...DEFAULT_TRANSPORT, ...expected },
    });
  });

  it.each<[string, TransportSpec]>([
    ['nothing', DEFAULT_TRANSPORT],
    [
      'a certificate, an authority and a proxy',
      {
        ...DEFAULT_TRANSPORT,
        httpVersion: '1.1',
        addressFamily: '6',
        tls: {
          ...tls,
          identity: 'pem',
          caFile: 'c a.pem',
          certFile: 'me.pem',
          keyFile: 'k',
          passphrase: "it's",
        },
        proxy: {
          mode: 'manual',
          url: 'https://p:1',
          username: 'u',
          password: 'p:w',
          bypass: 'a,b',
          tunnelHttp: true,
        },
      },
    ],
    [
      'PKCS#12 without verification, past all proxies',
      {
        ...DEFAULT_TRANSPORT,
        httpVersion: '2',
        tls: { ...tls, identity: 'pkcs12', pkcs12File: 'me.p12', passphrase: 'x', unverified: true },
        proxy: { ...proxy, mode: 'none' },
      },
    ],
  ])('comes back when it is written: %s', (_what, transport) => {
    expect(parseCurl(toCurl({ ...BLANK_REQUEST, url: 'https://h/', transport }))?.transport).toEqual(
      transport,
    );
  });

  it('to a unix socket in the address is written as curl knows it', () => {
    const command = toCurl({ ...BLANK_REQUEST, url: 'unix:/run/a.sock:/events' });
    expect(command).toContain("--unix-socket '/run/a.sock'");
    expect(parseCurl(command)).toMatchObject({
      url: 'http://localhost/events',
      transport: { socketPath: '/run/a.sock' },
    });
  });
});
