import { expect, it } from 'vitest';
import { base64 } from '../../../../src/shared/connection/base64.ts';

it.each(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar', 'user:pässword…', '\u0000\u00ff'])(
  'encodes %j',
  (text) => {
    expect(base64(text)).toBe(Buffer.from(text).toString('base64'));
  },
);
