import { expect, it } from 'vitest';
import { isHttpFile, readHttpFile } from '../../../../src/shared/import/http-file.ts';

const FILE = `@base = http://h/v1
@api_key={{$dotenv KEY}}

### Follow the scores
# what for
GET {{base}}/scores
  ?team=a
  &since=1 HTTP/1.1
Accept: text/event-stream
# X-Off: 1
Last-Event-ID: 7

###
# @name ask
POST {{base}}/chat HTTP/1.1
Content-Type: application/json

{
  "stream": true
}

> {% client.test("x", function() {}); %}
<> 2024.200.json

### upload
PUT http://h/x

< ./body.json

###
http://h/plain
`;

it('an .http file becomes its requests, with names, parameters, headers and bodies', () => {
  const { children, variables, notes } = readHttpFile(FILE.replaceAll('\n', '\r\n'));
  expect(variables).toEqual([
    { name: 'base', value: 'http://h/v1', secret: false, enabled: true },
    { name: 'api_key', value: '{{KEY}}', secret: true, enabled: true },
  ]);
  expect(children).toMatchObject([
    {
      name: 'Follow the scores',
      request: {
        method: 'GET',
        url: '{{base}}/scores?team=a&since=1',
        headers: [
          { name: 'Accept', value: 'text/event-stream', enabled: true },
          { name: 'X-Off', value: '1', enabled: false },
          { name: 'Last-Event-ID', value: '7', enabled: true },
        ],
      },
    },
    {
      name: 'ask',
      request: {
        method: 'POST',
        url: '{{base}}/chat',
        body: { kind: 'json', text: '{\n  "stream": true\n}' },
      },
    },
    { name: 'upload', request: { method: 'PUT', body: { kind: 'file', path: './body.json' } } },
    { name: 'GET http://h/plain', request: { method: 'GET', url: 'http://h/plain' } },
  ]);
  expect(notes).toEqual(['Scripts and comparisons of answers are not taken over.']);
});

it.each([
  ['GET http://h', true],
  ['# c\n@a=1\n\nhttps://h/x', true],
  ['{"openapi":"3.0.0"}', false],
  ['openapi: 3.0.0', false],
  ['hello', false],
  ['', false],
])('knows whether %j is one', (text, expected) => {
  expect(isHttpFile(text)).toBe(expected);
});

it('names a block without a request line', () => {
  expect(readHttpFile('GET http://h\n\n###\nhello there').notes).toEqual([
    '"hello there" is no request line and was left out.',
  ]);
});
