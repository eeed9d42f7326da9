/** Where a tap listens, in words and as an address for programs. */
import { networkInterfaces } from 'node:os';
import { isIPv6 } from 'node:net';

/** "127.0.0.1:4010"; for all interfaces the one that others on the network know this machine by. */
export function addressOf(bind: string, port: number): string {
  const host = bind === '0.0.0.0' || bind === '::' ? (networkAddress() ?? '127.0.0.1') : bind;
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function networkAddress(): string | null {
  for (const addresses of Object.values(networkInterfaces()))
    for (const { family, internal, address } of addresses ?? [])
      if (family === 'IPv4' && !internal) return address;
  return null;
}

/** Why a tap cannot listen, and what to do. */
export function listenProblem(
  { code = '', message }: NodeJS.ErrnoException,
  bind: string,
  port: number,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Choose another port, or 0 for any that is free.`;
    case 'EACCES':
      return `Port ${port} is reserved: choose one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EINVAL':
      return `This machine has no address ${bind}. Choose 127.0.0.1, or 0.0.0.0 for all of its addresses.`;
    default:
      return `The tap cannot listen at ${bind}:${port}: ${message}.`;
  }
}
