import { expect, it } from 'vitest';
import { DEFAULT_TRANSPORT } from '../../../../src/shared/connection/transport.ts';
import { transportSpec } from '../../../../src/shared/ipc/parse-transport.ts';

it('gives what an older workspace does not have its default', () => {
  expect(transportSpec({})).toEqual(DEFAULT_TRANSPORT);
  expect(transportSpec({ tls: { unverified: true }, proxy: { mode: 'none' } })).toEqual({
    ...DEFAULT_TRANSPORT,
    tls: { ...DEFAULT_TRANSPORT.tls, unverified: true },
    proxy: { ...DEFAULT_TRANSPORT.proxy, mode: 'none' },
  });
});

it('lets nothing else through', () => {
  expect(transportSpec({ surprise: 1, tls: { surprise: 2 } })).toEqual(DEFAULT_TRANSPORT);
});

it.each([
  ['httpVersion', { httpVersion: '3' }],
  ['addressFamily', { addressFamily: 4 }],
  ['identity', { tls: { identity: 'jks' } }],
  ['unverified', { tls: { unverified: 'yes' } }],
  ['mode', { proxy: { mode: 'pac' } }],
  ['password', { proxy: { password: 7 } }],
])('names the field %s when it is wrong', (field, value) => {
  expect(() => transportSpec(value)).toThrow(`"${field}"`);
});
