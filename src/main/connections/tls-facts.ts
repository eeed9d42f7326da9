/** What a TLS connection agreed on and who is at its other end. */
import type { TLSSocket } from 'node:tls';
import type { CertificateFacts, TlsFacts } from '../../shared/session/exchange-facts.ts';

/** Of a socket whose handshake is done. */
export function tlsFactsOf(socket: TLSSocket, serverName: string, verified: boolean): TlsFacts {
  const cipher = socket.getCipher() as { standardName?: string; name?: string } | undefined;
  return {
    version: socket.getProtocol() ?? '',
    cipher: cipher?.standardName ?? cipher?.name ?? '',
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : '',
    serverName,
    verified,
    problem: socket.authorized ? '' : String(socket.authorizationError ?? ''),
    certificate: certificateOf(socket),
  };
}

function certificateOf(socket: TLSSocket): CertificateFacts | null {
  const certificate = socket.getPeerCertificate();
  // A connection that is closing has none: the type does not say that everything is missing then.
  if (!certificate || Object.keys(certificate).length === 0) return null;
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
    fingerprint: certificate.fingerprint256,
    altNames: certificate.subjectaltname ?? '',
  };
}

/** "CN=localhost, O=Example" */
function nameText(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .reverse()
    .join(', ');
}
