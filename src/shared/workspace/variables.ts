/**
 * `{{variables}}` in a request: finding them, so that the window can mark them, and putting their values in, before a connection
 * starts. A name is letters, digits, `_`, `-` and `.`; spaces inside the braces do not count.
 */
import type { TransportSpec } from '../connection/transport.ts';
import type { RequestSpec } from '../connection/types.ts';
import { CodedError } from '../ipc/envelope.ts';

/** Values by name. */
export type Variables = ReadonlyMap<string, string>;

/** A place in a text where a variable is used. */
export interface VariableUse {
  readonly name: string;
  /** First character, the opening brace. */
  readonly from: number;
  /** Behind the closing brace. */
  readonly to: number;
  /** null: there is no such variable. */
  readonly value: string | null;
}

const USE = /\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}/g;

/** All uses of variables in `text`, in order, known or not. */
export function variableUses(text: string, variables: Variables): readonly VariableUse[] {
  return [...text.matchAll(USE)].map((match) => {
    const name = match[1] as string;
    return { name, from: match.index, to: match.index + match[0].length, value: variables.get(name) ?? null };
  });
}

/** A sentence about a variable that does not exist: what is wrong and what there is. */
export function unknownVariable(name: string, variables: Variables): string {
  const known = [...variables.keys()].map((key) => `{{${key}}}`).join(', ');
  return `There is no variable {{${name}}}. ${known === '' ? 'No variables are set.' : `Known: ${known}.`}`;
}

/** `text` with its variables' values, which are not searched again. Throws `CodedError` on an unknown one; `where` says where it stands. */
export function substitute(text: string, variables: Variables, where: string): string {
  let result = '';
  let done = 0;
  for (const { name, from, to, value } of variableUses(text, variables)) {
    if (value === null)
      throw new CodedError('bad-arguments', `${unknownVariable(name, variables)} It stands in ${where}.`);
    result += text.slice(done, from) + value;
    done = to;
  }
  return result + text.slice(done);
}

/** The request as it is sent: variables put into the URL, the enabled headers, the body, the Last-Event-ID and the transport. */
export function substituteRequest(request: RequestSpec, variables: Variables): RequestSpec {
  return {
    ...request,
    url: substitute(request.url, variables, 'the address'),
    headers: request.headers.map((header) =>
      header.enabled
        ? { ...header, value: substitute(header.value, variables, `the header "${header.name}"`) }
        : header,
    ),
    body: substitute(request.body, variables, 'the body'),
    lastEventId: substitute(request.lastEventId, variables, 'the Last-Event-ID'),
    transport: substituteTransport(request.transport, variables),
  };
}

function substituteTransport(transport: TransportSpec, variables: Variables): TransportSpec {
  const { tls, proxy } = transport;
  const fill = (text: string, where: string) => substitute(text, variables, where);
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
