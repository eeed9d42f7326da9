/**
 * The files that an endpoint's TLS settings name, read and checked one by one, so that whatever is wrong is said with the file's
 * name. They are read anew for each attempt: a renewed certificate counts at once.
 */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import type { TlsSpec } from '../../shared/connection/transport.ts';
import { contextTrusting } from './extra-certificates.ts';
import { codeOrMessage, TransportError } from './transport-error.ts';

/** Contexts by what went into them: making one with all authorities takes milliseconds. */
export type ContextCache = Map<string, tls.SecureContext>;

const MAX_CACHED = 32;
const CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The context for connections with these settings; undefined: the runtime's own.
 *
 * @param extra PEM certificates that are trusted by all connections; null for none
 * @throws TransportError that names the file
 */
export async function secureContextFor(
  spec: TlsSpec,
  extra: string | null,
  cache: ContextCache,
): Promise<tls.SecureContext | undefined> {
  const authorities = spec.caFile === '' ? null : await readAuthorities(spec.caFile);
  const identity = await readIdentity(spec);
  if (authorities === null && extra === null && identity === null) return undefined;
  const trusted = [extra, authorities].filter((pem) => pem !== null).join('\n');
  const key = createHash('sha256')
    .update(JSON.stringify([trusted, identity && Object.values(identity).map(String)]))
    .digest('hex');
  const known = cache.get(key);
  if (known) return known;
  const context = contextTrusting(trusted, identity ?? {});
  const oldest = cache.keys().next();
  if (cache.size >= MAX_CACHED && !oldest.done) cache.delete(oldest.value);
  cache.set(key, context);
  return context;
}

async function readAuthorities(path: string): Promise<string> {
  const what = 'The file of authorities';
  const pem = (await read(path, what)).toString('utf8');
  checkCertificates(pem, path, what);
  return pem;
}

type Identity = Pick<tls.SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;

async function readIdentity(spec: TlsSpec): Promise<Identity | null> {
  if (spec.identity === 'none') return null;
  const passphrase = spec.passphrase === '' ? {} : { passphrase: spec.passphrase };
  if (spec.identity === 'pkcs12') {
    const pfx = await read(spec.pkcs12File, 'The PKCS#12 file');
    checkPkcs12(pfx, spec);
    return { pfx, ...passphrase };
  }
  const cert = (await read(spec.certFile, 'The client certificate')).toString('utf8');
  const first = checkCertificates(cert, spec.certFile, 'The client certificate');
  const keyPath = spec.keyFile === '' ? spec.certFile : spec.keyFile;
  const key = (await read(keyPath, 'The key of the client certificate')).toString('utf8');
  checkKey(key, keyPath, first, spec);
  return { cert, key, ...passphrase };
}

async function read(path: string, what: string): Promise<Buffer> {
  if (path.trim() === '')
    throw new TransportError('tls', `${what} is not chosen. Choose it under "TLS and proxy".`);
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOrMessage(error);
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EACCES'
          ? 'may not be read'
          : `cannot be read (${code})`;
    throw new TransportError('tls', `${what} ${path} ${why}. Choose another under "TLS and proxy".`, code);
  }
}

/** The first certificate of the file. */
function checkCertificates(pem: string, path: string, what: string): X509Certificate {
  const blocks = pem.match(CERTIFICATE) ?? [];
  let first: X509Certificate | null = null;
  for (const block of blocks) {
    try {
      const certificate = new X509Certificate(block.replaceAll('TRUSTED CERTIFICATE', 'CERTIFICATE'));
      first ??= certificate;
    } catch (error) {
      throw new TransportError(
        'tls',
        `${what} ${path} holds a certificate that cannot be read.`,
        codeOrMessage(error),
      );
    }
  }
  if (!first)
    throw new TransportError(
      'tls',
      `${what} ${path} holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----"). If it is in DER form, convert it: openssl x509 -inform der -in FILE -out FILE.pem.`,
    );
  return first;
}

function checkKey(pem: string, path: string, certificate: X509Certificate, spec: TlsSpec): void {
  const what = `The key of the client certificate, ${path},`;
  let key;
  try {
    key = createPrivateKey({ key: pem, ...(spec.passphrase === '' ? {} : { passphrase: spec.passphrase }) });
  } catch (error) {
    const code = codeOrMessage(error);
    const text = error instanceof Error ? `${code} ${error.message}` : code;
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
      throw new TransportError(
        'tls',
        `${what} holds no private key in PEM form. Choose the file that has it.`,
        code,
      );
    if (
      /MISSING_PASSPHRASE|interrupted|passphrase required/i.test(text) ||
      (spec.passphrase === '' && pem.includes('ENCRYPTED'))
    )
      throw new TransportError(
        'tls',
        `${what} is encrypted. Write its passphrase under "TLS and proxy".`,
        code,
      );
    if (pem.includes('ENCRYPTED'))
      throw new TransportError('tls', `${what} does not open with this passphrase. Check it.`, code);
    throw new TransportError('tls', `${what} cannot be read: ${code}.`, code);
  }
  if (!certificate.checkPrivateKey(key))
    throw new TransportError(
      'tls',
      `${what} does not belong to the certificate ${spec.certFile}. Choose the right pair.`,
    );
}

function checkPkcs12(pfx: Buffer, { pkcs12File, passphrase }: TlsSpec): void {
  try {
    tls.createSecureContext({ pfx, ...(passphrase === '' ? {} : { passphrase }) });
  } catch (error) {
    const code = error instanceof Error ? error.message : String(error);
    const what = `The PKCS#12 file ${pkcs12File}`;
    if (/mac verify|password|bad.decrypt/i.test(code))
      throw new TransportError(
        'tls',
        passphrase === ''
          ? `${what} needs a passphrase. Write it under "TLS and proxy".`
          : `${what} does not open with this passphrase. Check it.`,
        code,
      );
    if (/unsupported/i.test(code))
      throw new TransportError(
        'tls',
        `${what} is encrypted in an old way that is not supported any more. Export it again, for example with openssl pkcs12 -legacy and then openssl pkcs12 -export.`,
        code,
      );
    throw new TransportError('tls', `${what} cannot be read as PKCS#12: ${code}.`, code);
  }
}
