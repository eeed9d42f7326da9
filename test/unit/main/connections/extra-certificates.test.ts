import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { extraCertificates } from '../../../../src/main/connections/extra-certificates.ts';

const CERTIFICATE = resolve(import.meta.dirname, '../../../fixtures/tls/localhost-cert.pem');

it('reads the file that the environment names', () => {
  expect(extraCertificates({ NODE_EXTRA_CA_CERTS: CERTIFICATE })).toContain('BEGIN CERTIFICATE');
});

it.each([[{}], [{ NODE_EXTRA_CA_CERTS: '' }], [{ NODE_EXTRA_CA_CERTS: `${CERTIFICATE}.none` }]])(
  'has none for %j',
  (environment) => {
    expect(extraCertificates(environment)).toBeNull();
  },
);
