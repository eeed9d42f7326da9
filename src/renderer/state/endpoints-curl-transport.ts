/** The way to the server in curl's options: TLS, proxy, HTTP version, address family, unix socket. */
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../shared/connection/transport.ts';
import { shellQuoted } from './shell-words.ts';

const PKCS12 = /\.(?:p12|pfx)$/i;

/** The settings after an option; null when the option is about something else. `value` is "" for flags. */
export function transportAfter(spec: TransportSpec, option: string, value: string): TransportSpec | null {
  const tls = (patch: Partial<TransportSpec['tls']>) => ({ ...spec, tls: { ...spec.tls, ...patch } });
  const proxy = (patch: Partial<TransportSpec['proxy']>) => ({ ...spec, proxy: { ...spec.proxy, ...patch } });
  switch (option) {
    case '-k':
    case '--insecure':
      return tls({ unverified: true });
    case '--cacert':
      return tls({ caFile: value });
    case '-E':
    case '--cert': {
      // "file:passphrase"; a colon behind one letter is a drive.
      const [, file = value, passphrase = ''] = /^(.[^]+?):(.*)$/s.exec(value) ?? [];
      return PKCS12.test(file)
        ? tls({ identity: 'pkcs12', pkcs12File: file, passphrase })
        : tls({ identity: 'pem', certFile: file, passphrase });
    }
    case '--key':
      return tls({ keyFile: value });
    case '--pass':
      return tls({ passphrase: value });
    case '--cert-type':
      return /^p12$/i.test(value)
        ? tls({ identity: 'pkcs12', pkcs12File: spec.tls.certFile || spec.tls.pkcs12File, certFile: '' })
        : spec;
    case '-x':
    case '--proxy':
      return proxy({ mode: value === '' ? 'none' : 'manual', url: withScheme(value) });
    case '--socks5':
    case '--socks5-hostname':
      return proxy({ mode: 'manual', url: `socks5://${value}` });
    case '-p':
    case '--proxytunnel':
      return proxy({ tunnelHttp: true });
    case '-U':
    case '--proxy-user': {
      const colon = value.indexOf(':');
      return colon < 0
        ? proxy({ username: value })
        : proxy({ username: value.slice(0, colon), password: value.slice(colon + 1) });
    }
    case '--noproxy':
      return value === '*' ? proxy({ mode: 'none' }) : proxy({ bypass: value });
    case '--unix-socket':
      return { ...spec, socketPath: value };
    case '--http1.1':
      return { ...spec, httpVersion: '1.1' };
    case '--http2':
      return spec;
    case '--http2-prior-knowledge':
      return { ...spec, httpVersion: '2' };
    case '-4':
    case '--ipv4':
      return { ...spec, addressFamily: '4' };
    case '-6':
    case '--ipv6':
      return { ...spec, addressFamily: '6' };
    default:
      return null;
  }
}

/** Options that stand alone. */
export const TRANSPORT_FLAGS = /^--(?:insecure|proxytunnel|http1\.1|http2|http2-prior-knowledge|ipv[46])$/;

/** A proxy without a scheme speaks HTTP; `socks5h` lets the proxy look the name up, which is what is done here. */
function withScheme(url: string): string {
  if (url === '') return '';
  return url.includes('://') ? url.replace(/^socks(?:5h|4a?)?:/, 'socks5:') : `http://${url}`;
}

/** The settings as options, in a command's order. */
export function transportOptions(spec: TransportSpec): readonly string[] {
  const { tls, proxy } = spec;
  const usual = DEFAULT_TRANSPORT;
  const certificate = tls.identity === 'pem' ? tls.certFile : tls.identity === 'pkcs12' ? tls.pkcs12File : '';
  const named = (option: string, value: string) => (value === '' ? [] : [`${option} ${shellQuoted(value)}`]);
  return [
    ...(tls.unverified ? ['-k'] : []),
    ...named('--cacert', tls.caFile),
    ...named('--cert', certificate),
    ...(certificate !== '' && tls.identity === 'pkcs12' ? ['--cert-type P12'] : []),
    ...(tls.identity === 'pem' ? named('--key', tls.keyFile) : []),
    ...(certificate === '' ? [] : named('--pass', tls.passphrase)),
    ...(proxy.mode === 'none' ? ["--noproxy '*'"] : []),
    ...(proxy.mode === 'manual' ? named('--proxy', proxy.url) : []),
    ...(proxy.mode === 'manual' && proxy.username !== ''
      ? named('--proxy-user', `${proxy.username}:${proxy.password}`)
      : []),
    ...(proxy.mode === 'manual' ? named('--noproxy', proxy.bypass) : []),
    ...(proxy.mode === 'manual' && proxy.tunnelHttp ? ['--proxytunnel'] : []),
    ...(spec.httpVersion === usual.httpVersion
      ? []
      : [spec.httpVersion === '2' ? '--http2-prior-knowledge' : '--http1.1']),
    ...(spec.addressFamily === usual.addressFamily ? [] : [`-${spec.addressFamily}`]),
    ...named('--unix-socket', spec.socketPath),
  ];
}
