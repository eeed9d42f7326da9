/** What holds for any body at all: nothing is lost, and where it was cut changes nothing. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createParser } from 'eventsource-parser';
import { FRAME_KINDS } from '../../../../src/shared/sse/types.ts';
import { bytesOf, inPieces, inRandomPieces, readBody, type BodyReading } from './read-frames.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/wire');

const bodies: (readonly [string, Uint8Array])[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sse'))
  .map((name) => [name, new Uint8Array(readFileSync(join(FOLDER, name)))]);

/** The frames end to end are the body: no hole, no overlap, nothing empty. */
function expectLossless(reading: BodyReading, body: Uint8Array): void {
  let at = 0;
  for (const frame of reading.frames) {
    expect(frame.offset).toBe(at);
    expect(frame.length).toBeGreaterThan(0);
    expect(FRAME_KINDS).toContain(frame.kind);
    at += frame.length;
  }
  expect(at).toBe(body.length);
  expect(Buffer.compare(reading.bytes, body)).toBe(0);
}

describe('every wire fixture', () => {
  it('is there', () => expect(bodies.length).toBeGreaterThan(12));

  for (const [name, body] of bodies) {
    for (const maxFrameBytes of [undefined, 3, 7, 24]) {
      const options = maxFrameBytes === undefined ? {} : { maxFrameBytes };
      const cap = maxFrameBytes === undefined ? '' : ` with a cap of ${maxFrameBytes} bytes`;
      it(`${name}${cap}: laid end to end, the frames are the body`, () => {
        expectLossless(readBody([body], options), body);
      });
      it(`${name}${cap}: cut anywhere, it reads the same`, () => {
        const whole = readBody([body], options);
        for (let at = 0; at <= body.length; at += 1) {
          expect(readBody([body.subarray(0, at), body.subarray(at)], options), `cut at ${at}`).toEqual(whole);
        }
        for (const size of [1, 2, 3, 5]) {
          expect(readBody(inPieces(body, size), options), `pieces of ${size}`).toEqual(whole);
        }
      });
    }
  }
});

describe('bodies made of nothing but trouble', () => {
  const words = [
    '\r',
    '\n',
    '\r\n',
    ':',
    'data',
    'data:',
    'id:1',
    'id',
    'event',
    'retry:5',
    ' ',
    '\uFEFF',
    'é',
    '\0',
    'x',
  ];

  function body(seed: number): Uint8Array {
    let state = seed;
    let text = '';
    for (let count = 0; count < 40; count += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += words[(state >>> 12) % words.length];
    }
    return bytesOf(text);
  }

  it('lose nothing and read the same however they are cut', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const bytes = body(seed);
      const options = seed % 3 === 0 ? { maxFrameBytes: 3 + (seed % 11) } : {};
      const whole = readBody([bytes], options);
      expectLossless(whole, bytes);
      for (const pieces of [inPieces(bytes, 1), inPieces(bytes, 3), inRandomPieces(bytes, seed)]) {
        expect(readBody(pieces, options), `seed ${seed}`).toEqual(whole);
      }
    }
  });

  it('dispatch what the parser alone dispatches', () => {
    let dispatched = 0;
    for (let seed = 401; seed <= 900; seed += 1) {
      const bytes = body(seed);
      const events: string[] = [];
      const parser = createParser({ onEvent: (event) => events.push(event.data) });
      parser.feed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      expect(
        readBody([bytes]).events.map((event) => event.data),
        `seed ${seed}`,
      ).toEqual(events);
      dispatched += events.length;
    }
    expect(dispatched).toBeGreaterThan(100);
  });
});
