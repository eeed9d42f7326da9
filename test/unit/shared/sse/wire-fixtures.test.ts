/**
 * The project's own streams, one rule each. `NAME.json` beside `NAME.sse` says what is in it: kinds of frames, events, the
 * last retry and last event ID that counted, and findings as code and byte offset.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { diagnoseFrame } from '../../../../src/shared/sse/diagnostics.ts';
import { createEventParser } from '../../../../src/shared/sse/event-parser.ts';
import { chunkings, readBody } from './read-frames.ts';

interface Expected {
  readonly about: string;
  readonly kinds: readonly string[];
  readonly events: readonly { event: string; data: string; id: string }[];
  readonly retry: number | null;
  readonly lastEventId: string;
  readonly diagnostics: readonly (readonly [code: string, offset: number])[];
}

const FOLDER = join(import.meta.dirname, '../../../fixtures/wire');

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sse'))
  .map((name) => name.slice(0, -4));

describe('wire fixtures', () => {
  for (const name of names) {
    const body = new Uint8Array(readFileSync(join(FOLDER, `${name}.sse`)));
    const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Expected;

    it(`${name}: ${expected.about}`, () => {
      for (const byteText of [createNodeByteText(), createPortableByteText()]) {
        for (const [way, chunks] of chunkings([body])) {
          const read = readBody(chunks, { byteText });
          expect(
            read.frames.map((frame) => frame.kind),
            way,
          ).toEqual(expected.kinds);
          expect(read.events, way).toEqual(expected.events);
          expect(read.retry, way).toBe(expected.retry);
          expect(read.lastEventId, way).toBe(expected.lastEventId);
        }
      }
    });

    it(`${name}: a frame looked at later means what capture said`, () => {
      const parser = createEventParser(createPortableByteText());
      let lastEventId = '';
      for (const frame of readBody([body]).frames) {
        const end = frame.offset + frame.length;
        const meaning = parser.interpret(body, frame.offset, end, frame, lastEventId);
        lastEventId = meaning.lastEventId;
        expect(meaning).toEqual({
          kind: frame.kind,
          event: frame.kind === 'event' ? { type: frame.eventType, data: frame.data, lastEventId } : null,
          id: frame.id,
          comments: frame.comments,
          retryMs: frame.retryMs,
          lastEventId,
        });
      }
      expect(lastEventId).toBe(expected.lastEventId);
    });

    it(`${name}: the findings are complete and point at their bytes`, () => {
      const findings = readBody([body]).frames.flatMap((frame) =>
        diagnoseFrame(
          { ...frame, bytes: body.subarray(frame.offset, frame.offset + frame.length) },
          createPortableByteText(),
        ),
      );
      expect(findings.map(({ code, offset }) => [code, offset])).toEqual(expected.diagnostics);
      for (const { message, offset, length } of findings) {
        expect(message).toMatch(/^\S.*\.$/);
        expect(length).toBeGreaterThan(0);
        expect(offset + length).toBeLessThanOrEqual(body.length);
      }
    });
  }
});
