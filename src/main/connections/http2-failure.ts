/** Why an HTTP/2 stream or its connection ended before its time, in words (RFC 9113 sections 5.4, 6.4, 6.8 and 7). */
import { constants } from 'node:http2';
import { longHeadText } from './http-failure.ts';
import { TransportError } from './transport-error.ts';

/** "INTERNAL_ERROR" for 2. */
export function http2CodeName(code: number): string {
  return NAMES.get(code) ?? `code ${code}`;
}

const NAMES = new Map<number, string>(
  [
    'NO_ERROR',
    'PROTOCOL_ERROR',
    'INTERNAL_ERROR',
    'FLOW_CONTROL_ERROR',
    'SETTINGS_TIMEOUT',
    'STREAM_CLOSED',
    'FRAME_SIZE_ERROR',
    'REFUSED_STREAM',
    'CANCEL',
    'COMPRESSION_ERROR',
    'CONNECT_ERROR',
    'ENHANCE_YOUR_CALM',
    'INADEQUATE_SECURITY',
    'HTTP_1_1_REQUIRED',
  ].map((name) => [constants[`NGHTTP2_${name}` as keyof typeof constants] as number, name]),
);

const ADVICE: Readonly<Record<string, string>> = {
  NO_ERROR: 'It closes in good order, as at a restart.',
  REFUSED_STREAM: 'It did not begin to answer, so asking again is safe.',
  ENHANCE_YOUR_CALM: 'It finds that it is asked too often.',
  HTTP_1_1_REQUIRED: 'Choose HTTP/1.1 under "TLS and proxy".',
  CANCEL: 'It has no further use for the stream.',
};

const LOOK_AT_LOG = "Look at the server's log.";

/** The server reset this stream. */
export function streamReset(host: string, code: number): TransportError {
  const name = http2CodeName(code);
  const advice =
    name === 'NO_ERROR' ? 'It did not say that the answer is complete.' : (ADVICE[name] ?? LOOK_AT_LOG);
  return new TransportError(
    'http2',
    `${host} reset the stream (HTTP/2 RST_STREAM, ${name}). ${advice}`,
    name,
  );
}

/** The server said that the connection is over. */
export function goneAway(host: string, code: number): TransportError {
  const name = http2CodeName(code);
  const advice = ADVICE[name] ?? LOOK_AT_LOG;
  return new TransportError(
    'http2',
    `${host} closed the connection that its streams share (HTTP/2 GOAWAY, ${name}). ${advice}`,
    `GOAWAY ${name}`,
  );
}

/** The response head is longer than the endpoint's limit. */
export function longHead(host: string): TransportError {
  return new TransportError('limit', longHeadText(host), 'HTTP/2');
}

/** The connection closed and nobody said why. */
export function connectionLost(host: string, afterHead: boolean): TransportError {
  return afterHead
    ? new TransportError('truncated', `${host} closed the connection in the middle of the stream.`, 'HTTP/2')
    : new TransportError(
        'reset',
        `${host} closed the connection without an answer. Look at the server's log; check http or https, the port, and whether it asks for a client certificate.`,
        'HTTP/2',
      );
}

/** What came is not HTTP/2, or breaks its rules. */
export function notHttp2(host: string, code: string): TransportError {
  return new TransportError(
    'http2',
    `What ${host} sent is not valid HTTP/2 (${code}). Choose HTTP/1.1 under "TLS and proxy", or check the port.`,
    code,
  );
}
