import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { framedChunks, readFraming } from '../../../src/cli/read-as.ts';

async function framed(chunks: readonly string[], path = '-', asked: string | undefined = undefined) {
  const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const found = await framedChunks(readFraming(asked), path, source);
  const parts: string[] = [];
  for await (const chunk of found.chunks) parts.push(Buffer.from(chunk).toString());
  return { framing: found.framing, text: parts.join('') };
}

describe('what bytes are read as', () => {
  it('is what was asked for, whatever the name and the bytes say', async () => {
    expect(await framed(['{"a":1}'], 'x.ndjson', 'text')).toEqual({ framing: 'text', text: '{"a":1}' });
  });

  it('is what the name says', async () => {
    expect((await framed(['{"a":1}'], 'x.sse')).framing).toBe('sse');
    expect((await framed(['data: x'], 'x.jsonl')).framing).toBe('ndjson');
  });

  it('is what the first bytes say, however they arrive, and none of them is lost', async () => {
    expect(await framed([' ', '\n', '[', '1]'])).toEqual({ framing: 'json-array', text: ' \n[1]' });
    expect(await framed(['data: x\n', '\n'])).toEqual({ framing: 'sse', text: 'data: x\n\n' });
    expect(await framed([])).toEqual({ framing: 'sse', text: '' });
  });

  it('must be one that is known', () => {
    expect(() => readFraming('xml')).toThrow('--read-as knows sse, ndjson,');
    expect(readFraming(undefined)).toBeNull();
  });
});
