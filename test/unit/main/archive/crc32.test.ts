import { expect, it } from 'vitest';
import { crc32, crc32InScript } from '../../../../src/main/archive/crc32.ts';

const bytes = Buffer.from('123456789');

it('has the sum that everybody has for "123456789", with and without the runtime\u2019s help', () => {
  expect(crc32InScript(bytes, 0)).toBe(0xcbf43926);
  expect(crc32(bytes, 0)).toBe(0xcbf43926);
});

it('goes on where another part ended', () => {
  expect(crc32InScript(bytes.subarray(4), crc32InScript(bytes.subarray(0, 4), 0))).toBe(0xcbf43926);
});
