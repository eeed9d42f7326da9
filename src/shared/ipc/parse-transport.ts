/** Parser of an endpoint's transport settings; what is absent has its default, so that older workspaces open. */
import {
  DEFAULT_TRANSPORT,
  type ProxySpec,
  type TlsSpec,
  type TransportSpec,
} from '../connection/transport.ts';
import { fields, flag, oneOf, text } from './argument-fields.ts';

const PATH_CHARS = 32_768;
const WORD_CHARS = 65_536;

/** Throws `CodedError('bad-arguments')` that names the field. */
export function transportSpec(value: unknown): TransportSpec {
  const from = { ...DEFAULT_TRANSPORT, ...fields(value, '"transport"') };
  return {
    httpVersion: oneOf(from, 'httpVersion', ['auto', '1.1', '2']),
    addressFamily: oneOf(from, 'addressFamily', ['auto', '4', '6']),
    socketPath: text(from, 'socketPath', PATH_CHARS),
    tls: tlsSpec(from.tls),
    proxy: proxySpec(from.proxy),
  };
}

function tlsSpec(value: unknown): TlsSpec {
  const from = { ...DEFAULT_TRANSPORT.tls, ...fields(value, '"tls"') };
  return {
    caFile: text(from, 'caFile', PATH_CHARS),
    identity: oneOf(from, 'identity', ['none', 'pem', 'pkcs12']),
    certFile: text(from, 'certFile', PATH_CHARS),
    keyFile: text(from, 'keyFile', PATH_CHARS),
    pkcs12File: text(from, 'pkcs12File', PATH_CHARS),
    passphrase: text(from, 'passphrase', WORD_CHARS),
    unverified: flag(from, 'unverified'),
    serverName: text(from, 'serverName', 1024),
  };
}

function proxySpec(value: unknown): ProxySpec {
  const from = { ...DEFAULT_TRANSPORT.proxy, ...fields(value, '"proxy"') };
  return {
    mode: oneOf(from, 'mode', ['system', 'manual', 'none']),
    url: text(from, 'url', WORD_CHARS),
    username: text(from, 'username', WORD_CHARS),
    password: text(from, 'password', WORD_CHARS),
    bypass: text(from, 'bypass', WORD_CHARS),
    tunnelHttp: flag(from, 'tunnelHttp'),
  };
}
