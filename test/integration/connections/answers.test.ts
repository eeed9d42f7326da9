import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, connected, serve } from './bench.ts';
import { chunked, CHUNKED_HEAD, headerOf, STREAM_HEAD } from './raw-server.ts';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';

afterEach(cleanUp);

const answer = (status: string, type: string, body: string) =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('an answer that is no event stream', () => {
  it.each(['204 No Content', '205 Reset Content', '404 Not Found', '503 Service Unavailable'])(
    '#42 non-200: %s is final',
    async (status) => {
      const body = status.startsWith('2') ? '' : 'data: not an event\n\n';
      const server = await serve((call) => call.write(answer(status, 'text/event-stream', body)));
      const bench = connected(server.origin);
      expect(await bench.outcome).toBe('failed');
      expect(bench.status).toMatchObject({ state: 'failed', attempt: 1, failure: { code: 'http-status' } });
      expect(bench.status.reason).toContain(`The server answered ${status}`);
      expect(bench.log.counts.events).toBe(0);
      expect(await bench.text()).toBe(body);
      expect(await bench.journal('response-head')).toMatchObject([{ accepted: false }]);
      expect(await bench.journal('attempt-end')).toMatchObject([
        { how: 'refused', failure: { code: 'http-status' } },
      ]);
      expect(await bench.journal('connection-closed')).toMatchObject([{ state: 'failed' }]);
      expect(server.calls).toHaveLength(1);
    },
  );

  it.each(['text/html', 'text/event-streamfoobar', 'x bogus', 'application/json; x=text/event-stream'])(
    '#44 wrong-mime: of type %s is final for who wants event streams alone, and its body is kept',
    async (type) => {
      const server = await serve((call) => call.write(answer('200 OK', type, '<p>hello</p>')));
      const bench = connected(server.origin, { readAs: 'sse-only' });
      expect(await bench.outcome).toBe('failed');
      expect(bench.status.failure).toMatchObject({ code: 'content-type' });
      expect(bench.status.reason).toContain(type);
      expect(await bench.text()).toBe('<p>hello</p>');
    },
  );

  it('is left when it does not end: a part of it is kept, and the socket is closed', async () => {
    const server = await serve((call) => {
      call.write('HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n');
      const more = () => {
        if (!call.writableNeedDrain) call.write(Buffer.alloc(64 * 1024, 'x'));
        pump = setImmediate(more);
      };
      let pump = setImmediate(more);
      void call.closed.passed.then(() => clearImmediate(pump));
    });
    const bench = connected(server.origin);
    expect(await bench.outcome).toBe('failed');
    await (
      await server.call(1)
    ).closed.passed;
    expect(bench.log.wireBytes).toBeGreaterThanOrEqual(1024 * 1024);
    expect(bench.log.wireBytes).toBeLessThan(8 * 1024 * 1024);
  });
});

it.each(['text/event-stream;', 'TEXT/Event-Stream; charset=windows-1252', 'text/event-stream ; x="a,b"'])(
  '#45 mime-params: a Content-Type of %s opens, and the body is UTF-8',
  async (type) => {
    const server = await serve((call) =>
      call.write(`HTTP/1.1 200 OK\r\ncOnTeNt-TyPe: ${type}\r\n\r\ndata: ok…\n\n`),
    );
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    expect(await bench.text()).toBe('data: ok…\n\n');
    expect(bench.status.state).toBe('open');
  },
);

it('tells the head as it came: names, order, repeats, version, address and times', async () => {
  const server = await serve((call) =>
    call.write(
      'HTTP/1.0 200 Fine\r\nX-B: 1\r\ncontent-TYPE: text/event-stream\r\nx-b: …\r\nSet-Cookie: sid=secret\r\n\r\ndata: a\n\n',
    ),
  );
  const bench = connected(`${server.origin}/events?x=1`);
  await bench.untilEvents(1);
  const [head] = await bench.journal('response-head');
  expect(head).toMatchObject({
    status: 200,
    statusText: 'Fine',
    headers: [
      ['X-B', '1'],
      ['content-TYPE', 'text/event-stream'],
      ['x-b', '…'],
      ['Set-Cookie', 'sid=(hidden: 6 characters)'],
    ],
    url: `${server.origin}/events?x=1`,
    httpVersion: '1.0',
    remoteAddress: `127.0.0.1:${server.port}`,
    accepted: true,
  });
  expect(head?.timings.connectMs).toBeGreaterThan(0);
  expect(head?.timings.headMs).toBeGreaterThanOrEqual(head?.timings.connectMs ?? Infinity);
  expect(head?.timings).toMatchObject({ dnsMs: null, tlsMs: null, firstByteMs: null });
});

