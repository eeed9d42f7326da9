import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { decoderFor, type BodyDecoder } from '../../../../src/main/connections/content-decoding.ts';
import { compressedPart } from '../../../support/compressed-part.ts';

const gzip = promisify(zlib.gzip);

function write(decoder: BodyDecoder, bytes: Uint8Array, emit: (part: Uint8Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.write(bytes, emit, (error) => (error ? reject(error) : resolve()));
  });
}

it.each([[[]], [['']], [['identity']], [['none']], [['zebra']], [['gzip, zebra']], [['identity', ' none ']]])(
  'there is nothing to undo for %j',
  (encodings) => {
    expect(decoderFor(encodings)).toBeNull();
  },
);

it.each([[['gzip']], [['X-GZIP']], [['identity, GZip']], [['identity', 'gzip']]])(
  '%j is gzip',
  async (encodings) => {
    const decoder = decoderFor(encodings);
    const parts: Uint8Array[] = [];
    await write(decoder as BodyDecoder, await gzip('data: a'), (part) => parts.push(part));
    expect(Buffer.concat(parts).toString()).toBe('data: a');
  },
);

it('tells what a part decodes to before it says that it is done', async () => {
  const decoder = decoderFor(['gzip']) as BodyDecoder;
  const compressor = zlib.createGzip();
  const order: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    const part = await compressedPart(compressor, text);
    await write(decoder, part, (decoded) => order.push(Buffer.from(decoded).toString()));
    order.push('done');
  }
  expect(order).toEqual(['one', 'done', 'two', 'done', 'three', 'done']);
});

it('holds back what a part decodes to while it is paused', async () => {
  const decoder = decoderFor(['gzip']) as BodyDecoder;
  const text = 'x'.repeat(8 * 1024 * 1024);
  let emitted = 0;
  let stoppedAt = -1;
  const written = write(decoder, await gzip(text), (part) => {
    emitted += part.length;
    if (stoppedAt >= 0) return;
    decoder.pause();
    stoppedAt = emitted;
    setTimeout(() => {
      stoppedAt = emitted;
      decoder.resume();
    }, 20);
  });
  await written;
  expect(emitted).toBe(text.length);
  expect(stoppedAt).toBeLessThan(text.length / 2);
});

it('says nothing more once it is destroyed', async () => {
  const decoder = decoderFor(['gzip']) as BodyDecoder;
  const bytes = await gzip('data: a');
  decoder.write(
    bytes,
    () => expect.fail('it emitted'),
    () => expect.fail('it was done'),
  );
  decoder.destroy();
  await promisify(setImmediate)();
  await gzip('another turn of the thread pool');
});
