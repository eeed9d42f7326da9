/** Which transport settings still hold after a redirect: what was set for one server is not shown to, or trusted of, another. */
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../shared/connection/transport.ts';

/** The settings for a request to `url`, when the endpoint that they were made for is at `firstUrl`. */
export function transportAt(transport: TransportSpec, firstUrl: string, url: string): TransportSpec {
  const first = new URL(firstUrl);
  const now = new URL(url);
  if (first.origin === now.origin) return transport;
  // The same server, which wants to be asked over TLS.
  const isUpgrade =
    first.protocol === 'http:' && now.protocol === 'https:' && first.hostname === now.hostname;
  if (isUpgrade) return { ...transport, socketPath: '' };
  // The authorities stay: trusting them tells nobody anything.
  const tls = { ...DEFAULT_TRANSPORT.tls, caFile: transport.tls.caFile };
  return { ...transport, socketPath: '', tls };
}
