import fc from 'fast-check';
import { expect, it } from 'vitest';
import { headersAsText, headersOfText } from '../../../../../src/renderer/views/connect/headers-text.ts';

const on = (name: string, value: string) => ({ name, value, enabled: true });

it.each([
  ['Accept: a\r\n\r\n  X-Y:  b: c ', [on('Accept', 'a'), on('X-Y', 'b: c')]],
  [
    '# X: 1\n#Y:2',
    [
      { ...on('X', '1'), enabled: false },
      { ...on('Y', '2'), enabled: false },
    ],
  ],
  [':authority: h', [on(':authority', 'h')]],
  ['nothing', [on('nothing', '')]],
  ['\\#x: 1', [on('#x', '1')]],
])('reads %j', (text, headers) => {
  expect(headersOfText(text)).toEqual(headers);
});

it('loses nothing between the table and the text', () => {
  const name = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
  const value = fc.string().map((text) => text.replaceAll(/[\r\n]/g, '').trim());
  const header = fc.record({ name, value, enabled: fc.boolean() });
  fc.assert(
    fc.property(fc.array(header), (headers) => {
      expect(headersOfText(headersAsText(headers))).toEqual(headers);
    }),
  );
});
