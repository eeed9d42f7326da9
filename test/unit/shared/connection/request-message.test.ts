import { describe, expect, it } from 'vitest';
import { composeRequest } from '../../../../src/shared/connection/request-message.ts';
import type { HeaderSpec, RequestSpec } from '../../../../src/shared/connection/types.ts';
import { requestSpec } from '../../../support/playbook.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';

const set = (name: string, value: string, enabled = true): HeaderSpec => ({ name, value, enabled });
const compose = (changes: Partial<RequestSpec> = {}, id = '') => composeRequest(requestSpec(changes), id);
const problem = (changes: Partial<RequestSpec>) => compose(changes).failure?.message ?? 'none';
const value = (name: string, changes: Partial<RequestSpec> = {}, id = '') =>
  compose(changes, id).message.headers.find(([key]) => key === name)?.[1];

it('asks as an event source does', () => {
  expect(compose()).toEqual({
    message: {
      method: 'GET',
      url: 'http://h.example/events',
      headers: [
        ['Host', 'h.example'],
        ['Connection', 'keep-alive'],
        ['Accept', 'text/event-stream'],
        ['Cache-Control', 'no-cache'],
        ['Accept-Encoding', 'gzip, deflate, br'],
        ['User-Agent', 'Streamscope'],
      ],
      body: '',
    },
    lastEventId: '',
    note: '',
    failure: null,
  });
});

describe('headers of the user', () => {
  it('replace those that would be added, are sent as written, and not when switched off', () => {
    const { headers } = compose({
      headers: [
        set('accept', 'application/json'),
        set('CACHE-control', 'max-age=0'),
        set('x-a', ' 1 '),
        set('X-A', '2'),
        set('x-b', '3', false),
        set('', 'nothing'),
      ],
    }).message;
    expect(headers).toEqual([
      ['Host', 'h.example'],
      ['Connection', 'keep-alive'],
      ['accept', 'application/json'],
      ['CACHE-control', 'max-age=0'],
      ['x-a', '1'],
      ['X-A', '2'],
      ['Accept-Encoding', 'gzip, deflate, br'],
      ['User-Agent', 'Streamscope'],
    ]);
  });

  it('may set Host, and Connection to close', () => {
    expect(value('Host', { headers: [set('host', 'other.example')] })).toBe('other.example');
    expect(value('Connection', { headers: [set('connection', 'close')] })).toBe('close');
  });

  it.each([
    ['a b', '1', 'is not a header name'],
    ['é', '1', 'is not a header name'],
    ['x', 'a\nb', 'U+000A'],
    ['x', 'a\u007fb', 'U+007F'],
    ['Transfer-Encoding', 'chunked', 'belongs to the connection'],
    ['upgrade', 'h2c', 'belongs to the connection'],
    ['Expect', '100-continue', 'belongs to the connection'],
    ['Connection', 'upgrade', 'close or keep-alive'],
    ['Content-Length', '5', 'the body has 0 bytes'],
    ['Host', '', 'Host is empty'],
  ])('%j: %j is refused with a reason', (name, text, expected) => {
    expect(problem({ headers: [set(name, text)] })).toContain(expected);
    expect(problem({ headers: [set(name, text, false)] })).toBe('none');
  });

  it('cannot name two hosts', () => {
    expect(problem({ headers: [set('Host', 'a'), set('host', 'b')] })).toContain('two Host headers');
  });
});

