import { expect, it } from 'vitest';
import {
  tlsFactsShown,
  unverifiedText,
  wayFacts,
} from '../../../../../src/renderer/views/connection/exchange-words.ts';
import type { ExchangeFacts, TlsFacts } from '../../../../../src/shared/session/exchange-facts.ts';

const exchange: ExchangeFacts = {
  proxy: null,
  socketPath: null,
  localAddress: '127.0.0.1:5000',
  streamId: null,
  reused: false,
  tls: null,
  sent: null,
  informational: [],
  trailers: [],
};
const tls: TlsFacts = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: '',
  serverName: '',
  verified: true,
  problem: '',
  certificate: null,
};

it('names the addresses at both ends', () => {
  expect(wayFacts(exchange, '127.0.0.1:80')).toEqual([
    { label: 'To', text: '127.0.0.1:80' },
    { label: 'From', text: '127.0.0.1:5000' },
  ]);
});

it('says that an address is the proxy’s', () => {
  const facts = wayFacts({ ...exchange, proxy: 'http://p:1' }, '10.0.0.1:1');
  expect(facts[0]).toEqual({ label: 'Through proxy', text: 'http://p:1' });
  expect(facts[1]).toEqual({ label: 'To the proxy at', text: '10.0.0.1:1' });
});

it('says whether a stream shares a connection', () => {
  expect(wayFacts({ ...exchange, streamId: 3, reused: true }, null)).toContainEqual({
    label: 'Stream',
    text: '3, of a connection that was open already',
  });
});

it('leaves out what TLS did not tell', () => {
  expect(tlsFactsShown(tls)).toEqual([
    { label: 'TLS', text: 'TLSv1.3, TLS_AES_128_GCM_SHA256' },
    { label: 'ALPN', text: 'nothing agreed on' },
  ]);
});

it('says why a certificate would have been refused', () => {
  expect(unverifiedText(tls)).toBe('');
  expect(unverifiedText({ ...tls, verified: false })).toContain('nothing was wrong with it');
  expect(unverifiedText({ ...tls, verified: false, problem: 'CERT_HAS_EXPIRED' })).toContain(
    'would have been refused: CERT_HAS_EXPIRED',
  );
});
