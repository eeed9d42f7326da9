/** What went wrong on the wire, in words that say what happened and what to do about it. */
import type { Failure, FailureCode } from '../../shared/connection/types.ts';
import { InflationError } from './inflation-meter.ts';
import { TransportError } from './transport-error.ts';

/** undici names its parser's errors by class; their codes are often missing. */
const PARSER_ERROR = 'HTTPParserError';

/** How far the attempt had come. */
export type Progress = 'connecting' | 'awaiting-head' | 'reading-body';

interface WireError extends Error {
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** The failure of an attempt to reach `url` that ended with `error`. */
export function failureOf(error: unknown, url: string, progress: Progress): Failure {
  if (error instanceof TransportError) return error.failure;
  const code = codeOf(error);
  return { ...explain(code, textOf(error), hostOf(url), progress), cause: code };
}

/** The failure of a body that could not be decoded. */
export function decodingFailureOf(error: unknown, encodings: string): Failure {
  if (error instanceof InflationError)
    return {
      code: 'decompression',
      message: `The compressed body (${encodings}) was cut off: ${error.message}`,
    };
  const code = codeOf(error);
  if (code === 'Z_BUF_ERROR') {
    return {
      code: 'truncated',
      message: `The compressed body (${encodings}) broke off before its end. What was decoded so far is kept.`,
      cause: code,
    };
  }
  return {
    code: 'content-encoding',
    message: `The body is not valid ${encodings} data (${textOf(error)}). Check what compresses it, or ask with Accept-Encoding: identity.`,
    cause: code,
  };
}

function explain(code: string, text: string, host: string, progress: Progress): Omit<Failure, 'cause'> {
  switch (code) {
    case 'ECONNREFUSED':
      return say('refused', `Nothing listens at ${host}. Check that the server runs, and the port.`);
    case 'ENOTFOUND':
    case 'EAI_NONAME':
      return say('dns', `The name of ${host} is not known. Check the spelling, or the network.`);
    case 'EAI_AGAIN':
      return say('dns', `The name of ${host} could not be looked up. Check the network.`);
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return say('timeout', `${host} did not answer in time. Check the address, and firewalls on the way.`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return say('refused', `There is no way to ${host}. Check the network, a VPN for example.`);
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return say('truncated', `The body of ${host} does not have the length that its Content-Length says.`);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return say('limit', longHeadText(host));
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_DESTROYED':
      return explainReset(code, host, progress);
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
    case 'ERR_INVALID_URL':
      return say('invalid-request', `The request cannot be sent: ${text}. Check its headers.`);
    default:
  }
  if (code.startsWith('HPE_') || code === PARSER_ERROR) return explainProtocol(text, host, progress);
  if (isTls(code)) return say('tls', explainTls(code, host, text));
  return say('other', `The connection to ${host} failed: ${text}.`);
}

export function longHeadText(host: string): string {
  return `The head that ${host} sent is longer than the limit. Look at what sets its headers, or raise the limit under Limits.`;
}

function explainReset(code: string, host: string, progress: Progress): Omit<Failure, 'cause'> {
  if (progress === 'reading-body') {
    return code === 'UND_ERR_SOCKET'
      ? say('truncated', `${host} closed the connection in the middle of the stream.`)
      : say('reset', `The connection to ${host} was reset in the middle of the stream.`);
  }
  return say(
    'reset',
    `${host} closed the connection without an answer. Look at the server's log; check http or https, the port, and whether it asks for a client certificate.`,
  );
}

function explainProtocol(text: string, host: string, progress: Progress): Omit<Failure, 'cause'> {
  const detail = /\(([^)]*)\)/.exec(text)?.[1] ?? text;
  if (progress !== 'reading-body')
    return say('other', `What ${host} answered is not HTTP: ${detail}. Check http or https, and the port.`);
  if (/EOF/i.test(detail))
    return say('truncated', `${host} closed the connection in the middle of the stream.`);
  return say('truncated', `The stream of ${host} broke off: what it sent is not valid HTTP (${detail}).`);
}

function explainTls(code: string, host: string, text: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${host} has expired. It must be renewed.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${host} is for another name. Check the address, or the certificate.`;
  if (/SELF_SIGNED|UNABLE_TO|UNTRUSTED|ISSUER/.test(code))
    return `The certificate of ${host} is not from an authority that this computer trusts (${code}). Choose the authority's file under "TLS and proxy", or start Streamscope with NODE_EXTRA_CA_CERTS=FILE.`;
  if (/CERTIFICATE_REQUIRED|PEER_DID_NOT_RETURN/.test(code))
    return `${host} asks for a client certificate. Choose one under "TLS and proxy".`;
  if (/ALERT.*(?:CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code))
    return `${host} does not accept the client certificate (${code}). Choose another under "TLS and proxy".`;
  if (code.includes('ALERT_HANDSHAKE_FAILURE'))
    return `${host} ended the TLS handshake (${code}). It may ask for a client certificate: choose one under "TLS and proxy". Or it offers no version of TLS that is safe.`;
  if (code.includes('NO_APPLICATION_PROTOCOL'))
    return `${host} does not speak the HTTP version that is asked for. Choose "automatic" under "TLS and proxy".`;
  if (/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH|UNKNOWN_PROTOCOL|HTTP_REQUEST/.test(`${code} ${text}`))
    return `${host} does not speak TLS there. Check whether the address should begin with http:, and the port.`;
  return `The secure connection to ${host} failed (${code}).`;
}

function isTls(code: string): boolean {
  return /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_CA|HOSTNAME_MISMATCH|PATH_LENGTH|CRL_)/.test(
    code,
  );
}

function say(code: FailureCode, message: string): Omit<Failure, 'cause'> {
  return { code, message };
}

/** The runtime's code of the error, of what caused it, or of the first of several. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, cause, errors } = error as WireError;
  if (typeof code === 'string' && code !== '') return code;
  return codeOf(cause) || codeOf(errors?.[0]) || error.name;
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '') || 'no reason was given';
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
