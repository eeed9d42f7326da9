/** Following a redirect as the Fetch standard does ("HTTP-redirect fetch"): method, body and credentials of the next hop. */
import type { HeaderPair } from '../session/entry.ts';
import { headerValues } from './response-rules.ts';
import type { RequestMessage } from './request-message.ts';
import type { Failure } from './types.ts';

/** Redirects followed in a row before it counts as an error (Fetch standard). */
export const MAX_REDIRECTS = 20;

/** Headers that speak of a body; they go when the body goes. */
const BODY_HEADERS = new Set([
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
]);
/** Headers that are meant for one origin only. */
const ORIGIN_HEADERS = new Set(['authorization', 'cookie', 'host', 'proxy-authorization']);

export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

export type NextHop =
  | { readonly message: RequestMessage; readonly failure: null }
  | { readonly message: null; readonly failure: Failure };

/**
 * The request that follows a redirect.
 *
 * @param visited addresses asked in this attempt so far, the present one last
 */
export function nextHop(
  message: RequestMessage,
  status: number,
  headers: readonly HeaderPair[],
  visited: readonly string[],
): NextHop {
  const location = headerValues(headers, 'location')[0]?.trim() ?? '';
  if (location === '')
    return fail(`The server answered ${status} without saying where to go (no Location header).`);
  let target: URL;
  try {
    target = new URL(location, message.url);
  } catch {
    return fail(`The server redirects to "${location}", which is not an address.`);
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    return fail(`The server redirects to "${location}", which is neither http nor https.`);
  if (visited.length > MAX_REDIRECTS)
    return fail(`The server redirected more than ${MAX_REDIRECTS} times in a row.`);

  const from = new URL(message.url);
  target.hash = '';
  const toGet =
    ((status === 301 || status === 302) && message.method === 'POST') ||
    (status === 303 && message.method !== 'GET' && message.method !== 'HEAD');
  const crossOrigin = target.origin !== from.origin;
  const kept = message.headers.filter(([name]) => {
    const key = name.toLowerCase();
    if (toGet && BODY_HEADERS.has(key)) return false;
    return !(crossOrigin && ORIGIN_HEADERS.has(key));
  });
  const method = toGet ? 'GET' : message.method;
  // With nothing to tell one visit from the next, the same request again can only get the same answer.
  if (visited.includes(target.href) && method === message.method)
    return fail(`The redirects go round in a circle: ${[...visited, target.href].join(' → ')}.`);
  const hosted: HeaderPair[] = crossOrigin ? [['Host', target.host], ...kept] : kept;
  return {
    message: { method, url: target.href, headers: hosted, body: toGet ? '' : message.body },
    failure: null,
  };
}

function fail(message: string): NextHop {
  return {
    message: null,
    failure: { code: 'redirect', message: `${message} Check the address, or the server's redirect rules.` },
  };
}
