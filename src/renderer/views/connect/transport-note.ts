/** What is beside "TLS and proxy" when something there is not as usual. Pure. */
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../../shared/connection/transport.ts';

/** The most notable setting as a word, or a dot; "" when all is as usual. */
export function transportNote(transport: TransportSpec): string {
  // The words stand under the address as long as this is on.
  if (transport.tls.unverified) return '!';
  if (transport.socketPath !== '') return 'unix socket';
  if (transport.proxy.mode === 'manual') return 'proxy';
  return JSON.stringify(transport) === JSON.stringify(DEFAULT_TRANSPORT) ? '' : '•';
}
