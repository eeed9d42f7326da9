import { describe, expect, it } from 'vitest';
import type { SessionReader } from '../../../../../src/shared/session/log.ts';
import { allEntries, eventsOf, readMemory, recorded } from '../../../../support/round-trip.ts';

const only = async (name: string, content: string | Uint8Array): Promise<SessionReader> => {
  const { captures } = await readMemory(name, content);
  expect(captures).toHaveLength(1);
  return recorded(captures[0]);
};
const event = (type: string, data: string, id: string | null = null) => ({
  type,
  data,
  id,
  retryMs: null,
  attempt: 1,
});
const factsOf = async (log: SessionReader) => (await log.journal()).map(({ entry }) => entry);
const timesOf = async (log: SessionReader) =>
  (await allEntries(log)).flatMap((entry) =>
    entry.what === 'frame' && entry.kind === 'event' ? [entry.atMs] : [],
  );

const SSE = 'id: 1\nevent: goal\ndata: {"a":1}\n\n: note\n\ndata: b\n\n';
const EVENTS = [event('goal', '{"a":1}', '1'), event('message', 'b')];

describe('raw text', () => {
  it('is an event stream when it has a field of one', async () => {
    expect(await eventsOf(await only('', SSE))).toEqual(EVENTS);
    expect(await eventsOf(await only('pasted', `\uFEFF\r\n${SSE}`))).toEqual(EVENTS);
  });

  it('is NDJSON when it has JSON lines, and its chunks are events', async () => {
    const lines = '{"model":"m","message":{"content":"a"},"done":false}\n{"model":"m","done":true}\n';
    const log = await only('chat.txt', lines);
    expect((await eventsOf(log)).map((one) => (one as { type: string }).type)).toEqual(['line', 'line']);
  });

  it('is a JSON array of chunks when its items are no events', async () => {
    const log = await only(
      'chunks.json',
      '[{"id":"c","object":"chat.completion.chunk","choices":[]},{"choices":[]}]',
    );
    expect((await eventsOf(log)).map((one) => (one as { type: string }).type)).toEqual(['item', 'item']);
  });
});

