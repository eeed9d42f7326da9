import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { responseBody, requestBody } from '../../../../src/shared/tap/http1-body.ts';
import {
  changedHead,
  HeadFault,
  parseHead,
  requestLine,
  statusLine,
} from '../../../../src/shared/tap/http1-head.ts';
import { createMessageReader } from '../../../../src/shared/tap/http1-reader.ts';

const byteText = createNodeByteText();

interface Seen {
  readonly heads: string[];
  wire: string;
  payload: string;
  readonly ends: string[];
}

/** Reads answers to GETs out of parts of any size; the wire is what was handed out, heads included. */
function readAll(parts: readonly Uint8Array[]): Seen {
  const seen: Seen = { heads: [], wire: '', payload: '', ends: [] };
  const reader = createMessageReader(byteText, 4096, {
    beginsWith: 'HTTP/',
    head(head, raw) {
      seen.heads.push(head.startLine);
      seen.wire += Buffer.from(raw).toString('latin1');
      const { status } = statusLine(head);
      return status < 200 ? 'interim' : responseBody(head, 'GET');
    },
    wire: (bytes) => void (seen.wire += Buffer.from(bytes).toString('latin1')),
    payload: (bytes) => void (seen.payload += Buffer.from(bytes).toString('latin1')),
    end: (trailers) => void seen.ends.push(JSON.stringify(trailers)),
  });
  for (const part of parts) for (let at = 0; at < part.length;) at += reader.push(part.subarray(at));
  return seen;
}

const MESSAGES = [
  'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\n\r\n',
  'HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n',
  'HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc',
  'HTTP/1.0 200 OK\nX: y\n\nuntil the end \x80\xff\r\n',
].join('');

test('what it hands out is what came in, however the bytes are cut', () => {
  const bytes = Buffer.from(MESSAGES, 'latin1');
  const whole = readAll([bytes]);
  expect(whole.wire).toBe(MESSAGES);
  expect(whole.payload).toBe('hello!abcuntil the end \x80\xff\r\n');
  expect(whole.ends).toEqual(['[["X-Sum","1"]]', '[]', '[]']);
  for (let at = 1; at < bytes.length; at += 1)
    expect(readAll([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
  expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test('bytes of any kind are handed out or refused, never lost', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'HTTP/1.1 200 OK\r\n',
      '\r\n',
      '\n',
      'Content-Length: 2\r\n',
      'Transfer-Encoding: chunked\r\n',
      '2\r\nab\r\n',
      '0\r\n\r\n',
      ':',
      ' ',
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      try {
        const { wire } = readAll([Buffer.from(text, 'utf8')]);
        expect(Buffer.from(text, 'utf8').toString('latin1').includes(wire.slice(0, 8))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(HeadFault);
      }
    }),
  );
});

describe('where a body ends', () => {
  const shape = (lines: string, method = 'GET') =>
    responseBody(parseHead(`HTTP/1.1 ${lines}\r\n\r\n`), method).kind;

  test.each([
    ['200 OK\r\nContent-Length: 5', 'GET', 'length'],
    ['200 OK\r\nContent-Length: 5, 5', 'GET', 'length'],
    ['200 OK\r\nContent-Length: 5', 'HEAD', 'none'],
    ['304 Not Modified\r\nContent-Length: 5', 'GET', 'none'],
    ['200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 5', 'GET', 'chunked'],
    ['200 OK\r\nTransfer-Encoding: gzip', 'GET', 'until-close'],
    ['200 OK', 'GET', 'until-close'],
    ['101 Switching Protocols\r\nUpgrade: websocket', 'GET', 'tunnel'],
  ])('%j to %s: %s', (lines, method, kind) => expect(shape(lines, method)).toBe(kind));

  test.each([
    'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: -1',
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: gzip',
  ])('a request with %j is refused: two readings of it would differ', (lines) => {
    expect(() => requestBody(parseHead(`POST / HTTP/1.1\r\n${lines}\r\n\r\n`))).toThrow(HeadFault);
  });
});

test('a changed head keeps every other byte', () => {
  const head = parseHead(
    'GET /a HTTP/1.1\r\nHOST:x\r\nX-A :\r\n'.replace(' :', ':') + 'x-b:  1\t\nX-C: 1\r\n  2\r\n\r\n',
  );
  expect(
    changedHead(
      head,
      'GET /b HTTP/1.1',
      ({ name }) => (name === 'HOST' ? 'HOST: y' : name === 'X-A' ? '' : null),
      ['Added: 1'],
    ),
  ).toBe('GET /b HTTP/1.1\r\nHOST: y\r\nx-b:  1\t\nX-C: 1\r\n  2\r\nAdded: 1\r\n\r\n');
});

test.each(['GET  / HTTP/1.1', 'PRI * HTTP/2.0', 'GET /', '', 'GÉT / HTTP/1.1'])(
  '%j is no request line',
  (line) => {
    expect(() => requestLine(parseHead(`${line}\r\n\r\n`))).toThrow(HeadFault);
  },
);
