/** What is known of the connection that an attempt used: who answered, through what, how it was secured, what went over it. */
import type { HeaderPair } from './entry.ts';

/** Optional in entries: captures of versions before 0.2 do not have it. */
export interface ExchangeFacts {
  /** The proxy in between with credentials hidden, such as "http://127.0.0.1:3128"; null when there is none. */
  readonly proxy: string | null;
  /** The unix socket; null over the network. */
  readonly socketPath: string | null;
  /** "127.0.0.1:5000", ours; null before the connection and over unix sockets. */
  readonly localAddress: string | null;
  /** The number of the stream when the connection is shared (HTTP/2), else null. */
  readonly streamId: number | null;
  /** An open HTTP/2 connection was used: no name was looked up and no keys were agreed on for this attempt. */
  readonly reused: boolean;
  readonly tls: TlsFacts | null;
  /** null before anything was sent. */
  readonly sent: SentRequest | null;
  /** Heads before the final one: 103 Early Hints, for example. */
  readonly informational: readonly InformationalHead[];
  /** Headers that came behind the body. */
  readonly trailers: readonly HeaderPair[];
}

export interface TlsFacts {
  /** "TLSv1.3" */
  readonly version: string;
  /** By its standard name, "TLS_AES_128_GCM_SHA256". */
  readonly cipher: string;
  /** "h2", "http/1.1", or "" when nothing was agreed on. */
  readonly alpn: string;
  /** The name that was asked for; "" when none was. */
  readonly serverName: string;
  /** Whether the certificate was held against the trusted authorities and the name. */
  readonly verified: boolean;
  /** Why it would have been refused, when it was not verified; "" when nothing was wrong with it. */
  readonly problem: string;
  readonly certificate: CertificateFacts | null;
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate says them, "Nov 22 12:00:00 2026 GMT". */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, as "AB:CD:…". */
  readonly fingerprint: string;
  /** "DNS:localhost, IP Address:127.0.0.1"; "" when there are none. */
  readonly altNames: string;
}

/** The request as it went over the socket, secrets hidden. */
export interface SentRequest {
  /** HTTP/1.1: the request line and headers with their line ends. HTTP/2: one `name: value` a line, pseudo-headers first. */
  readonly head: string;
  /** The body as it was sent; "" when there is none or it is longer than the endpoint keeps. */
  readonly body: string;
  /** Set when the bytes are no UTF-8: `body` is one character a byte then (ISO 8859-1). */
  readonly binary?: true;
  readonly bodyBytes: number;
}

export interface InformationalHead {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  /** Milliseconds since the attempt began. */
  readonly atMs: number;
}
