/** The one shortcut past eventsource-parser: whatever it accepts means what the parser says, for any bytes at all. */
import fc from 'fast-check';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createBlockParser } from '../../../../src/shared/sse/block-parser.ts';
import { createDataLineFrame } from '../../../../src/shared/sse/data-line-frame.ts';
import { bytesOf, readBody } from './read-frames.ts';

const byteText = createNodeByteText();
const LF = 10;
const CR = 13;

/** A line of any bytes but line ends; mostly one that begins as a data line does. */
const line = fc
  .tuple(
    fc.constantFrom(
      'data:',
      'data: ',
      'data:  ',
      'data',
      'dat',
      'Data:',
      'data :',
      '\uFEFFdata:',
      ':data:',
      '',
    ),
    fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      fc.string({ unit: 'grapheme', maxLength: 24 }).map(bytesOf),
      fc.constantFrom('{"a":1}', '[DONE]', 'id: 1', '\0', 'é', '\uFEFF', ' ').map(bytesOf),
    ),
  )
  .map(([start, rest]) => Buffer.concat([bytesOf(start), rest.filter((byte) => byte !== LF && byte !== CR)]));

describe('a frame of one data line', () => {
  it('means what eventsource-parser says of it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const body = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n\n')]));
        const text = body.toString('latin1');
        const quick = createDataLineFrame(byteText);
        quick.begin(body, text, byteText.isAscii(body, 0, body.length));
        let from = 0;
        for (const one of lines) {
          const lineEnd = from + one.length;
          if (quick.read(from, lineEnd)) {
            accepted += 1;
            const decoded = byteText.utf8(body, from, lineEnd + 2);
            const events: EventSourceMessage[] = [];
            const parser = createParser({ onEvent: (event) => events.push(event) });
            parser.feed(decoded);
            expect(events).toEqual([{ id: undefined, event: undefined, data: quick.frame.data }]);

            // Everything else that is known of a frame, as the usual way finds it out.
            const usual = createBlockParser();
            usual.parse(decoded, 'blank-line');
            const { flags, data, kind, eventType, id, retryMs, comments } = usual.frame;
            const ascii = byteText.isAscii(body, from, lineEnd);
            expect({ ...quick.frame }).toMatchObject({ data, kind, eventType, id, retryMs, comments });
            expect(quick.frame.flags).toBe(flags | (ascii ? 0 : 8));
          }
          from = lineEnd + 2;
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(3000);
  });

  it('leaves whole bodies as the parser reads them', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n\n', '\n', '\r\n\r\n', '\r\r'),
        (lines, end) => {
          const body = Buffer.concat(lines.flatMap((one) => [one, Buffer.from(end)]));
          const events: string[] = [];
          const parser = createParser({
            onEvent: ({ event, data }) => events.push(`${event ?? 'message'} ${data}`),
          });
          parser.feed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body));
          expect(readBody([body]).events.map(({ event, data }) => `${event} ${data}`)).toEqual(events);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps nothing of a read that is over', () => {
    const quick = createDataLineFrame(byteText);
    quick.begin(bytesOf('data: x\n\n'), 'data: x\n\n', true);
    expect(quick.read(0, 7)).toBe(true);
    quick.end();
    expect(quick.frame.data).toBe('');
  });
});
