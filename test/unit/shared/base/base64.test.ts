import { describe, expect, it } from 'vitest';
import { base64OfBytes } from '../../../../src/shared/base/base64.ts';

describe('base64', () => {
  it('of 0 to 300 bytes is what Node says', () => {
    for (let length = 0; length <= 300; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
      expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });
});
