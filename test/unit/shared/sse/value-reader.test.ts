import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Framing } from '../../../../src/shared/sse/framing.ts';
import { awsEvent, awsMessage, joinBytes } from '../../../support/aws-messages.ts';
import { bytesOf, readBody, saidBy } from './read-bodies.ts';

/** Bodies with everything that a framing can hold. */
const BODIES: readonly { readonly framing: Framing; readonly name: string; readonly body: Uint8Array }[] = [
  { framing: 'ndjson', name: 'lines', body: bytesOf('{"a":"é"}\n\r\n{"b":[1,\t2]}\r\nnot json\n{"c":3}') },
  { framing: 'ndjson', name: 'a byte order mark and a cut tail', body: bytesOf('\uFEFF{"a":1}\n{"b":') },
  { framing: 'json-seq', name: 'texts', body: bytesOf('\x1e{"a":"\\n"}\n\x1e\x1e12\n\x1e{\n"b":"}"}\n\n') },
  {
    framing: 'json-seq',
    name: 'broken texts',
    body: bytesOf('\x1e{"a":\x1e{"b":1}\x1e"x\x1e34\x1e[5]\n{"c":6}\n\x1e7'),
  },
  {
    framing: 'json-array',
    name: 'an array',
    body: bytesOf('[{"a":"]\\"}"}\r\n, [1,[2]],3 ,"s,",null,\n{"é":{}}]\n'),
  },
  { framing: 'json-array', name: 'an array of arrays that is cut', body: bytesOf(' [[1],[2] [3],{"a":') },
  {
    framing: 'json-array',
    name: 'documents and stray bytes',
    body: bytesOf('{"a":1}{"b":2}\n}}<p>\n[]true'),
  },
  {
    framing: 'aws-event-stream',
    name: 'messages',
    body: joinBytes([
      awsEvent('chunk', { text: 'é' }),
      awsMessage({}, ''),
      awsEvent('end', {}).subarray(0, 30),
    ]),
  },
  {
    framing: 'aws-event-stream',
    name: 'a place that is lost',
    body: joinBytes([awsEvent('chunk', {}), bytesOf('HTTP/1.1 500 of a proxy')]),
  },
  { framing: 'text', name: 'lines of text', body: bytesOf('\uFEFFone\r\n\ntw\ro\nthrée') },
];

describe.each(BODIES)('$framing, $name', ({ framing, body }) => {
  const whole = readBody(framing, body);

  it('has every byte in exactly one frame', () => {
    let end = 0;
    for (const { offset, length } of whole) {
      expect(offset).toBe(end);
      expect(length).toBeGreaterThan(0);
      end += length;
    }
    expect(end).toBe(body.length);
  });

  it('gives the same frames wherever one cut falls', () => {
    for (let cut = 0; cut <= body.length; cut += 1) expect(readBody(framing, body, [cut])).toEqual(whole);
  });

  it('gives the same frames a byte at a time', () => {
    const cuts = Array.from({ length: body.length }, (_, at) => at);
    expect(readBody(framing, body, cuts)).toEqual(whole);
  });

  it('gives the same pieces wherever cuts fall when frames outgrow the cap', () => {
    const pieces = readBody(framing, body, [], 7);
    for (let cut = 0; cut <= body.length; cut += 1) {
      expect(readBody(framing, body, [cut], 7)).toEqual(pieces);
    }
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(body.length);
    for (const { length } of pieces) expect(length).toBeLessThanOrEqual(7);
  });
});

it.each(['ndjson', 'json-seq', 'json-array', 'aws-event-stream', 'text'] as const)(
  'any bytes are kept whole and read the same however they are cut: %s',
  (framing) => {
    const symbols = fc.constantFrom(...'{}[]",:\\ \n\r\x1e1aé\u0000'.split(''));
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: symbols }).map(bytesOf));
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(60), { maxLength: 4 }), (body, places) => {
        const cuts = places.map((place) => Math.min(place, body.length)).sort((a, b) => a - b);
        const frames = readBody(framing, body, cuts);
        expect(frames.reduce((sum, { length }) => sum + length, 0)).toBe(body.length);
        expect(frames).toEqual(readBody(framing, body));
      }),
      { numRuns: 400 },
    );
  },
);

describe('what frames say', () => {
  const said = (framing: Framing, body: string | Uint8Array) =>
    saidBy(readBody(framing, typeof body === 'string' ? bytesOf(body) : body));

  it('a line of NDJSON is an event, an empty line is blank, a cut tail is incomplete', () => {
    expect(said('ndjson', '{"a":1}\r\n\n {"b":2} \n{"c":')).toEqual([
      '{"a":1}',
      '<blank>',
      '{"b":2}',
      '<incomplete>',
    ]);
    expect(said('ndjson', '{"a":1}\n{"last":true}')).toEqual(['{"a":1}', '{"last":true}']);
  });

  it('a JSON text may span lines, and ends when it is whole and its line ends', () => {
    expect(said('json-seq', '\x1e{\n"a":1\n}\n\x1e2\n')).toEqual(['{\n"a":1\n}', '2']);
  });

  it('a text that the next separator cuts off is incomplete, and so is a number without a line end', () => {
    expect(said('json-seq', '\x1e{"a"\x1e[1]\x1e12')).toEqual(['<incomplete>', '[1]', '<incomplete>']);
  });

  it('an item of an array is there as soon as its last byte is', () => {
    const frames = readBody('json-array', bytesOf('[{"a":1}'));
    expect(saidBy(frames)).toEqual(['{"a":1}']);
  });

  it('items may be arrays, numbers and texts; brackets and commas are no part of them', () => {
    expect(said('json-array', '[[1],2,"]",[[3]]]\n')).toEqual(['[1]', '2', '"]"', '[[3]]', '<blank>']);
  });

  it('one JSON document is one item', () => {
    expect(said('json-array', '{"error":{"code":400}}\n')).toEqual(['{"error":{"code":400}}', '<blank>']);
  });

  it('bytes that are no item are kept and said to be unknown', () => {
    expect(said('json-array', '<html>\n[1]')).toEqual(['<unknown>', '1', '<blank>']);
  });

  it('lines of text keep their spaces and may be empty', () => {
    expect(said('text', '  a\r\n\nb')).toEqual(['  a', '', 'b']);
  });

  it('a message has the type of its header and the text of its payload', () => {
    const [event, exception, fault] = readBody(
      'aws-event-stream',
      joinBytes([
        awsEvent('contentBlockDelta', { delta: { text: 'hi' } }),
        awsMessage(
          { ':message-type': 'exception', ':exception-type': 'throttlingException' },
          '{"message":"slow"}',
        ),
        awsMessage({ ':message-type': 'error', ':error-code': 'Broken', ':error-message': 'It broke.' }, ''),
      ]),
    );
    expect(event).toMatchObject({ type: 'contentBlockDelta', data: '{"delta":{"text":"hi"}}' });
    expect(exception).toMatchObject({ type: 'throttlingException', data: '{"message":"slow"}' });
    expect(fault).toMatchObject({ type: 'Broken', data: 'It broke.' });
  });

  it('a body that is too long for one value is cut into pieces', () => {
    const frames = readBody('json-array', bytesOf('["0123456789"]'), [], 5);
    expect(frames.map(({ kind }) => kind)).toEqual(['oversize', 'oversize', 'oversize', 'blank']);
  });
});
