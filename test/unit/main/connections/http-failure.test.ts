import { describe, expect, it } from 'vitest';
import {
  decodingFailureOf,
  failureOf,
  type Progress,
} from '../../../../src/main/connections/http-failure.ts';
import { createInflationMeter, noBytes } from '../../../../src/main/connections/inflation-meter.ts';

const URL = 'https://api.example:8443/v1?key=abc';

function coded(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

describe('a failure of the network', () => {
  it.each<[string, Progress, string, RegExp]>([
    ['ECONNREFUSED', 'connecting', 'refused', /^Nothing listens at api\.example:8443\./],
    ['ENOTFOUND', 'connecting', 'dns', /is not known/],
    ['EAI_AGAIN', 'connecting', 'dns', /could not be looked up/],
    ['ETIMEDOUT', 'connecting', 'timeout', /did not answer in time/],
    ['UND_ERR_CONNECT_TIMEOUT', 'connecting', 'timeout', /did not answer in time/],
    ['ENETUNREACH', 'connecting', 'refused', /There is no way to/],
    ['ECONNRESET', 'connecting', 'reset', /without an answer/],
    ['UND_ERR_SOCKET', 'awaiting-head', 'reset', /without an answer/],
    ['ECONNRESET', 'reading-body', 'reset', /was reset in the middle/],
    ['UND_ERR_SOCKET', 'reading-body', 'truncated', /closed the connection in the middle/],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reading-body', 'truncated', /Content-Length/],
    ['UND_ERR_HEADERS_OVERFLOW', 'awaiting-head', 'limit', /raise the limit/],
    ['HPE_INVALID_CONSTANT', 'awaiting-head', 'other', /is not HTTP/],
    ['HPE_INVALID_CHUNK_SIZE', 'reading-body', 'truncated', /broke off/],
    ['CERT_HAS_EXPIRED', 'connecting', 'tls', /has expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connecting', 'tls', /for another name/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'connecting', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connecting', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'connecting', 'tls', /does not speak TLS/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'connecting', 'tls', /secure connection to/],
    ['UND_ERR_INVALID_ARG', 'connecting', 'invalid-request', /cannot be sent: it failed/],
    ['ESOMETHING', 'connecting', 'other', /failed: it failed\.$/],
  ])('%s while %s is %s', (code, progress, kind, message) => {
    const failure = failureOf(coded(code), URL, progress);
    expect(failure).toMatchObject({ code: kind, cause: code });
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(/\.$/);
  });

  it('is found in what caused it, and in the first of several', () => {
    const caused = new Error('fetch failed', { cause: coded('ECONNREFUSED') });
    const several = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
    for (const error of [caused, several])
      expect(failureOf(error, URL, 'connecting')).toMatchObject({ code: 'refused', cause: 'ECONNREFUSED' });
  });

  it('of the HTTP parser is told by what the parser says', () => {
    const parser = (reason: string, progress: Progress) =>
      failureOf(named('HTTPParserError', `Response does not match the protocol (${reason})`), URL, progress);
    expect(parser('Invalid character in chunk size', 'reading-body')).toMatchObject({
      code: 'truncated',
      cause: 'HTTPParserError',
    });
    expect(parser('Invalid EOF state', 'reading-body').message).toContain('closed the connection');
    expect(parser('Expected HTTP/', 'awaiting-head').message).toContain('is not HTTP: Expected HTTP/.');
  });

  it('names nothing of the address but the host, and stays on one line', () => {
    const { message } = failureOf(new Error('two\n  lines.'), URL, 'connecting');
    expect(message).toBe('The connection to api.example:8443 failed: two lines.');
  });

  it('may be anything', () => {
    expect(failureOf('a text', 'no url', 'connecting')).toEqual({
      code: 'other',
      message: 'The connection to no url failed: a text.',
      cause: '',
    });
  });
});

it('tells a body that was cut short from one that is damaged', () => {
  expect(decodingFailureOf(coded('Z_BUF_ERROR'), 'gzip')).toMatchObject({ code: 'truncated' });
  expect(decodingFailureOf(coded('Z_DATA_ERROR', 'incorrect header check'), 'br')).toEqual({
    code: 'content-encoding',
    message:
      'The body is not valid br data (incorrect header check). Check what compresses it, or ask with Accept-Encoding: identity.',
    cause: 'Z_DATA_ERROR',
  });
});

it('says what a decompression bomb is and what to do about it', () => {
  const bomb = createInflationMeter({ maxInflation: 0, maxInflatedReadBytes: 1024 });
  bomb.read(10);
  const error = bomb.inflated(noBytes(), 1025);
  const failure = decodingFailureOf(error, 'gzip, br');
  expect(failure.code).toBe('decompression');
  expect(failure.message).toContain('(gzip, br) was cut off: 10 bytes on the wire became more than 1 KiB');
  expect(failure.message).toContain('Accept-Encoding: identity');
});
