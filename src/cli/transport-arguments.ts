/** The options of `streamscope record` about TLS, proxies and the way to the server; they are named as curl names them. */
import { DEFAULT_TRANSPORT, type TransportSpec } from '../shared/connection/transport.ts';
import { UsageError } from './command.ts';

export const TRANSPORT_OPTIONS = {
  cacert: { type: 'string' },
  cert: { type: 'string', short: 'E' },
  key: { type: 'string' },
  pass: { type: 'string' },
  insecure: { type: 'boolean', short: 'k' },
  proxy: { type: 'string', short: 'x' },
  'proxy-user': { type: 'string', short: 'U' },
  noproxy: { type: 'string' },
  'http1.1': { type: 'boolean' },
  http2: { type: 'boolean' },
  ipv4: { type: 'boolean', short: '4' },
  ipv6: { type: 'boolean', short: '6' },
  'unix-socket': { type: 'string' },
} as const;

export const TRANSPORT_HELP = `  --cacert FILE         authorities to trust besides the usual ones (PEM)
  -E, --cert FILE       the client certificate: PEM, or PKCS#12 when the name
                        ends in .p12 or .pfx; --key FILE, --pass PHRASE
  -k, --insecure        believe whoever answers; a warning says so
  -x, --proxy URL       http://, https:// or socks5://host:port instead of the
                        proxies of the environment; --proxy-user NAME:PASSWORD
  --noproxy HOSTS       reached directly: names and networks, or * for all
  --http1.1, --http2    this version of HTTP and no other
  -4, --ipv4            IPv4 only; -6, --ipv6 for IPv6
  --unix-socket PATH    the server's socket; also as unix:/PATH:/events
`;

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
