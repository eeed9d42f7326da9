/** How a request reaches its server: TLS, proxy, HTTP version, address family, unix socket. Saved in an endpoint. */

export interface TransportSpec {
  /** `auto`: HTTP/2 where the server offers it over TLS, else 1.1. `2` over http: is spoken without asking (prior knowledge). */
  readonly httpVersion: 'auto' | '1.1' | '2';
  /** `auto`: both, and whichever answers first (RFC 8305). */
  readonly addressFamily: 'auto' | '4' | '6';
  /** The server listens at this unix socket (or Windows pipe) instead of the address's host and port; "" for the network. */
  readonly socketPath: string;
  readonly tls: TlsSpec;
  readonly proxy: ProxySpec;
}

/** Files are PEM unless said otherwise, and are named by path. */
export interface TlsSpec {
  /** Authorities to trust besides those of the system; "" for none. */
  readonly caFile: string;
  /** Who the client says it is. */
  readonly identity: 'none' | 'pem' | 'pkcs12';
  readonly certFile: string;
  /** "": the key is in `certFile`. */
  readonly keyFile: string;
  readonly pkcs12File: string;
  /** Of the key or of the PKCS#12 file; "" for none. */
  readonly passphrase: string;
  /** Whoever answers is believed: a warning is shown as long as this is on. */
  readonly unverified: boolean;
  /** Sent as SNI and looked for in the certificate; "" for the host of the address. */
  readonly serverName: string;
}

export interface ProxySpec {
  readonly mode: 'system' | 'manual' | 'none';
  /** `http://`, `https://` or `socks5://host:port`; only with `manual`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Hosts that are reached directly, separated by commas: `example.com`, `.example.com`, `10.0.0.0/8`, `host:port`, `*`. */
  readonly bypass: string;
  /** Asks an HTTP proxy for a tunnel (CONNECT) also where the address is http:. */
  readonly tunnelHttp: boolean;
}

export const DEFAULT_TRANSPORT: TransportSpec = {
  httpVersion: 'auto',
  addressFamily: 'auto',
  socketPath: '',
  tls: {
    caFile: '',
    identity: 'none',
    certFile: '',
    keyFile: '',
    pkcs12File: '',
    passphrase: '',
    unverified: false,
    serverName: '',
  },
  proxy: { mode: 'system', url: '', username: '', password: '', bypass: '', tunnelHttp: false },
};
