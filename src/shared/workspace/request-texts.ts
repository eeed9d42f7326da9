/**
 * All texts of a request in which `{{variables}}` may stand, enumerated in this one place: whoever puts values in, looks for
 * variables or renames one, goes through here.
 */
import type { AuthSpec } from '../connection/request-auth.ts';
import type { BodySpec } from '../connection/request-body.ts';
import type { TransportSpec } from '../connection/transport.ts';
import type { RequestSpec } from '../connection/types.ts';

/** Where a text stands. */
export interface TextPlace {
  /** For people: 'the address', 'the header "X-Room"'. */
  readonly where: string;
  /** Whether it is part of what is sent: rows that are switched off and kinds that are not chosen are kept and not sent. */
  readonly sent: boolean;
  /** It is the address: a value that stands for a query parameter has to be encoded. */
  readonly address: boolean;
}

export type ChangeText = (text: string, place: TextPlace) => string;

/** The request with every text changed. Names of headers and fields are texts of the server and have no variables. */
export function mapRequestTexts(request: RequestSpec, change: ChangeText): RequestSpec {
  const at = (text: string, where: string, sent = true) => change(text, { where, sent, address: false });
  return {
    ...request,
    url: change(request.url, { where: 'the address', sent: true, address: true }),
    offParams: request.offParams.map((param) => ({
      ...param,
      value: at(param.value, `the parameter "${param.name}"`, false),
    })),
    headers: request.headers.map((header) => ({
      ...header,
      value: at(header.value, `the header "${header.name}"`, header.enabled),
    })),
    body: mapBody(request.body, at),
    auth: mapAuth(request.auth, at),
    lastEventId: at(request.lastEventId, 'the Last-Event-ID'),
    transport: mapTransport(request.transport, at),
  };
}

type ChangeAt = (text: string, where: string, sent: boolean) => string;

function mapBody(body: BodySpec, at: ChangeAt): BodySpec {
  const { kind } = body;
  const isForm = kind === 'form' || kind === 'multipart';
  return {
    ...body,
    text: at(body.text, 'the body', kind === 'json' || kind === 'text'),
    contentType: at(body.contentType, "the body's content type", kind === 'text' || kind === 'file'),
    fields: body.fields.map((field) => ({
      ...field,
      value: at(field.value, `the form field "${field.name}"`, isForm && field.enabled),
    })),
    path: at(body.path, "the path of the body's file", kind === 'file'),
  };
}

function mapAuth(auth: AuthSpec, at: ChangeAt): AuthSpec {
  const { kind, basic, bearer, apiKey, oauth2 } = auth;
  const isKind = (one: AuthSpec['kind']) => kind === one;
  return {
    kind,
    basic: {
      username: at(basic.username, 'the user name in Auth', isKind('basic')),
      password: at(basic.password, 'the password in Auth', isKind('basic')),
    },
    bearer: { token: at(bearer.token, 'the token in Auth', isKind('bearer')) },
    apiKey: { ...apiKey, value: at(apiKey.value, 'the API key in Auth', isKind('api-key')) },
    oauth2: {
      ...oauth2,
      tokenUrl: at(oauth2.tokenUrl, 'the token URL in Auth', isKind('oauth2')),
      clientId: at(oauth2.clientId, 'the client id in Auth', isKind('oauth2')),
      clientSecret: at(oauth2.clientSecret, 'the client secret in Auth', isKind('oauth2')),
      scope: at(oauth2.scope, 'the scope in Auth', isKind('oauth2')),
      audience: at(oauth2.audience, 'the audience in Auth', isKind('oauth2')),
    },
  };
}

function mapTransport(transport: TransportSpec, at: ChangeAt): TransportSpec {
  const { tls, proxy } = transport;
  const fill = (text: string, where: string) => at(text, where, true);
  return {
    ...transport,
    socketPath: fill(transport.socketPath, 'the unix socket'),
    tls: {
      ...tls,
      caFile: fill(tls.caFile, 'the file of authorities'),
      certFile: fill(tls.certFile, 'the client certificate'),
      keyFile: fill(tls.keyFile, 'the key of the client certificate'),
      pkcs12File: fill(tls.pkcs12File, 'the PKCS#12 file'),
      passphrase: fill(tls.passphrase, 'the passphrase'),
      serverName: fill(tls.serverName, 'the server name'),
    },
    proxy: {
      ...proxy,
      url: fill(proxy.url, 'the proxy'),
      username: fill(proxy.username, "the proxy's user name"),
      password: fill(proxy.password, "the proxy's password"),
      bypass: fill(proxy.bypass, "the proxy's exceptions"),
    },
  };
}
