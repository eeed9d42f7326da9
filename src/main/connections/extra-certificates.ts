/**
 * Certificates that the user trusts besides those of the runtime: the file that NODE_EXTRA_CA_CERTS names. Node reads it by
 * itself and Electron does not everywhere, so it is read here for both.
 */
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/** The file's content, PEM; null when none is named or it cannot be read, which Node itself warns about. */
export function extraCertificates(environment: Readonly<Record<string, string | undefined>>): string | null {
  const path = environment['NODE_EXTRA_CA_CERTS'];
  if (path === undefined || path === '') return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * What connections trust, the runtime's authorities and these, and who the client says it is. Made seldom, because it takes
 * milliseconds.
 */
export function contextTrusting(
  certificates: string,
  identity: Pick<tls.SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'> = {},
): tls.SecureContext {
  // Newer runtimes can tell all that they trust by default, such as the system's own authorities.
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  const usual = getCACertificates?.('default') ?? tls.rootCertificates;
  return tls.createSecureContext({
    ...identity,
    ...(certificates === '' ? {} : { ca: [...usual, certificates] }),
  });
}
