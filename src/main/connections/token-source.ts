/**
 * Access tokens by OAuth 2 client credentials (RFC 6749 4.4): fetched over the same port as everything else, and kept until they
 * expire, in memory only. Knows nothing about the requests that the tokens are for.
 */
import { basicCredentials, type ClientCredentials } from '../../shared/connection/request-auth.ts';
import { formEncoded } from '../../shared/connection/request-body.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import type { Failure } from '../../shared/connection/types.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import { redactUrl } from '../../shared/session/redact.ts';
import type { ExchangeOptions, HttpPort } from './http-port.ts';

export interface Token {
  readonly value: string;
  /** Got now, and not kept from before. */
  readonly fresh: boolean;
}

export interface TokenSource {
  /** A token that has not expired. Rejects with `NotSentError`. */
  get(credentials: ClientCredentials, options: ExchangeOptions): Promise<Token>;
  /** The server did not take this one: the next call fetches another. */
  forget(credentials: ClientCredentials, token: string): void;
}

/** A request cannot be sent, because something that it needs could not be got; the failure says why and holds no secret. */
export class NotSentError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A token is not used in its last moments: it has to arrive and be checked. */
const SLACK_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
const LONGEST_MS = 30_000;

export interface TokenSourceDeps {
  readonly http: HttpPort;
  readonly nowMs: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

export function createTokenSource({ http, nowMs, schedule }: TokenSourceDeps): TokenSource {
  const kept = new Map<string, { readonly value: string; readonly expiresMs: number }>();
  const fetching = new Map<string, Promise<string>>();
  const keyOf = (credentials: ClientCredentials) => JSON.stringify(Object.values(credentials));

  async function fetchToken(credentials: ClientCredentials, options: ExchangeOptions): Promise<string> {
    const answer = await ask(http, tokenRequest(credentials), options, schedule);
    const { value, lifeMs } = readToken(credentials, answer);
    if (lifeMs > SLACK_MS) kept.set(keyOf(credentials), { value, expiresMs: nowMs() + lifeMs - SLACK_MS });
    return value;
  }

  return {
    async get(credentials, options) {
      const key = keyOf(credentials);
      const known = kept.get(key);
      if (known && known.expiresMs > nowMs()) return { value: known.value, fresh: false };
      kept.delete(key);
      // Attempts that need the same token at once share one request.
      const under = fetching.get(key) ?? fetchToken(credentials, options);
      fetching.set(key, under);
      try {
        return { value: await under, fresh: true };
      } finally {
        if (fetching.get(key) === under) fetching.delete(key);
      }
    },
    forget(credentials, token) {
      const key = keyOf(credentials);
      if (kept.get(key)?.value === token) kept.delete(key);
    },
  };
}

function tokenRequest(credentials: ClientCredentials): RequestMessage {
  const { tokenUrl, clientId, clientSecret, scope, audience, clientAuth } = credentials;
  const form: (readonly [string, string])[] = [['grant_type', 'client_credentials']];
  if (scope.trim() !== '') form.push(['scope', scope.trim()]);
  if (audience.trim() !== '') form.push(['audience', audience.trim()]);
  if (clientAuth === 'body') form.push(['client_id', clientId], ['client_secret', clientSecret]);
  const body = form.map(([name, value]) => `${name}=${formEncoded(value)}`).join('&');
  let url: URL;
  try {
    url = new URL(tokenUrl.trim());
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(url.protocol);
  } catch {
    throw new NotSentError({
      code: 'auth',
      message: `The token URL "${redactUrl(tokenUrl)}" is no http address. Write it in Auth as https://host/path.`,
    });
  }
  url.hash = '';
  const headers: HeaderPair[] = [
    ['Host', url.host],
    ['Connection', 'keep-alive'],
    ['Accept', 'application/json'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['User-Agent', 'Streamscope'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Content-Length', String(body.length)],
  ];
  // Both parts are form-encoded first (RFC 6749 2.3.1).
  if (clientAuth === 'basic')
    headers.push(['Authorization', basicCredentials(formEncoded(clientId), formEncoded(clientSecret))]);
  return { method: 'POST', url: url.href, headers, body };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request and its whole answer. */
function ask(
  http: HttpPort,
  message: RequestMessage,
  options: ExchangeOptions,
  schedule: TokenSourceDeps['schedule'],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    const where = redactUrl(message.url);
    const settle = (act: () => void) => {
      cancel();
      act();
    };
    const fail = (failure: Failure) => settle(() => reject(new NotSentError(failure)));
    const exchange = http.open(
      message,
      {
        redirected: () => undefined,
        headReceived: (head) => (status = head.status),
        bytesReceived(received) {
          pieces.push(received);
          bytes += received.length;
          if (bytes <= MAX_ANSWER_BYTES) return;
          exchange.abort();
          fail({
            code: 'auth',
            message: `The answer of ${where} is too long for a token. Check the token URL in Auth.`,
          });
        },
        ended: () => settle(() => resolve({ status, text: Buffer.concat(pieces).toString('utf8') })),
        failed: ({ message: why, ...failure }) =>
          fail({ ...failure, message: `No access token was got from ${where}: ${why}` }),
      },
      // The token server is asked by the app itself, and not with the cookies of the endpoint.
      { limits: options.limits, transport: options.transport },
    );
    const cancel = schedule(() => {
      exchange.abort();
      fail({
        code: 'timeout',
        message: `${where} did not answer with a token within ${LONGEST_MS / 1000} s.`,
      });
    }, LONGEST_MS);
  });
}

/** @throws NotSentError */
function readToken(
  { tokenUrl }: ClientCredentials,
  { status, text }: Answer,
): { readonly value: string; readonly lifeMs: number } {
  const where = redactUrl(tokenUrl.trim());
  const said = fieldsOf(text);
  if (status >= 500)
    throw new NotSentError({
      code: 'other',
      message: `${where} answered ${status}. The fault is on its side; try again later.`,
    });
  if (status !== 200 && status !== 201) {
    const why = [said?.['error'], said?.['error_description']]
      .filter((one) => typeof one === 'string')
      .join(': ');
    throw new NotSentError({
      code: 'auth',
      message: `${where} gave no access token: it answered ${status}${why === '' ? '' : ` (${why.slice(0, 300)})`}. Check the client id, the secret and the scope in Auth.`,
    });
  }
  const value = said?.['access_token'];
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value))
    throw new NotSentError({
      code: 'auth',
      message: `The answer of ${where} holds no access_token. Check the token URL in Auth.`,
    });
  const life = Number(said?.['expires_in'] ?? Infinity);
  return { value, lifeMs: Number.isNaN(life) ? Infinity : life * 1000 };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
