/** What a page of another origin needs to read an answer (the Fetch standard's CORS protocol). */
import type { IncomingMessage } from 'node:http';
import type { HeaderPair } from '../../shared/session/entry.ts';

/** For answers. The page's origin is named, so that it may send credentials. */
export function crossOriginHeaders(request: IncomingMessage): HeaderPair[] {
  const origin = request.headers.origin ?? '*';
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
    ...(origin === '*' ? [] : [['access-control-allow-credentials', 'true'] as const]),
    [
      'access-control-expose-headers',
      origin === '*' ? '*' : 'retry-after, x-streamscope-replay, x-request-id',
    ],
  ];
}

/** For the question that a browser asks first. */
export function preflightHeaders(request: IncomingMessage): HeaderPair[] {
  const { headers } = request;
  return [
    ...crossOriginHeaders(request),
    ['access-control-allow-methods', headers['access-control-request-method'] ?? '*'],
    ['access-control-allow-headers', headers['access-control-request-headers'] ?? '*'],
    ['access-control-allow-private-network', 'true'],
    ['access-control-max-age', '600'],
  ];
}

export function isPreflight(request: IncomingMessage): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}
