import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  extraCertificates,
  systemCertificates,
} from '../../../../src/main/connections/extra-certificates.ts';

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

it('has the authorities that the runtime tells, or those of the first file that is there', () => {
  expect(systemCertificates({ getCACertificates: (type) => [type, 'two'] }, [CERTIFICATE])).toBe(
    'system\ntwo',
  );
  expect(systemCertificates({ getCACertificates: () => [] }, [CERTIFICATE])).toBeNull();
  expect(systemCertificates({}, [`${CERTIFICATE}.none`, CERTIFICATE])).toContain('BEGIN CERTIFICATE');
  expect(systemCertificates({}, [])).toBeNull();
});
