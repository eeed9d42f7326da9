/** The public conformance cases, in every chunking. They live beside the project and are not part of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, chunkings, readBody } from './read-frames.ts';

interface Case {
  readonly name: string;
  readonly enc: 'utf8' | 'base64';
  readonly chunks: readonly string[];
  readonly expected: readonly { event: string; data: string; id: string }[];
  readonly retry?: number;
  readonly lastEventId?: string;
}

const FOLDER = join(import.meta.dirname, '../../../../../shared/fixtures/sse');

describe.skipIf(!existsSync(FOLDER))('conformance cases', () => {
  for (const file of ['wpt-cases.json', 'edge-parse-cases.json']) {
    const cases = existsSync(FOLDER) ? (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Case[]) : [];
    it(`${file} holds cases`, () => expect(cases.length).toBeGreaterThan(20));
    for (const one of cases) {
      it(`${file}: ${one.name}, in every chunking`, () => {
        const given = one.chunks.map((chunk) =>
          one.enc === 'base64' ? new Uint8Array(Buffer.from(chunk, 'base64')) : bytesOf(chunk),
        );
        for (const [way, chunks] of chunkings(given)) {
          const read = readBody(chunks);
          expect(read.events, way).toEqual(one.expected);
          if (one.retry !== undefined) expect(read.retry, way).toBe(one.retry);
          if (one.lastEventId !== undefined) expect(read.lastEventId, way).toBe(one.lastEventId);
        }
      });
    }
  }
});
