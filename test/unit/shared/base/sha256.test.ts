import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, sha256Source } from '../../../../src/shared/base/sha256.ts';

const reference = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('SHA-256', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])('of %i bytes is that of the runtime', (length) => {
    const bytes = new Uint8Array(length).fill(0xa7);
    expect(Buffer.from(sha256(bytes))).toEqual(reference(bytes));
  });

  it('of any bytes is that of the runtime', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(sha256(bytes))).toEqual(reference(bytes));
      }),
    );
  });

  it('is named as a policy names it', () => {
    expect(sha256Source('alert(1)')).toBe(
      `'sha256-${reference(Buffer.from('alert(1)')).toString('base64')}'`,
    );
  });
});