it('passes over the heads that say that the real one is still to come', async () => {
  const server = await serve((call) =>
    call.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${STREAM_HEAD}data: a\n\n`),
  );
  const bench = connected(server.origin);
  await bench.untilEvents(1);
  expect(await bench.journal('response-head')).toHaveLength(1);
});

it('sends what the standard asks for, what the user set, and records exactly that', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
  const bench = connected(`${server.origin}/v1/chat?a=%20b#part`, {
    method: 'POST',
    headers: [
      { name: 'X-Name', value: 'Zoë', enabled: true },
      { name: 'x-name', value: 'twice', enabled: true },
      { name: 'Authorization', value: 'Bearer sk-12345678', enabled: true },
      { name: 'X-Off', value: 'no', enabled: false },
    ],
    body: bodyOfText('{"stream":true,"text":"é"}'),
    lastEventId: '41',
  });
  await bench.untilEvents(1);
  const call = await server.call(1);
  expect(call.line).toBe('POST /v1/chat?a=%20b HTTP/1.1');
  expect(call.body.toString()).toBe('{"stream":true,"text":"é"}');
  const sent = call.headers.map((line) => Buffer.from(line, 'latin1').toString());
  expect(sent).toEqual([
    `host: 127.0.0.1:${server.port}`,
    'connection: keep-alive',
    'X-Name: Zoë',
    'x-name: twice',
    'Authorization: Bearer sk-12345678',
    'Accept: text/event-stream',
    'Cache-Control: no-cache',
    'Accept-Encoding: gzip, deflate, br',
    'User-Agent: Streamscope',
    'Last-Event-ID: 41',
    'Content-Type: application/json',
    'content-length: 27',
  ]);
  const [start] = await bench.journal('attempt-start');
  expect(start).toMatchObject({ method: 'POST', body: '{"stream":true,"text":"é"}', lastEventId: '41' });
  expect(start?.headers.map(([name, value]) => `${name}: ${value}`.toLowerCase())).toEqual(
    sent.map((line) => line.toLowerCase().replace('sk-12345678', '(hidden: 11 characters)')),
  );
});

it('takes a POST that ended for complete', async () => {
  const server = await serve((call) => call.write(`${CHUNKED_HEAD}${chunked('data: a\n\n')}0\r\n\r\n`));
  const bench = connected(server.origin, { method: 'POST', body: bodyOfText('{}') });
  expect(await bench.outcome).toBe('ended');
  expect(bench.status).toMatchObject({ state: 'closed', attempt: 1, failure: null });
  expect(bench.status.reason).toContain('The answer to the POST is complete');
  expect(server.calls).toHaveLength(1);
});

it('does not ask again when the answer to a POST breaks off', async () => {
  const server = await serve((call) => call.end(CHUNKED_HEAD + chunked('data: a\n\n')));
  const bench = connected(server.origin, { method: 'POST', body: bodyOfText('{}') });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure?.code).toBe('truncated');
  expect(server.calls).toHaveLength(1);
});

it('a HEAD request has no body to wait for', async () => {
  const server = await serve((call) =>
    call.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'),
  );
  const bench = connected(server.origin, { method: 'HEAD' });
  expect(await bench.outcome).toBe('ended');
});

it.each([
  ['an address that is none', { url: 'http://this is invalid/' }, 'is not an address'],
  ['another scheme', { url: 'mailto:whatwg@awesome.example' }, 'speaks http and https'],
  ['a header name', { headers: [{ name: 'a b', value: '1', enabled: true }] }, '"a b" is not a header name'],
  ['a header value', { headers: [{ name: 'x', value: '1\r\ny: 2', enabled: true }] }, 'U+000D'],
])('says what is wrong with %s, and sends nothing', async (_name, changes, expected) => {
  const server = await serve(() => {});
  const bench = connected(server.origin, changes);
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'invalid-request' });
  expect(bench.status.reason).toContain(expected);
  expect(server.calls).toHaveLength(0);
});

it('says that what answers is not HTTP', async () => {
  const server = await serve((call) => call.write('SSH-2.0-OpenSSH_9.2\r\n'));
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.reason).toContain('is not HTTP');
});

it('says that a server closed without an answer', async () => {
  const server = await serve((call) => call.end());
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'reset', cause: 'UND_ERR_SOCKET' });
});

it('sends no Last-Event-ID of its own when the user set the header, until the server names one', async () => {
  const server = await serve((call) =>
    call.number === 2 ? call.end(`${STREAM_HEAD}id: 9\ndata: a\n\n`) : call.end(STREAM_HEAD),
  );
  connected(server.origin, { headers: [{ name: 'last-event-id', value: 'mine', enabled: true }] });
  const third = await server.call(3);
  expect(server.calls.map((call) => headerOf(call, 'last-event-id'))).toEqual(['mine', 'mine', '9']);
  expect(third.headers.filter((line) => /^last-event-id/i.test(line))).toHaveLength(1);
});
