import { expect, it } from 'vitest';
import { mimeEssence, refusalOf } from '../../../../src/shared/connection/response-rules.ts';
import type { HeaderPair } from '../../../../src/shared/session/entry.ts';

const typed = (...values: string[]): HeaderPair[] => values.map((value) => ['Content-Type', value]);

it.each([
  [['text/event-stream'], 'text/event-stream'],
  [['text/event-stream;'], 'text/event-stream'],
  [['  TEXT/Event-Stream ; charset=x '], 'text/event-stream'],
  [['text/event-streamfoobar'], 'text/event-streamfoobar'],
  [['text/x-bogus'], 'text/x-bogus'],
  [['x bogus'], ''],
  [['text/event-stream charset=utf-8'], ''],
  [[''], ''],
  [[], ''],
  [['text/html', 'text/event-stream'], 'text/event-stream'],
  [['text/html, text/event-stream'], 'text/event-stream'],
  [['text/event-stream, x bogus'], 'text/event-stream'],
  [['text/event-stream, */*'], 'text/event-stream'],
  [['text/event-stream;x="a,text/html"'], 'text/event-stream'],
])('Content-Type %j has the essence %j', (values, essence) => {
  expect(mimeEssence(typed(...values))).toBe(essence);
});

it('finds the header whatever its case', () => {
  expect(refusalOf(200, 'OK', [['content-type', 'text/event-stream']])).toBeNull();
  expect(refusalOf(200, 'OK', [['CONTENT-TYPE', 'text/event-stream']])).toBeNull();
});

it.each([201, 204, 206, 299, 301, 304, 400, 401, 404, 405, 407, 410, 429, 500, 503])(
  'status %i is refused whatever the type, with advice',
  (status) => {
    const refusal = refusalOf(status, 'Said', typed('text/event-stream'));
    expect(refusal?.code).toBe('http-status');
    expect(refusal?.message).toMatch(new RegExp(`^The server answered ${status} Said\\. [A-Z].+\\.$`));
  },
);

it('quotes Retry-After', () => {
  expect(refusalOf(503, '', [['retry-after', '120']])?.message).toContain('(Retry-After: 120)');
});

it.each([
  [typed('text/html'), 'with Content-Type "text/html"'],
  [typed(), 'without a Content-Type'],
])('names the content type that came: %j', (headers, expected) => {
  const refusal = refusalOf(200, 'OK', headers);
  expect(refusal?.code).toBe('content-type');
  expect(refusal?.message).toContain(expected);
});
