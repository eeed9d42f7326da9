/**
 * Certificates that are trusted besides those of the runtime: the file that NODE_EXTRA_CA_CERTS names, which Node reads by
 * itself and Electron does not everywhere, and the authorities of the system, such as those of a company.
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

/** Where systems without a call for it keep their authorities, all in one file. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** What a runtime may tell of the authorities that it knows; older ones tell nothing. */
interface AuthoritySource {
  readonly getCACertificates?: (type: 'default' | 'system') => string[];
}

/** The authorities of the system, PEM; null where neither the runtime nor one of the usual files tells them. */
export function systemCertificates(
  runtime: AuthoritySource = tls as AuthoritySource,
  bundles: readonly string[] = BUNDLES,
): string | null {
  if (runtime.getCACertificates) return runtime.getCACertificates('system').join('\n') || null;
  for (const path of bundles) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // Another system keeps them elsewhere.
    }
  }
  return null;
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
  const { getCACertificates } = tls as AuthoritySource;
  const usual = getCACertificates?.('default') ?? tls.rootCertificates;
  return tls.createSecureContext({
    ...identity,
    ...(certificates === '' ? {} : { ca: [...usual, certificates] }),
  });
}
