import { expect, it } from 'vitest';
import { transportNote } from '../../../../../src/renderer/views/connect/transport-note.ts';
import { DEFAULT_TRANSPORT } from '../../../../../src/shared/connection/transport.ts';

const { tls, proxy } = DEFAULT_TRANSPORT;

it('is empty when all is as usual', () => {
  expect(transportNote(DEFAULT_TRANSPORT)).toBe('');
});

it('warns before it says anything else', () => {
  const manual = { ...DEFAULT_TRANSPORT, proxy: { ...proxy, mode: 'manual' as const } };
  expect(transportNote(manual)).toBe('proxy');
  expect(transportNote({ ...manual, tls: { ...tls, unverified: true } })).toBe('!');
  expect(transportNote({ ...DEFAULT_TRANSPORT, socketPath: '/s' })).toBe('unix socket');
  expect(transportNote({ ...DEFAULT_TRANSPORT, httpVersion: '2' })).toBe('•');
});
