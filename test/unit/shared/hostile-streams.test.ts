/** Every stream of the project, of chats and protocols, and every recording: broken in many ways, and rebuilt all the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildBytes, rebuildOutput } from '../../../src/cli/rebuild.ts';
import { createPortableByteText } from '../../../src/shared/sse/byte-text.ts';
import type { Framing } from '../../../src/shared/sse/framing.ts';
import { chatRecordings, recordedBytes } from '../../support/chat-recordings.ts';
import { hostileBytes } from '../../support/hostile-bytes.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const ROUNDS = 4;
/** What may be printed for a byte that came: some texts are told as text, as a part and as a finding. */
const PRINTED_PER_BYTE = 100;
const PRINTED_ANYWAY = 100_000;

const FRAMINGS: readonly [RegExp, Framing][] = [
  [/\.(?:sse|chunks\.txt|txt)$/, 'sse'],
  [/\.ndjson$/, 'ndjson'],
  [/\.json-array$/, 'json-array'],
  [/\.eventstream(?:\.bin)?$/, 'aws-event-stream'],
];

interface Stream {
  readonly name: string;
  readonly framing: Framing;
  readonly bytes: () => Uint8Array<ArrayBuffer>;
}

function streamOf(name: string, bytes: Stream['bytes']): Stream[] {
  const framing = FRAMINGS.find(([pattern]) => pattern.test(name))?.[1];
  return framing ? [{ name, framing, bytes }] : [];
}

const own = ['chat', 'protocol'].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind), { recursive: true, encoding: 'utf8' }).flatMap((file) =>
    streamOf(`${kind}/${file}`, () => new Uint8Array(readFileSync(join(FIXTURES, kind, file)))),
  ),
);
const recorded = chatRecordings().flatMap(({ file }) => streamOf(file, () => recordedBytes(file)));

async function rebuilt(chunks: readonly Uint8Array[], framing: Framing): Promise<string> {
  return rebuildOutput(await rebuildBytes(chunks, createPortableByteText(), framing));
}

async function survives({ name, framing, bytes }: Stream): Promise<void> {
  const random = seededRandom(name.length * 7919 + name.charCodeAt(name.length - 6));
  for (let round = 0; round < ROUNDS; round += 1) {
    const hostile = hostileBytes(bytes(), random);
    const text = await rebuilt([hostile], framing);
    expect(text.length).toBeLessThan(PRINTED_ANYWAY + hostile.length * PRINTED_PER_BYTE);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const half = Math.floor(hostile.length / 2);
    expect(await rebuilt([hostile.subarray(0, half), hostile.subarray(half)], framing)).toBe(text);
  }
}

describe('a broken stream', () => {
  it.each(own)('of our own ($name) is rebuilt without a throw, and in bounds', survives);
});

describe.skipIf(recorded.length === 0)('a broken recording', () => {
  it.each(recorded)('($name) is rebuilt without a throw, and in bounds', survives);
});
