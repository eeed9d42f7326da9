/**
 * From what the user asks for to what goes over the wire: the headers that the standard adds (WHATWG HTML 9.2.3), Last-Event-ID,
 * and checks that name what is wrong instead of throwing. The order of headers is the order on the wire.
 */
import type { HeaderPair } from '../session/entry.ts';
import { authHeader, basicCredentials, type ClientCredentials } from './request-auth.ts';
import { encodeBody, type EncodedBody, type MessageBody } from './request-body.ts';
import { addParam } from './request-params.ts';
import { readUnixAddress } from './unix-address.ts';
import type { Failure, RequestSpec } from './types.ts';

/** A request as it is sent. Header values are text; a port sends them as UTF-8 bytes. */
export interface RequestMessage {
  readonly method: string;
  /** Absolute, http or https, without fragment and credentials. */
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** With files in it, its length is only known to who sends it, and Content-Length is not among the headers. */
  readonly body: MessageBody;
  /** What an access token is got with before this is sent; it becomes the Authorization header. */
  readonly oauth2?: ClientCredentials;
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

/** Content codings that every runtime can undo. */
export const USUAL_CODINGS: readonly string[] = ['gzip', 'deflate', 'br'];

/**
 * Composes the request of one attempt; `lastEventId` is the last event ID string in force, `codings` are the content codings to
 * offer.
 */
export function composeRequest(
  spec: RequestSpec,
  lastEventId: string,
  codings: readonly string[] = USUAL_CODINGS,
): ComposedRequest {
  const asked: HeaderPair[] = spec.headers
    .filter((header) => header.enabled && header.name.trim() !== '')
    .map((header) => [header.name.trim(), trimEdges(header.value)]);
  const method = spec.method.trim().toUpperCase() || 'GET';
  const encoded = encodeBody(spec.body, asked);
  const { body } = encoded;
  const credentials = authHeader(spec.auth);
  if (credentials && !pick(asked, credentials[0].toLowerCase())) asked.push(credentials);
  const { apiKey } = spec.auth;
  const keyed = spec.auth.kind === 'api-key' && apiKey.place === 'query' && apiKey.name.trim() !== '';
  const url = keyed ? addParam(spec.url, apiKey.name.trim(), apiKey.value) : spec.url;
  const address = readAddress(url);
  const problem =
    methodProblem(method) ??
    (typeof address === 'string' ? address : null) ??
    headerProblem(asked, byteLength(body)) ??
    bodyProblem(spec);
  if (problem !== null || typeof address === 'string') {
    return {
      message: { method, url, headers: asked, body },
      lastEventId: '',
      note: '',
      failure: { code: 'invalid-request', message: problem ?? '' },
    };
  }
  const id = sendableId(lastEventId);
  const headers = wireHeaders(method, address, asked, encoded, id.value, codings);
  const message = { method, url: withoutCredentials(address), headers, body };
  const needsToken = spec.auth.kind === 'oauth2' && !pick(asked, 'authorization');
  return {
    message: needsToken ? { ...message, oauth2: spec.auth.oauth2 } : message,
    lastEventId: id.value ?? pick(asked, 'last-event-id')?.[1] ?? '',
    note: id.note,
    failure: null,
  };
}

function wireHeaders(
  method: string,
  url: URL,
  asked: readonly HeaderPair[],
  { body, contentType }: EncodedBody,
  id: string | null,
  codings: readonly string[],
): HeaderPair[] {
  const own = new Set(['host', 'connection', 'content-length', ...(id === null ? [] : ['last-event-id'])]);
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
  add('Accept-Encoding', codings.join(', '));
  add('User-Agent', 'Streamscope');
  if (url.username !== '' || url.password !== '') {
    add(
      'Authorization',
      basicCredentials(decodeURIComponent(url.username), decodeURIComponent(url.password)),
    );
  }
  if (id !== null) headers.push(['Last-Event-ID', id]);
  if (contentType !== '') addContentType(headers, contentType);
  const length = byteLength(body);
  if (length !== null && (length > 0 || BODY_METHODS.has(method)))
    headers.push(['Content-Length', String(length)]);
  return headers;
}

/** The user's own Content-Type stays, but a multipart one without a boundary could not be read by anyone. */
function addContentType(headers: HeaderPair[], contentType: string): void {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
  const own = headers[at];
  if (!own) headers.push(['Content-Type', contentType]);
  else if (/^multipart\//i.test(own[1]) && !/;\s*boundary=/i.test(own[1])) {
    const boundary = /; boundary=.*$/.exec(contentType)?.[0] ?? '';
    headers[at] = [own[0], own[1] + boundary];
  }
}

function bodyProblem({ body, auth }: RequestSpec): string | null {
  if (body.kind === 'file' && body.path.trim() === '')
    return 'The body is a file, and none is chosen. Choose one in Body.';
  if (body.kind === 'multipart') {
    const empty = body.fields.find((field) => field.enabled && field.file && field.value.trim() === '');
    if (empty) return `The form field "${empty.name}" is a file, and none is chosen. Choose one in Body.`;
  }
  if (auth.kind === 'oauth2' && auth.oauth2.tokenUrl.trim() === '')
    return 'An access token is to be fetched, and there is no token URL. Write it in Auth.';
  return null;
}

/**
 * A last event ID as a header can carry it. An ID may hold any character but NUL, CR and LF; a header may not hold the other
 * control characters, and loses blanks at its ends. One of blanks alone leaves an empty header, as in a browser. Null: no header.
 */
function sendableId(lastEventId: string): { value: string | null; note: string } {
  if (lastEventId === '') return { value: null, note: '' };
  const bad = UNSENDABLE.exec(lastEventId)?.[0];
  if (bad === undefined) return { value: trimEdges(lastEventId), note: '' };
  const code = bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    value: null,
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
    url = new URL(readUnixAddress(text)?.url ?? text.trim());
    decodeURIComponent(url.username + url.password);
  } catch {
    return `"${text}" is not an address. Write it as http://host:port/path.`;
  }
  if (url.protocol === 'unix:')
    return `"${text}" is no address of a unix socket. Write it as unix:/path/to.sock:/events.`;
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `Streamscope speaks http and https, and the address begins with "${url.protocol}". Write it as http://host:port/path.`;
  return url;
}

/** @param bodyBytes null: not known yet */
function headerProblem(asked: readonly HeaderPair[], bodyBytes: number | null): string | null {
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
    if (key === 'content-length' && bodyBytes !== null && value !== String(bodyBytes))
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

/** null when files are part of the body. */
function byteLength(body: MessageBody): number | null {
  return typeof body === 'string' ? new TextEncoder().encode(body).length : null;
}
