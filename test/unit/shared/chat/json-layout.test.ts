import { describe, expect, it } from 'vitest';
import { laidOutJson } from '../../../../src/shared/chat/json-layout.ts';

describe('laying out JSON', () => {
  it.each([
    '{"a":[1,{"b":null}],"c":{},"d":[],"e":"x, {y}: \\"z\\" \\\\"}',
    '[]',
    '"text"',
    '-1.5',
    '[[[]],[true,false]]',
    '{"":{"k":"\\n"}}',
  ])('looks like what JSON.stringify prints for %s', (text) => {
    expect(laidOutJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
  });

  it('keeps digits and keys that printing again would lose', () => {
    expect(laidOutJson('{"n":12345678901234567890,"n":1.0}')).toBe(
      '{\n  "n": 12345678901234567890,\n  "n": 1.0\n}',
    );
  });

  it.each(['', '{', '{"a":}', 'x', '{"a":1}}'])('refuses %j', (text) => {
    expect(laidOutJson(text)).toBeNull();
  });

  it('bounds the indentation of deep nesting', () => {
    const depth = 5000;
    const laidOut = laidOutJson('['.repeat(depth) + '1' + ']'.repeat(depth)) ?? '';
    expect(laidOut.length).toBeLessThan(depth * 2 * 140);
    expect(laidOut.replaceAll(/\s/g, '')).toHaveLength(depth * 2 + 1);
  });
});
