import { expect, it } from 'vitest';
import { contentReader, USUALLY_IGNORED } from '../../../../src/shared/diff/compared-content.ts';

it('compares data as it stands unless asked otherwise', () => {
  const read = contentReader({ byValue: false, ignoredKeys: [] });
  expect(read('{"b": 1}')).toBe('{"b": 1}');
});

it('compares JSON by its value: blanks and the order of keys do not count', () => {
  const read = contentReader({ byValue: true, ignoredKeys: [] });
  expect(read('{"b": [1, {"d":2, "c":3}], "a": null}')).toBe(read('{"a":null,"b":[1,{"c":3,"d":2}]}'));
  expect(read('[1,2]')).not.toBe(read('[2,1]'));
});

it('leaves keys out wherever they stand', () => {
  const read = contentReader({ byValue: false, ignoredKeys: USUALLY_IGNORED });
  expect(read('{"id":"a","x":{"created":1,"y":2}}')).toBe('{"x":{"y":2}}');
});

it.each(['[DONE]', '{"cut":', 'plain', '12'])(
  'compares %s, which is no JSON object or array, as it stands',
  (text) => {
    expect(contentReader({ byValue: true, ignoredKeys: ['id'] })(text)).toBe(text);
  },
);
