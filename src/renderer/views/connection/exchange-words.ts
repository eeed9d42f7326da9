/** What is known of an attempt's connection, as pairs of a label and a text. Pure. */
import type { ExchangeFacts, SentRequest, TlsFacts } from '../../../shared/session/exchange-facts.ts';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** How the request got there. */
export function wayFacts(exchange: ExchangeFacts, remoteAddress: string | null): readonly Fact[] {
  const { proxy, socketPath, localAddress, streamId, reused } = exchange;
  return present([
    ['Through proxy', proxy],
    ['Unix socket', socketPath],
    [proxy === null ? 'To' : 'To the proxy at', remoteAddress],
    ['From', localAddress],
    [
      'Stream',
      streamId === null
        ? null
        : `${streamId}, of ${reused ? 'a connection that was open already' : 'a new connection'}`,
    ],
  ]);
}

/** What TLS agreed on, and with whom. */
export function tlsFactsShown(tls: TlsFacts): readonly Fact[] {
  const { certificate } = tls;
  return present([
    ['TLS', [tls.version, tls.cipher].filter((word) => word !== '').join(', ')],
    ['ALPN', tls.alpn === '' ? 'nothing agreed on' : tls.alpn],
    ['Server name', tls.serverName],
    ['Issued to', certificate?.subject],
    ['Issued by', certificate?.issuer],
    ['Names', certificate?.altNames],
    ['Valid', certificate ? `${certificate.validFrom} to ${certificate.validTo}` : null],
    ['SHA-256', certificate?.fingerprint],
  ]);
}

/** Why the certificate would have been refused; "" when it was verified. */
export function unverifiedText(tls: TlsFacts): string {
  if (tls.verified) return '';
  return tls.problem === ''
    ? 'The certificate was not verified; nothing was wrong with it.'
    : `The certificate was not verified. It would have been refused: ${tls.problem}.`;
}

/** What to know of the body that is shown as it was sent; "" when nothing. */
export function sentNote(sent: SentRequest): string {
  if (sent.body === '') return ', longer than is kept: raise "Body" under Limits to see it';
  return sent.binary ? ', no text: one character a byte' : '';
}

function present(
  pairs: readonly (readonly [label: string, text: string | null | undefined])[],
): readonly Fact[] {
  return pairs.flatMap(([label, text]) => (text ? [{ label, text }] : []));
}
