import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../../src/shared/session/entry.ts';
import type { ExchangeFacts } from '../../../../src/shared/session/exchange-facts.ts';
import { EMPTY_TALLY } from '../../../../src/shared/connection/machine-types.ts';
import {
  hidden,
  isSecretName,
  redactBody,
  redactEntry,
  redactHeaders,
  redactText,
  redactUrl,
} from '../../../../src/shared/session/redact.ts';

describe('headers', () => {
  it.each([
    ['Authorization', 'Bearer sk-abc', 'Bearer (hidden: 6 characters)'],
    ['authorization', 'sk-abc', '(hidden: 6 characters)'],
    ['Proxy-Authorization', 'Basic eDp5', 'Basic (hidden: 4 characters)'],
    ['x-api-key', 'a', '(hidden: 1 character)'],
    ['api-key', 'ab', '(hidden: 2 characters)'],
    ['X-Goog-Api-Key', 'ab', '(hidden: 2 characters)'],
    ['Ocp-Apim-Subscription-Key', 'ab', '(hidden: 2 characters)'],
    ['X-Auth-Token', 'ab', '(hidden: 2 characters)'],
    ['X-Amz-Security-Token', 'ab', '(hidden: 2 characters)'],
    ['Authorization', '', ''],
    [
      'Cookie',
      'a=1; sid=…; flag',
      'a=(hidden: 1 character); sid=(hidden: 1 character); (hidden: 4 characters)',
    ],
    ['Set-Cookie', 'sid=abc; Path=/; HttpOnly', 'sid=(hidden: 3 characters); Path=/; HttpOnly'],
    ['Location', '/a?token=abc', '/a?token=(hidden-3)'],
  ])('%s: %s', (name, value, shown) => {
    expect(redactHeaders([[name, value]])).toEqual([[name, shown]]);
  });

  it.each([
    ['Accept', 'text/event-stream'],
    ['Last-Event-ID', '7'],
    ['WWW-Authenticate', 'Bearer realm="x"'],
    ['X-RateLimit-Remaining-Tokens', '149984'],
    ['X-Request-Id', 'abc'],
    ['Idempotency-Key', 'abc'],
  ])('%s: %s is shown', (name, value) => {
    expect(redactHeaders([[name, value]])).toEqual([[name, value]]);
  });
});

