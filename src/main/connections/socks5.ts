/** Asks a SOCKS5 proxy for a connection to a server (RFC 1928, user names by RFC 1929). Names are looked up by the proxy. */
import { isIP, type Socket } from 'node:net';
import { createHandshakeReader, type HandshakeReader } from './handshake-reader.ts';
import { hostAndPort, type ProxyServer } from './proxy-route.ts';
import { codeOrMessage, TransportError } from './transport-error.ts';

const REPLIES: Readonly<Record<number, string>> = {
  1: 'it failed',
  2: 'its rules do not allow it',
  3: 'the network cannot be reached',
  4: 'the host cannot be reached',
  5: 'nothing listens there',
  6: 'it took too long',
  7: 'it does not open connections',
  8: 'it does not know this kind of address',
};
const NO_AUTHENTICATION = 0;
const USER_NAME = 2;

/** Resolves when the socket leads to `host`. Throws `TransportError`. */
export async function openSocks5(
  socket: Socket,
  proxy: ProxyServer,
  host: string,
  port: number,
): Promise<void> {
  const name = hostAndPort(proxy.host, proxy.port);
  const reader = createHandshakeReader(socket);
  try {
    await authenticate(socket, reader, proxy, name);
    socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(host), portBytes(port)]));
    const [version, reply = 1, , kind = 1] = await reader.take(4);
    if (version !== 5) throw notSocks(name);
    if (reply !== 0) {
      const why = REPLIES[reply] ?? `reply ${reply}`;
      throw new TransportError(
        'proxy',
        `The proxy ${name} does not open the way to ${hostAndPort(host, port)}: ${why}.`,
        `SOCKS ${reply}`,
      );
    }
    // The address that the proxy connects from: of no use to anybody, but it has to be read.
    await reader.take((kind === 4 ? 16 : kind === 3 ? ((await reader.take(1))[0] ?? 0) : 4) + 2);
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw new TransportError(
      'proxy',
      `The proxy ${name} ended the connection without opening the way to ${hostAndPort(host, port)}. Check that it is a SOCKS5 proxy.`,
      codeOrMessage(error),
    );
  } finally {
    reader.release();
  }
}

async function authenticate(
  socket: Socket,
  reader: HandshakeReader,
  { username, password }: ProxyServer,
  name: string,
): Promise<void> {
  const hasName = username !== '' || password !== '';
  socket.write(Buffer.from(hasName ? [5, 2, NO_AUTHENTICATION, USER_NAME] : [5, 1, NO_AUTHENTICATION]));
  const [version, method] = await reader.take(2);
  if (version !== 5) throw notSocks(name);
  if (method === NO_AUTHENTICATION) return;
  const asks = `The proxy ${name} asks for a user name and a password`;
  if (method !== USER_NAME || !hasName)
    throw new TransportError('proxy', `${asks}. Set them under "TLS and proxy".`, 'SOCKS auth');
  socket.write(Buffer.concat([Buffer.from([1]), lengthFirst(username), lengthFirst(password)]));
  const [, status] = await reader.take(2);
  if (status !== 0)
    throw new TransportError('proxy', `${asks} and does not take these. Check them.`, 'SOCKS auth');
}

function notSocks(name: string): TransportError {
  return new TransportError('proxy', `What ${name} answered is not SOCKS5. Check the address of the proxy.`);
}

function addressBytes(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  if (isIP(host) === 6) return Buffer.from([4, ...sixteenBytes(host)]);
  return Buffer.concat([Buffer.from([3]), lengthFirst(host)]);
}

/** The bytes of an IPv6 address. */
function sixteenBytes(host: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  const word = (high: string | undefined, low: string | undefined) =>
    (Number(high) * 256 + Number(low)).toString(16);
  const text = dotted
    ? `${dotted[1]}${word(dotted[2], dotted[3])}:${word(dotted[4], dotted[5])}`
    : (host.split('%')[0] ?? host);
  const [before = '', after] = text.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':').map((digits) => parseInt(digits, 16)));
  const first = words(before);
  const last = after === undefined ? [] : words(after);
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return [...first, ...zeros, ...last].flatMap((value) => [value >> 8, value & 255]);
}

function portBytes(port: number): Buffer {
  return Buffer.from([port >> 8, port & 255]);
}

function lengthFirst(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
