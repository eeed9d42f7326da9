/** Asks an HTTP proxy for a tunnel to a server (CONNECT, RFC 9110 section 9.3.6). */
import type { Socket } from 'node:net';
import { createHandshakeReader } from './handshake-reader.ts';
import { hostAndPort, type ProxyServer } from './proxy-route.ts';
import { codeOrMessage, TransportError } from './transport-error.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

/** The value of Proxy-Authorization; null when the proxy is not given a name. */
export function proxyAuthorization({ username, password }: ProxyServer): string | null {
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Resolves when the socket leads to `host`. Throws `TransportError`. */
export async function openTunnel(
  socket: Socket,
  proxy: ProxyServer,
  host: string,
  port: number,
): Promise<void> {
  const target = hostAndPort(host, port);
  const authorization = proxyAuthorization(proxy);
  const reader = createHandshakeReader(socket);
  try {
    socket.write(
      `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${
        authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`
      }\r\n`,
    );
    const answer = (await reader.takeThrough('\r\n\r\n', MAX_ANSWER_BYTES)).toString('latin1');
    const [, status = '', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(answer) ?? [];
    if (status.startsWith('2')) return;
    throw refusal(hostAndPort(proxy.host, proxy.port), target, status, reason);
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw new TransportError(
      'proxy',
      `The proxy ${hostAndPort(proxy.host, proxy.port)} ended the connection without opening the way to ${target}. Check that it is an HTTP proxy.`,
      codeOrMessage(error),
    );
  } finally {
    reader.release();
  }
}

function refusal(proxy: string, target: string, status: string, reason: string): TransportError {
  if (status === '')
    return new TransportError('proxy', `What ${proxy} answered is not HTTP. Check the address of the proxy.`);
  return new TransportError('proxy', proxyRefusalText(proxy, target, `${status} ${reason}`.trim()), status);
}

/** Why a proxy did not let a request through. `answer` begins with its status. */
export function proxyRefusalText(proxy: string, target: string, answer: string): string {
  if (answer.startsWith('407'))
    return `The proxy ${proxy} asks for a user name and a password (${answer}). Set them, or check them, under "TLS and proxy".`;
  return `The proxy ${proxy} does not open the way to ${target}: ${answer}. Look at its rules, or add the host to the exceptions.`;
}
