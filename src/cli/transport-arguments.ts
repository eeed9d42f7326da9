/** The options of `streamscope record` about TLS, proxies and the way to the server; they are named as curl names them. */
import { DEFAULT_TRANSPORT, type TransportSpec } from '../shared/connection/transport.ts';
import { UsageError } from './command.ts';
import type { OptionTable } from './declaration.ts';

export const TRANSPORT_OPTIONS = {
  cacert: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    help: 'Authorities to trust besides the usual ones (PEM).',
  },
  cert: {
    type: 'string',
    short: 'E',
    value: 'FILE',
    completes: 'file',
    help: 'The client certificate: PEM, or PKCS#12 when the name ends in .p12 or .pfx.',
  },
  key: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    help: 'Its private key, when it is not in the same file.',
  },
  pass: { type: 'string', value: 'PHRASE', help: 'The passphrase of the key.' },
  insecure: { type: 'boolean', short: 'k', help: 'Believe whoever answers; a warning says so.' },
  proxy: {
    type: 'string',
    short: 'x',
    value: 'URL',
    help: 'http://, https:// or socks5://host:port instead of the proxies of the environment.',
  },
  'proxy-user': { type: 'string', short: 'U', value: 'NAME:PASS', help: 'Credentials for the proxy.' },
  noproxy: { type: 'string', value: 'HOSTS', help: 'Reached directly: names and networks, or * for all.' },
  'http1.1': { type: 'boolean', help: 'HTTP/1.1 and no other version.' },
  http2: { type: 'boolean', help: 'HTTP/2 and no other version.' },
  ipv4: { type: 'boolean', short: '4', help: 'IPv4 only.' },
  ipv6: { type: 'boolean', short: '6', help: 'IPv6 only.' },
  'unix-socket': {
    type: 'string',
    value: 'PATH',
    completes: 'file',
    help: "The server's socket; also as unix:/PATH:/events.",
  },
} as const satisfies OptionTable;

type Given = {
  readonly [N in keyof typeof TRANSPORT_OPTIONS]?:
    ((typeof TRANSPORT_OPTIONS)[N]['type'] extends 'boolean' ? boolean : string) | undefined;
};

/** @throws UsageError */
export function readTransport(given: Given): TransportSpec {
  const { cert = '', key = '', pass = '', proxy = '', noproxy = '' } = given;
  if (given['http1.1'] && given.http2) throw new UsageError('--http1.1 and --http2 contradict each other.');
  if (given.ipv4 && given.ipv6) throw new UsageError('--ipv4 and --ipv6 contradict each other.');
  if (cert === '' && (key !== '' || pass !== '')) throw new UsageError('--key and --pass need a --cert.');
  const isPkcs12 = /\.(?:p12|pfx)$/i.test(cert);
  const [username, password] = nameAndPassword(given['proxy-user'] ?? '');
  if (username !== '' && proxy === '') throw new UsageError('--proxy-user needs a --proxy.');
  return {
    ...DEFAULT_TRANSPORT,
    httpVersion: given['http1.1'] ? '1.1' : given.http2 ? '2' : 'auto',
    addressFamily: given.ipv4 ? '4' : given.ipv6 ? '6' : 'auto',
    socketPath: given['unix-socket'] ?? '',
    tls: {
      ...DEFAULT_TRANSPORT.tls,
      caFile: given.cacert ?? '',
      identity: cert === '' ? 'none' : isPkcs12 ? 'pkcs12' : 'pem',
      certFile: isPkcs12 ? '' : cert,
      keyFile: key,
      pkcs12File: isPkcs12 ? cert : '',
      passphrase: pass,
      unverified: given.insecure ?? false,
    },
    proxy: {
      ...DEFAULT_TRANSPORT.proxy,
      mode: noproxy === '*' ? 'none' : proxy === '' ? 'system' : 'manual',
      url: proxy,
      username,
      password,
      bypass: noproxy === '*' ? '' : noproxy,
    },
  };
}

/** "name:password"; without a colon there is no password. */
export function nameAndPassword(text: string): readonly [name: string, password: string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
