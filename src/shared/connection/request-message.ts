/**
 * From what the user asks for to what goes over the wire: the headers that the standard adds (WHATWG HTML 9.2.3), Last-Event-ID,
 * and checks that name what is wrong instead of throwing. The order of headers is the order on the wire.
 */
import { base64OfBytes } from '../base/base64.ts';
import type { HeaderPair } from '../session/entry.ts';
import type { Failure, RequestSpec } from './types.ts';

/** A request as it is sent. Header values are text; a port sends them as UTF-8 bytes. */
export interface RequestMessage {
  readonly method: string;
  /** Absolute, http or https, without fragment and credentials. */
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** Sent as UTF-8; "" means no body. */
  readonly body: string;
}

export interface ComposedRequest {
  /** As sent, or as far as it could be read when `failure` is set. */
  readonly message: RequestMessage;
  /** The value sent as Last-Event-ID; "" when the header was not sent. */
  readonly lastEventId: string;
  /** A sentence about a Last-Event-ID that could not be sent, else "". */
  readonly note: string;
  /** Why nothing can be sent. */
  readonly failure: Failure | null;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Control characters that no header may carry; a tab may stand inside. */
// eslint-disable-next-line no-control-regex -- these are the characters in question
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]/;
/** Headers that belong to the connection and not to the request. */
const CONNECTION_HEADERS = new Set(['transfer-encoding', 'keep-alive', 'upgrade', 'expect', 'trailer', 'te']);
/** Methods whose requests have a Content-Length even when there is no body. */
const BODY_METHODS = new Set(['POST', 'PUT', 'PATCH']);

/** Composes the request of one attempt; `lastEventId` is the last event ID string in force. */
export function composeRequest(spec: RequestSpec, lastEventId: string): ComposedRequest {
  const asked: HeaderPair[] = spec.headers
    .filter((header) => header.enabled && header.name.trim() !== '')
    .map((header) => [header.name.trim(), trimEdges(header.value)]);
  const method = spec.method.trim().toUpperCase() || 'GET';
  const address = readAddress(spec.url);
  const problem =
    methodProblem(method) ??
    (typeof address === 'string' ? address : null) ??
    headerProblem(asked, byteLength(spec.body));
  if (problem !== null || typeof address === 'string') {
    return {
      message: { method, url: spec.url, headers: asked, body: spec.body },
      lastEventId: '',
      note: '',
      failure: { code: 'invalid-request', message: problem ?? '' },
    };
  }
  const id = sendableId(lastEventId);
  const headers = wireHeaders(method, address, asked, spec.body, id.value);
  return {
    message: { method, url: withoutCredentials(address), headers, body: spec.body },
    lastEventId: id.value || (pick(asked, 'last-event-id')?.[1] ?? ''),
    note: id.note,
    failure: null,
  };
}

function wireHeaders(
  method: string,
  url: URL,
  asked: readonly HeaderPair[],
  body: string,
  id: string,
): HeaderPair[] {
  const own = new Set(['host', 'connection', 'content-length', ...(id === '' ? [] : ['last-event-id'])]);
  const headers: HeaderPair[] = [
    ['Host', pick(asked, 'host')?.[1] ?? url.host],
    ['Connection', pick(asked, 'connection')?.[1] ?? 'keep-alive'],
    ...asked.filter(([name]) => !own.has(name.toLowerCase())),
  ];
  const add = (name: string, value: string) => {
    if (!pick(asked, name.toLowerCase())) headers.push([name, value]);
  };
  add('Accept', 'text/event-stream');
  add('Cache-Control', 'no-cache');
  add('Accept-Encoding', 'gzip, deflate, br');
  add('User-Agent', 'Streamscope');
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    add('Authorization', `Basic ${base64OfBytes(new TextEncoder().encode(credentials))}`);
  }
  if (id !== '') headers.push(['Last-Event-ID', id]);
  if (body !== '') add('Content-Type', looksLikeJson(body) ? 'application/json' : 'text/plain;charset=UTF-8');
  if (body !== '' || BODY_METHODS.has(method)) headers.push(['Content-Length', String(byteLength(body))]);
  return headers;
}

/**
 * A last event ID as a header can carry it. An ID may hold any character but NUL, CR and LF; a header may not hold the other
 * control characters, and loses blanks at its ends.
 */
function sendableId(lastEventId: string): { value: string; note: string } {
  const bad = UNSENDABLE.exec(lastEventId)?.[0];
  if (bad === undefined) return { value: trimEdges(lastEventId), note: '' };
  const code = bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    value: '',
    note: `The last event ID was not sent: it contains U+${code}, which a header cannot carry`,
  };
}

function methodProblem(method: string): string | null {
  if (!TOKEN.test(method)) return `"${method}" is not an HTTP method. Use GET or POST, for example.`;
  if (method === 'CONNECT') return 'CONNECT opens a tunnel and not a stream. Choose another method.';
  return null;
}

/** The address, or a sentence about what is wrong with it. */
function readAddress(text: string): URL | string {
  if (text.trim() === '') return 'There is no address. Write one such as http://127.0.0.1:8080/events.';
  let url: URL;
  try {
    url = new URL(text.trim());
    decodeURIComponent(url.username + url.password);
  } catch {
    return `"${text}" is not an address. Write it as http://host:port/path.`;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `Streamscope speaks http and https, and the address begins with "${url.protocol}". Write it as http://host:port/path.`;
  return url;
}

function headerProblem(asked: readonly HeaderPair[], bodyBytes: number): string | null {
  for (const [name, value] of asked) {
    const key = name.toLowerCase();
    if (!TOKEN.test(name))
      return `"${name}" is not a header name: only letters, digits and !#$%&'*+-.^_\`|~ may stand in it.`;
    const bad = UNSENDABLE.exec(value)?.[0];
    if (bad !== undefined)
      return `The value of the header ${name} holds the control character U+${bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}, which cannot be sent. Take it out.`;
    if (CONNECTION_HEADERS.has(key))
      return `The header ${name} belongs to the connection and cannot be set. Take it out.`;
    if (key === 'connection' && !/^(close|keep-alive)$/i.test(value))
      return 'The header Connection can only be close or keep-alive.';
    if (key === 'content-length' && value !== String(bodyBytes))
      return `Content-Length says ${value || 'nothing'} and the body has ${bodyBytes} bytes. Take the header out; it is set by itself.`;
    if (key === 'host' && value === '') return 'The header Host is empty. Take it out; it is set by itself.';
  }
  const hosts = asked.filter(([name]) => name.toLowerCase() === 'host').length;
  return hosts > 1 ? 'There are two Host headers. Take one out.' : null;
}

function withoutCredentials(url: URL): string {
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare.href;
}

function pick(headers: readonly HeaderPair[], name: string): HeaderPair | undefined {
  return headers.find(([key]) => key.toLowerCase() === name);
}

function trimEdges(value: string): string {
  return value.replace(/^[\t ]+|[\t ]+$/g, '');
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function looksLikeJson(body: string): boolean {
  const first = body.trimStart()[0];
  if (first !== '{' && first !== '[') return false;
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
