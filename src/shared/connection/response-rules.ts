/** Whether a response is an event stream (WHATWG HTML 9.2.3): status 200 and the MIME essence text/event-stream, nothing else. */
import type { HeaderPair } from '../session/entry.ts';
import type { Failure } from './types.ts';

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const ESSENCE = new RegExp(`^(${TOKEN}/${TOKEN})[\\t ]*(?:;|$)`);
/** Splits a header with several values at its commas, but not at those in quotes. */
const LIST_ITEM = /(?:"(?:\\.|[^"\\])*"?|[^,"])+/g;

/** Why the response is refused as an event stream, or null when it is one. The failure is final. */
export function refusalOf(
  status: number,
  statusText: string,
  headers: readonly HeaderPair[],
): Failure | null {
  if (status !== 200) return { code: 'http-status', message: statusMessage(status, statusText, headers) };
  const essence = mimeEssence(headers);
  if (essence === 'text/event-stream') return null;
  const got = headerValues(headers, 'content-type').join(', ');
  const said = got === '' ? 'without a Content-Type' : `with Content-Type "${got}"`;
  return {
    code: 'content-type',
    message: `The server answered ${said}, and an event stream needs text/event-stream. Check the address and the Accept header; the answer is kept, so you can look at what it is.`,
  };
}

/** The type/subtype of the response in lower case, "" when there is none that can be read. The last valid one counts. */
export function mimeEssence(headers: readonly HeaderPair[]): string {
  let essence = '';
  for (const value of headerValues(headers, 'content-type')) {
    for (const item of value.match(LIST_ITEM) ?? []) {
      const found = ESSENCE.exec(item.trim())?.[1]?.toLowerCase();
      if (found !== undefined && found !== '*/*') essence = found;
    }
  }
  return essence;
}

/** Values of all headers with this (lower-case) name, in order. */
export function headerValues(headers: readonly HeaderPair[], name: string): string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

function statusMessage(status: number, statusText: string, headers: readonly HeaderPair[]): string {
  const retryAfter = headerValues(headers, 'retry-after')[0];
  const wait = retryAfter === undefined ? '' : ` It asks to wait (Retry-After: ${retryAfter}).`;
  return `The server answered ${`${status} ${statusText}`.trim()}. ${adviceFor(status)}${wait}`;
}

function adviceFor(status: number): string {
  if (status === 204) return 'This tells clients of an event stream to stop asking.';
  if (status === 401 || status === 403) return 'Check the Authorization header or the API key.';
  if (status === 404 || status === 410) return 'Check the path of the address.';
  if (status === 405) return 'Choose another method.';
  if (status === 407) return 'A proxy asks for a user name and a password: enter them under "TLS and proxy".';
  if (status === 429) return 'It had too many requests; wait and connect again.';
  if (status >= 500) return 'The fault is on its side; look at its log, or connect again later.';
  if (status >= 400) return 'It did not accept the request; check the headers and the body.';
  if (status >= 300) return 'It points elsewhere in a way that is not followed; check the address.';
  return 'Only 200 opens an event stream.';
}
