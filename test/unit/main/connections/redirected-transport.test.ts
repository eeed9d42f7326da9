import { expect, it } from 'vitest';
import { transportAt } from '../../../../src/main/connections/redirected-transport.ts';
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../../../src/shared/connection/transport.ts';

const own: TransportSpec = {
  ...DEFAULT_TRANSPORT,
  httpVersion: '2',
  socketPath: '/run/events.sock',
  tls: {
    caFile: 'ca.pem',
    identity: 'pem',
    certFile: 'cert.pem',
    keyFile: 'key.pem',
    pkcs12File: 'both.p12',
    passphrase: 'sesame',
    unverified: true,
    serverName: 'other.example',
  },
};

it('keeps everything for the same origin', () => {
  expect(transportAt(own, 'https://a.example/x', 'https://a.example:443/y')).toEqual(own);
});

it('keeps all but the unix socket for the same server over TLS', () => {
  expect(transportAt(own, 'http://a.example/', 'https://a.example/')).toEqual({ ...own, socketPath: '' });
});

it.each([
  ['another host', 'https://a.example/', 'https://b.example/'],
  ['another port', 'https://a.example/', 'https://a.example:8443/'],
  ['the same host in the clear', 'https://a.example/', 'http://a.example/'],
])('shows %s no certificate and no name, and verifies it', (_name, from, to) => {
  expect(transportAt(own, from, to)).toEqual({
    ...own,
    socketPath: '',
    tls: { ...DEFAULT_TRANSPORT.tls, caFile: 'ca.pem' },
  });
});
