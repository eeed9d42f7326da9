import { expect, it } from 'vitest';
import { fromWireText, toWireText } from '../../support/wire-text.ts';

it('carries values and typed arrays of every kind', () => {
  const value = {
    seq: Float64Array.from([0, 1.5, 2 ** 53, Number.NaN]),
    kind: Uint8Array.from({ length: 100_000 }, (_, at) => at % 256),
    type: Uint16Array.from([65_535]),
    counts: Uint32Array.from([4_294_967_295]),
    part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
    empty: new Uint8Array(0),
    list: [null, true, 'text "quoted" \u2028', { deep: new Uint8Array([7]) }],
  };
  expect(fromWireText(toWireText(value))).toEqual(value);
});

it('carries nothing as null', () => {
  expect(fromWireText(toWireText(undefined))).toBeNull();
});

it('carries the bytes of a Buffer', () => {
  expect(fromWireText(toWireText(Buffer.from([1, 2])))).toEqual(Uint8Array.of(1, 2));
});