describe('addresses', () => {
  it.each([
    ['https://h/?key=abc', 'https://h/?key=(hidden-3)'],
    ['https://h/?a=1&api_key=abc&b=2#x', 'https://h/?a=1&api_key=(hidden-3)&b=2#x'],
    ['https://h/?apiKey=abc', 'https://h/?apiKey=(hidden-3)'],
    ['https://h/?access_token=a%20b', 'https://h/?access_token=(hidden-3)'],
    ['https://h/?X-Amz-Signature=abc', 'https://h/?X-Amz-Signature=(hidden-3)'],
    ['https://h/?sig=%', 'https://h/?sig=(hidden-1)'],
    ['https://h/?api%5Fkey=abc', 'https://h/?api%5Fkey=(hidden-3)'],
    ['https://h/#access_token=abc', 'https://h/#access_token=(hidden-3)'],
    ['https://me:pw@h/', 'https://(hidden-2):(hidden-2)@h/'],
    ['https://token@h/', 'https://(hidden-5)@h/'],
    ['me:pw@h', 'me:pw@h'],
    ['//me:pw@h/', '//(hidden-2):(hidden-2)@h/'],
    ['https://h/?max_tokens=5&partition_key=7&q=', 'https://h/?max_tokens=5&partition_key=7&q='],
    ['https://h/?token=', 'https://h/?token='],
    ['https://h/a@b', 'https://h/a@b'],
  ])('%s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });

  it('stay addresses', () => {
    const shown = redactUrl('https://me:pw@h.example/p?token=abc');
    expect(new URL(shown).host).toBe('h.example');
  });

  it('are found in text', () => {
    expect(redactText('"http://h/?key=abc" → https://a:b@h/. Check key=abc.')).toBe(
      '"http://h/?key=(hidden-3)" → https://(hidden-1):(hidden-1)@h/. Check key=abc.',
    );
  });
});

it.each([
  ['{"model":"m","api_key": "abc"}', '{"model":"m","api_key": "(hidden: 3 characters)"}'],
  ['{"max_tokens":5,"token":"a\\"b"}', '{"max_tokens":5,"token":"(hidden: 4 characters)"}'],
  ['client_secret=abc&grant=x', 'client_secret=(hidden-3)&grant=x'],
  ['a=1&password=abc', 'a=1&password=(hidden-3)'],
  ['plain words with password=abc', 'plain words with password=abc'],
  [
    '{"messages":[{"role":"user","content":"my token=5"}]}',
    '{"messages":[{"role":"user","content":"my token=5"}]}',
  ],
])('the body %s', (body, shown) => {
  expect(redactBody(body)).toBe(shown);
});

it.each(['', 'accept', 'keyboard', 'monkey', 'tokens', 'author', 'sigma', 'secretary'])(
  '%j names no secret',
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

it('counts characters and not code units', () => {
  expect(hidden('🔑🔑')).toBe('(hidden: 2 characters)');
});

it('leaves no secret in any entry of a connection', () => {
  const url = 'https://me:SECRET@h/?token=SECRET';
  const headers = [['Authorization', 'Bearer SECRET'] as const];
  const failure = { code: 'redirect', message: `Look at ${url}.` } as const;
  const entries: JournalEntry[] = [
    {
      kind: 'attempt-start',
      attempt: 1,
      method: 'GET',
      url,
      headers,
      body: '{"secret":"SECRET"}',
      lastEventId: '',
      why: `You opened ${url}`,
    },
    { kind: 'redirect', attempt: 1, status: 302, from: url, to: url },
    {
      kind: 'response-head',
      attempt: 1,
      status: 200,
      statusText: '',
      headers,
      url,
      httpVersion: '1.1',
      remoteAddress: null,
      timings: EMPTY_TALLY.timings,
      accepted: true,
    },
    { kind: 'attempt-end', attempt: 1, how: 'failed', failure, ...EMPTY_TALLY },
    { kind: 'retry-scheduled', attempt: 1, delayMs: 1, source: 'default', why: url },
    { kind: 'connection-closed', attempt: 1, state: 'failed', why: url },
  ];
  for (const entry of entries) expect(JSON.stringify(redactEntry(entry))).not.toContain('SECRET');
  const notice: JournalEntry = { kind: 'capture-notice', code: 'disk', message: 'Full' };
  expect(redactEntry(notice)).toBe(notice);
});

it('hides secrets in the request as it was sent, in the proxy, in early hints and in trailers', () => {
  const exchange: ExchangeFacts = {
    proxy: 'http://me:sesame@127.0.0.1:3128',
    socketPath: null,
    localAddress: null,
    streamId: null,
    reused: false,
    tls: null,
    sent: {
      head: 'GET http://me:sesame@h/e?api_key=abc HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer abc\r\nProxy-Authorization: Basic c2VzYW1l\r\n\r\n',
      body: '{"password":"sesame"}',
      bodyBytes: 21,
    },
    informational: [{ status: 103, headers: [['Set-Cookie', 'sid=sesame; Path=/']], atMs: 1 }],
    trailers: [['X-Api-Key', 'sesame']],
  };
  const entry = redactEntry({
    kind: 'attempt-end',
    attempt: 1,
    how: 'stopped',
    failure: null,
    ...EMPTY_TALLY,
    exchange,
  });
  const text = JSON.stringify(entry);
  expect(text).not.toMatch(/sesame|c2VzYW1l|=abc|Bearer abc/);
  expect(entry.kind === 'attempt-end' && entry.exchange?.sent?.head).toBe(
    'GET http://(hidden-2):(hidden-6)@h/e?api_key=(hidden-3) HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer (hidden: 3 characters)\r\nProxy-Authorization: Basic (hidden: 8 characters)\r\n\r\n',
  );
});

it('hides secrets in the header list of HTTP/2', () => {
  const sent = {
    head: ':method: GET\n:path: /e?token=abc\nauthorization: Bearer abc\n',
    body: '',
    bodyBytes: 0,
  };
  const exchange = {
    proxy: null,
    socketPath: null,
    localAddress: null,
    streamId: 1,
    reused: true,
    tls: null,
    sent,
    informational: [],
    trailers: [],
  };
  const entry = redactEntry({
    kind: 'attempt-end',
    attempt: 1,
    how: 'stopped',
    failure: null,
    ...EMPTY_TALLY,
    exchange,
  });
  expect(entry.kind === 'attempt-end' && entry.exchange?.sent?.head).toBe(
    ':method: GET\n:path: /e?token=(hidden-3)\nauthorization: Bearer (hidden: 3 characters)\n',
  );
});
