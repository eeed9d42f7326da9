/** The heads that a tap passes on: what must differ from what came, and nothing else. */
import { TOKEN_HEADER, withoutToken } from './tap-access.ts';
import { changedHead, fieldValues, requestLine, type MessageHead } from './http1-head.ts';
import { passedTarget, tappedLocation, type TapTarget } from './target-url.ts';

export interface PassedRequest {
  readonly target: TapTarget;
  /** The path that was asked for, without the token. */
  readonly path: string;
  readonly token: string | null;
  /** An HTTP proxy is asked for the whole address, perhaps with credentials. */
  readonly forwarder: { readonly authorization: string | null } | null;
  /** Events are going to be looked at: the answer must not be compressed. */
  readonly identity: boolean;
}

/** The head of a request for the server: another host, the base path, no token. */
export function passedRequest(head: MessageHead, passed: PassedRequest): string {
  const { target, path, token, forwarder, identity } = passed;
  const { method, version } = requestLine(head);
  const way = forwarder ? target.origin : '';
  const authorization = forwarder?.authorization ?? null;
  return changedHead(
    head,
    `${method} ${way}${passedTarget(target, path)} ${version}`,
    ({ name, value }) => {
      const key = name.toLowerCase();
      if (key === 'host') return `${name}: ${target.authority}`;
      if (key === TOKEN_HEADER) return '';
      if (key === 'accept-encoding' && identity) return `${name}: identity`;
      if (token === null || !value.includes(token)) return null;
      return `${name}: ${withoutToken(value, token)}`;
    },
    [
      ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`]),
      ...(identity && fieldValues(head, 'accept-encoding').length === 0 ? ['Accept-Encoding: identity'] : []),
    ],
  );
}

/** The head of an answer with its redirect turned to the tap; null when there is nothing to turn. */
export function turnedRedirect(head: MessageHead, target: TapTarget, tapBase: string): string | null {
  const turned = fieldValues(head, 'location').map((value) => tappedLocation(target, tapBase, value));
  if (turned.length === 0 || turned.every((location) => location === null)) return null;
  return changedHead(head, head.startLine, ({ name, value }) => {
    if (name.toLowerCase() !== 'location') return null;
    const location = tappedLocation(target, tapBase, value);
    return location === null ? null : `${name}: ${location}`;
  });
}

/** The head of an answer whose events may change: no length, no compression; in chunks where the client knows them. */
export function reframedResponse(head: MessageHead, clientVersion: string): string {
  const chunks = clientVersion === 'HTTP/1.1';
  return changedHead(
    head,
    head.startLine,
    ({ name }) => {
      const key = name.toLowerCase();
      const dropped = ['content-length', 'content-encoding', 'transfer-encoding', 'trailer'].includes(key);
      return dropped || (!chunks && key === 'connection') ? '' : null;
    },
    [chunks ? 'Transfer-Encoding: chunked' : 'Connection: close'],
  );
}
