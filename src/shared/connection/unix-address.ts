/**
 * Addresses of servers at unix sockets, written in one line: `unix:/run/app.sock:/events` is `http://localhost/events`, asked for
 * at that socket. A path with a colon in it is set in the transport settings instead.
 */
import type { TransportSpec } from './transport.ts';

interface UnixAddress {
  readonly socketPath: string;
  readonly url: string;
}

/** null when it is another address. */
export function readUnixAddress(text: string): UnixAddress | null {
  const [, socketPath, path = '/'] = /^unix:(?:\/\/)?(\/[^:?#]+)(?::(\/.*)?)?$/i.exec(text.trim()) ?? [];
  return socketPath === undefined ? null : { socketPath, url: `http://localhost${path}` };
}

/** The settings with the socket that the address names. */
export function transportTo(url: string, transport: TransportSpec): TransportSpec {
  const socketPath = readUnixAddress(url)?.socketPath;
  return socketPath === undefined ? transport : { ...transport, socketPath };
}
