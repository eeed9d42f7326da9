import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { contentCodings, offeredCodings } from '../../../../src/main/connections/content-codings.ts';

it('offers zstd where the runtime has it, and only there', () => {
  expect(offeredCodings(contentCodings({}))).toEqual(['gzip', 'deflate', 'br']);
  const withZstd = contentCodings({ createZstdDecompress: () => new PassThrough() });
  expect(offeredCodings(withZstd)).toEqual(['gzip', 'deflate', 'br', 'zstd']);
  expect(withZstd.get('zstd')?.(new Uint8Array(0))).toBeInstanceOf(PassThrough);
});

it('knows x-gzip and does not offer it', () => {
  const codings = contentCodings({});
  expect(codings.has('x-gzip')).toBe(true);
  expect(offeredCodings(codings)).not.toContain('x-gzip');
});
