import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decoderFor, type BodyDecoder } from '../../../../src/main/connections/content-decoding.ts';
import { InflationError, type InflationLimits } from '../../../../src/main/connections/inflation-meter.ts';
import { DEFAULT_LIMITS, INFLATION_GRACE_BYTES } from '../../../../src/shared/connection/limits.ts';
import { compressedPart } from '../../../support/compressed-part.ts';

const gzip = promisify(zlib.gzip);
const QUICK_BROTLI = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };
const EMPTY_GZIP = zlib.gzipSync('');

function write(decoder: BodyDecoder, bytes: Uint8Array, emit: (part: Uint8Array) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.write(bytes, emit, (error) => (error ? reject(error) : resolve()));
  });
}

it.each([[[]], [['']], [['identity']], [['none']], [['zebra']], [['gzip, zebra']], [['identity', ' none ']]])(
  'there is nothing to undo for %j',
  (encodings) => {
    expect(decoderFor(encodings, DEFAULT_LIMITS)).toBeNull();
  },
);

it.each([[['gzip']], [['X-GZIP']], [['identity, GZip']], [['identity', 'gzip']]])(
  '%j is gzip',
  async (encodings) => {
    const decoder = decoderFor(encodings, DEFAULT_LIMITS);
    const parts: Uint8Array[] = [];
    await write(decoder as BodyDecoder, await gzip('data: a'), (part) => parts.push(part));
    expect(Buffer.concat(parts).toString()).toBe('data: a');
  },
);

it('tells what a part decodes to before it says that it is done', async () => {
  const decoder = decoderFor(['gzip'], DEFAULT_LIMITS) as BodyDecoder;
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
  const decoder = decoderFor(['gzip'], DEFAULT_LIMITS) as BodyDecoder;
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
  const decoder = decoderFor(['gzip'], DEFAULT_LIMITS) as BodyDecoder;
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

/** What a body decodes to, and how it ended; all of it is one read. */
async function decode(
  encodings: string,
  body: Uint8Array,
  limits: InflationLimits = DEFAULT_LIMITS,
): Promise<{ bytes: number; largest: number; error: Error | null }> {
  const decoder = decoderFor([encodings], limits) as BodyDecoder;
  let bytes = 0;
  let largest = 0;
  const take = (part: Uint8Array) => {
    bytes += part.length;
    largest = Math.max(largest, part.length);
  };
  const error = await new Promise<Error | null>((resolve) => {
    decoder.write(body, take, (failed) => (failed ? resolve(failed) : decoder.end(take, resolve)));
  });
  decoder.destroy();
  return { bytes, largest, error };
}

const MIB = 1024 * 1024;
/** 100 MiB of one byte. */
const ZEROS = Buffer.alloc(100 * MIB);

describe('a decompression bomb', () => {
  const unlimited = { maxInflation: 0, maxInflatedReadBytes: 0 };

  it('meets the limit of a read, and nothing beyond it is made', async () => {
    const bomb = await gzip(ZEROS);
    const limits = { maxInflation: 0, maxInflatedReadBytes: 32 * MIB };
    const { bytes, error } = await decode('gzip', bomb, limits);
    expect(error).toBeInstanceOf(InflationError);
    expect(error?.message).toContain('became more than 32 MiB');
    expect(bytes).toBe(32 * MIB);
  });

  it('meets the limit of the ratio when it is larger than what is allowed to anybody', async () => {
    const { bytes, error } = await decode('gzip', await gzip(ZEROS), { ...unlimited, maxInflation: 200 });
    expect(error).toBeInstanceOf(InflationError);
    expect(error?.message).toContain('more than 200 times as much');
    expect(bytes).toBeGreaterThan(INFLATION_GRACE_BYTES - MIB);
    expect(bytes).toBeLessThanOrEqual(20 * MIB);
  });

  it.each(['gzip, gzip', 'gzip, br', 'br, gzip', 'deflate, gzip, br'])(
    'of codings in each other (%s) meets it, wherever it grows',
    async (encodings) => {
      const bomb = encodings.split(', ').reduce<Uint8Array>((body, name) => {
        if (name === 'br') return zlib.brotliCompressSync(body, QUICK_BROTLI);
        return name === 'gzip' ? zlib.gzipSync(body) : zlib.deflateSync(body);
      }, ZEROS);
      expect(bomb.length).toBeLessThan(64 * 1024);
      const { bytes, error } = await decode(encodings, bomb);
      expect(error).toBeInstanceOf(InflationError);
      expect(bytes).toBeLessThan(32 * MIB);
    },
  );

  it('whose last coding makes nothing of what the first one makes is found all the same', async () => {
    // Empty members, one after the other: 20 bytes that become none, a million times over.
    const members = Buffer.concat(Array.from({ length: 1_000_000 }, () => EMPTY_GZIP));
    const { bytes, error } = await decode('gzip, gzip', zlib.gzipSync(members));
    expect(error).toBeInstanceOf(InflationError);
    expect(bytes).toBe(0);
  });

  it('is let through where the limits are off', async () => {
    const { bytes, error } = await decode('gzip, gzip', zlib.gzipSync(zlib.gzipSync(ZEROS)), unlimited);
    expect({ bytes, error }).toEqual({ bytes: ZEROS.length, error: null });
  });
});

it('is not suspicious of a body that compresses well and is short', async () => {
  const short = Buffer.alloc(INFLATION_GRACE_BYTES);
  expect(await decode('gzip', zlib.gzipSync(short))).toMatchObject({ bytes: short.length, error: null });
});

it('gives the limit of a read to each read anew', async () => {
  const compressor = zlib.createGzip({ level: 0 });
  const limits = { maxInflation: 0, maxInflatedReadBytes: 3 * MIB };
  const decoder = decoderFor(['gzip'], limits) as BodyDecoder;
  let bytes = 0;
  for (let part = 0; part < 4; part += 1) {
    await write(decoder, await compressedPart(compressor, 'x'.repeat(2 * MIB)), (decoded) => {
      bytes += decoded.length;
    });
  }
  expect(bytes).toBe(8 * MIB);
});

it('refuses more codings in a row than anybody needs, without opening any', async () => {
  const { error } = await decode(Array(9).fill('gzip').join(','), Buffer.from('x'));
  expect(error).toBeInstanceOf(InflationError);
  expect(error?.message).toContain('9 times over');
});

it('holds back what codings in each other make while it is paused', async () => {
  const decoder = decoderFor(['gzip, gzip'], DEFAULT_LIMITS) as BodyDecoder;
  const text = randomBytes(8 * MIB);
  let emitted = 0;
  let stoppedAt = -1;
  await write(decoder, zlib.gzipSync(zlib.gzipSync(text)), (part) => {
    emitted += part.length;
    if (stoppedAt >= 0) return;
    decoder.pause();
    stoppedAt = emitted;
    setTimeout(() => {
      stoppedAt = emitted;
      decoder.resume();
    }, 20);
  });
  expect(emitted).toBe(text.length);
  expect(stoppedAt).toBeLessThan(text.length / 2);
});