describe('the last event ID', () => {
  it.each([
    ['7', '7'],
    ['…', '…'],
    ['ab ', 'ab'],
    ['\tab', 'ab'],
    ['a\tb', 'a\tb'],
    ['', undefined],
    ['  ', ''],
  ])('%j is sent as %j', (id, sent) => {
    expect(value('Last-Event-ID', {}, id)).toBe(sent);
    expect(compose({}, id).lastEventId).toBe(sent ?? '');
  });

  it.each(['\u0001', '\f', '\u007f', 'a\nb'])('%j is not sent, and that is said', (id) => {
    const { lastEventId, note, failure } = compose({}, id);
    expect({ lastEventId, failure }).toEqual({ lastEventId: '', failure: null });
    expect(note).toMatch(/^The last event ID was not sent: it contains U\+00/);
    expect(value('Last-Event-ID', {}, id)).toBeUndefined();
  });

  it('of the stream takes the place of a header that the user set', () => {
    const headers = [set('last-event-id', 'mine')];
    expect(compose({ headers }).lastEventId).toBe('mine');
    const sent = compose({ headers }, '7').message.headers.filter(([name]) => /^last-event-id$/i.test(name));
    expect(sent).toEqual([['Last-Event-ID', '7']]);
  });
});

describe('the body', () => {
  it.each([
    ['{"a":1}', 'application/json'],
    [' [1]', 'application/json'],
    ['{not json', 'application/json'],
    ['a=1', 'text/plain;charset=UTF-8'],
  ])('%j is sent as %s unless the user says otherwise', (body, type) => {
    expect(value('Content-Type', { method: 'POST', body: bodyOfText(body) })).toBe(type);
    expect(
      value('Content-Type', {
        method: 'POST',
        body: bodyOfText(body),
        headers: [set('content-type', 'x/y')],
      }),
    ).toBeUndefined();
  });

  it('has its length in bytes, also when it is empty and the method has one', () => {
    expect(value('Content-Length', { method: 'POST', body: bodyOfText('é…') })).toBe('5');
    expect(value('Content-Length', { method: 'POST' })).toBe('0');
    expect(value('Content-Length', { method: 'GET' })).toBeUndefined();
    expect(value('Content-Length', { method: 'GET', body: bodyOfText('x') })).toBe('1');
  });
});

describe('the address', () => {
  it.each([
    ['', 'There is no address'],
    ['/events', 'is not an address'],
    ['http://this is invalid/', 'is not an address'],
    ['http://%E0@h/', 'is not an address'],
    ['ftp://example.not/', 'begins with "ftp:"'],
    ['about:blank', 'begins with "about:"'],
  ])('%j is refused with a reason', (url, expected) => {
    expect(problem({ url })).toContain(expected);
  });

  it('is sent without its fragment', () => {
    expect(compose({ url: ' HTTP://H.example:80/a b?c#d ' }).message.url).toBe('http://h.example/a%20b?c');
  });

  it('gives its credentials to the Authorization header, unless the user set one', () => {
    const url = 'https://me:p%40ss%C3%A9@h.example/';
    expect(compose({ url }).message.url).toBe('https://h.example/');
    expect(value('Authorization', { url })).toBe(`Basic ${btoa('me:p@ss\u00c3\u00a9')}`);
    expect(value('Authorization', { url, headers: [set('authorization', 'mine')] })).toBeUndefined();
  });
});

it.each([
  ['get', 'GET'],
  [' post ', 'POST'],
  ['', 'GET'],
  ['QUERY', 'QUERY'],
])('the method %j is sent as %s', (method, sent) => {
  expect(compose({ method }).message.method).toBe(sent);
});

it.each(['G ET', 'CONNECT', 'é'])('the method %j is refused', (method) => {
  expect(compose({ method }).failure?.code).toBe('invalid-request');
});

it('offers the content codings that the runtime can undo, and the user may say otherwise', () => {
  const offered = (headers: RequestSpec['headers'], codings?: readonly string[]) =>
    composeRequest(requestSpec({ headers }), '', codings).message.headers.filter(
      ([name]) => name.toLowerCase() === 'accept-encoding',
    );
  expect(offered([])).toEqual([['Accept-Encoding', 'gzip, deflate, br']]);
  expect(offered([], ['gzip', 'zstd'])).toEqual([['Accept-Encoding', 'gzip, zstd']]);
  const own = [{ name: 'accept-encoding', value: 'identity', enabled: true }];
  expect(offered(own, ['gzip', 'zstd'])).toEqual([['accept-encoding', 'identity']]);
});