describe('what curl printed', () => {
  it('with -i is the last of several heads, and the body behind it', async () => {
    const text = [
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 302 Found\r\nLocation: http://b/events\r\n\r\n',
      'HTTP/2 200 \r\ncontent-type: text/event-stream\r\nset-cookie: sid=secret\r\n\r\n',
      SSE,
    ].join('');
    const log = await only('out.txt', text);
    expect(await eventsOf(log)).toEqual(EVENTS);
    const facts = await factsOf(log);
    expect(facts.find(({ kind }) => kind === 'redirect')).toMatchObject({
      status: 302,
      to: 'http://b/events',
    });
    expect(facts.find(({ kind }) => kind === 'response-head')).toMatchObject({
      status: 200,
      httpVersion: '2',
      accepted: true,
    });
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  it('with -v has the request too, and none of its notes in the body', async () => {
    const text = [
      '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
      '* Host localhost:8080 was resolved.',
      '* Connected to localhost (127.0.0.1) port 8080',
      '> POST /v1/chat?stream=1 HTTP/1.1',
      '> Host: localhost:8080',
      '> Authorization: Bearer abcdef',
      '> Last-Event-ID: 7',
      '> ',
      '* Request completely sent off',
      '< HTTP/1.1 200 OK',
      '< Content-Type: text/event-stream',
      '< ',
      '{ [52 bytes data]',
      'data: * a star',
      '',
      'data: last* Connection #0 to host localhost left intact',
      '',
    ].join('\n');
    const log = await only('trace', text);
    expect(await eventsOf(log)).toEqual([event('message', '* a star')]);
    const [start] = await factsOf(log);
    expect(start).toMatchObject({
      method: 'POST',
      url: 'http://localhost:8080/v1/chat?stream=1',
      lastEventId: '7',
    });
    expect(JSON.stringify(start)).not.toContain('abcdef');
    expect(Buffer.from(await log.readWire(0, log.wireBytes)).toString()).toBe('data: * a star\n\ndata: last');
  });

  it('of a refused request is kept and not read', async () => {
    const log = await only(
      'x',
      'HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{"error":"no"}',
    );
    expect(await eventsOf(log)).toEqual([]);
    expect((await factsOf(log)).find(({ kind }) => kind === 'response-head')).toMatchObject({
      status: 401,
      accepted: false,
    });
  });
});

/** One entry of a HAR file as browsers write it. */
const harEntry = (change: { readonly content?: object; readonly extra?: object; readonly url?: string }) => ({
  startedDateTime: '2026-01-02T03:04:05.000Z',
  time: 900,
  request: {
    method: 'GET',
    url: change.url ?? 'http://a/events',
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Cookie', value: 'sid=secret' }],
    cookies: [],
    queryString: [],
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'h2',
    headers: [{ name: 'content-type', value: 'text/event-stream' }],
    content: change.content ?? {},
  },
  timings: { blocked: 1, dns: 2, connect: 10, ssl: 4, send: 0, wait: 20, receive: 800 },
  ...change.extra,
});
const har = (...entries: readonly object[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector' }, entries } });
const MESSAGES = [
  { time: 1767323045.5, eventName: 'goal', eventId: '1', data: '{"a":1}' },
  { time: 1767323045.75, eventName: 'message', eventId: '1', data: 'b' },
];

describe('HAR files', () => {
  it('of Chrome have text and times, and either alone will do', async () => {
    const both = await only(
      'x.har',
      har(
        harEntry({
          content: { mimeType: 'text/event-stream', text: SSE },
          extra: { _resourceType: 'eventsource', _eventSourceMessages: MESSAGES },
        }),
      ),
    );
    expect(await eventsOf(both)).toEqual(EVENTS);
    expect(await timesOf(both)).toEqual([500, 750]);
    const [start, head] = await factsOf(both);
    expect(JSON.stringify(start)).not.toContain('secret');
    expect(head).toMatchObject({ timings: { dnsMs: 3, connectMs: 9, tlsMs: 13, headMs: 33 } });
    const messages = await only(
      'x.har',
      har(harEntry({ extra: { _resourceType: 'eventsource', _eventSourceMessages: MESSAGES } })),
    );
    expect(await timesOf(messages)).toEqual([500, 750]);
    expect((await eventsOf(messages)).map((one) => (one as { data: string }).data)).toEqual(['{"a":1}', 'b']);
  });

  it('of Firefox have the text alone, also in base64', async () => {
    const text = Buffer.from(SSE).toString('base64');
    const log = await only(
      'x.har',
      har(harEntry({ content: { mimeType: 'text/event-stream; charset=utf-8', text, encoding: 'base64' } })),
    );
    expect(await eventsOf(log)).toEqual(EVENTS);
  });

  it('of HTTP Toolkit say why a body is missing', async () => {
    const log = await only(
      'x.har',
      har(
        harEntry({
          content: { mimeType: 'text/event-stream', text: '' },
          extra: { _responseBodyStatus: 'discarded:too-large' },
        }),
      ),
    );
    expect((await factsOf(log)).find(({ kind }) => kind === 'capture-notice')).toMatchObject({
      message: expect.stringContaining('too-large') as string,
    });
  });

  it('with several streams offer each of them, and leave the rest out', async () => {
    const page = harEntry({ content: { mimeType: 'text/html', text: '<p>' } });
    page.response.headers = [];
    const stream = (url: string) => harEntry({ url, content: { mimeType: 'text/event-stream', text: SSE } });
    const { captures, format } = await readMemory(
      'x.har',
      har(page, stream('http://a/1'), stream('http://a/2')),
    );
    expect(format).toBe('HAR file of WebInspector');
    expect(captures.map(({ head }) => head.url)).toEqual(['http://a/1', 'http://a/2']);
    await expect(readMemory('x.har', har(page))).rejects.toThrow('1 request in it and no stream');
  });
});

describe('lists of events', () => {
  it.each([
    [
      [
        { event: 'goal', id: 1, data: '{"a":1}', time: 1767323045000 },
        { data: 'b', time: 1767323045250 },
      ],
    ],
    [
      {
        url: 'http://a/',
        events: [
          { type: 'goal', lastEventId: '1', data: { a: 1 }, timestamp: '2026-01-02T03:04:05Z' },
          { type: 'message', data: 'b', timestamp: '2026-01-02T03:04:05.250Z' },
        ],
      },
    ],
    [
      {
        streams: [
          {
            messages: [
              { eventName: 'goal', eventId: '1', data: '{"a":1}', time: 1767323045 },
              { eventName: '', eventId: '', data: 'b', time: 1767323045.25 },
            ],
          },
        ],
      },
    ],
  ])('keep types, ids, data and times, whatever they are called: %j', async (document) => {
    const { captures } = await readMemory('events.json', JSON.stringify(document));
    expect(captures[0]?.head.startedAt).toBe(1767323045000);
    const log = await recorded(captures[0]);
    expect(await eventsOf(log)).toEqual(EVENTS);
    expect(await timesOf(log)).toEqual([0, 250]);
  });

  it('come as tables and one a line too', async () => {
    const table =
      'Time;Event;ID;Data\r\n2026-01-02T03:04:05Z;goal;1;"{""a"":1}"\r\n2026-01-02T03:04:05.250Z;;;b\r\n';
    expect(await eventsOf(await only('events.csv', table))).toEqual(EVENTS);
    const lines = '{"event":"goal","id":"1","data":"{\\"a\\":1}"}\n{"event":"message","data":"b"}\n';
    expect(await eventsOf(await only('events.ndjson', lines))).toEqual(EVENTS);
  });
});

describe('bad input', () => {
  it.each([
    ['', /nothing in it/],
    ['<!doctype html><p>Hello</p>', /not known what this text is\. Supported are NDJSON/],
    ['PK\u0003\u0004', /ZIP archive/],
    [
      'seq,kind,time,atMs,attempt,type,id,lastEventId,retryMs,data,comments,text,bytes,framing,offset,length,fact\r\n1,event\r\n',
      /Line 2: This row has 2 cells/,
    ],
    [
      '{"seq":0,"kind":"event","atMs":1,"attempt":1,"data":"a"}\n{"seq":1,"kind":"event",',
      /Line 2: This is no valid JSON/,
    ],
    [
      '{"seq":0,"kind":"redirect","atMs":1,"attempt":1}\n',
      /Line 1: The entry "redirect" has "status", which is missing/,
    ],
    ['{"format":"streamscope-session","version":9,"session":{},"entries":[\n]}\n', /version 9/],
    ['{"format":"streamscope-session","version":1,"session":{},"entries":[\n', /cut off/],
    ['[{"event":"a","data":"b","time":"yesterday"}]', /\[0\]: "yesterday" is no time/],
    ['{"log":{"entries":[', /no valid JSON/],
  ])('%j says what and where', async (content, message) => {
    const read = async () => {
      const { captures } = await readMemory('', content);
      for (const capture of captures) await recorded(capture);
    };
    await expect(read()).rejects.toThrow(message);
  });
});
