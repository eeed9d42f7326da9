/**
 * Hides secrets before anything is recorded: credentials in headers, in addresses and in bodies. What is hidden leaves a mark
 * with its length in characters, so that a missing key, or one that was cut, can still be seen.
 */
import type { Failure } from '../connection/types.ts';
import type { HeaderPair, JournalEntry, RedirectHop } from './entry.ts';
import type { ExchangeFacts } from './exchange-facts.ts';

/** Headers that are secret as a whole and whose names `isSecretName` does not know. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'x-functions-key', 'x-vault-token']);

const SECRET_NAME =
  /^(?:key|auth|authorization|sig|pwd|passwd)$|(?:^|[-_.])(?:sig|signature|credentials?)$|(?:password|passphrase|secret|api[-_.]?key|access[-_.]?key|secret[-_.]?key|private[-_.]?key|subscription[-_.]?key|(?:^|[-_.]|access|refresh|auth|bearer|id|api|session|security|csrf)token)$/i;

/** Whether a header, parameter or field of this name usually holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The mark that stands for a secret in text. */
export function hidden(secret: string): string {
  const count = [...secret].length;
  return secret === '' ? '' : `(hidden: ${count} character${count === 1 ? '' : 's'})`;
}

/** Header pairs with the same names in the same order. */
export function redactHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name, redactHeader(name.toLowerCase(), value)]);
}

function redactHeader(name: string, value: string): string {
  if (name === 'cookie') return value.split(/; ?/).map(hideCookie).join('; ');
  if (name === 'set-cookie') {
    const [cookie = '', ...attributes] = value.split(';');
    return [hideCookie(cookie), ...attributes].join(';');
  }
  if (name === 'location' || name === 'referer' || name === 'content-location' || name === 'link')
    return redactUrl(value);
  if (!SECRET_HEADERS.has(name) && !isSecretName(name)) return value;
  // The scheme of "Bearer …" and "Basic …" is not secret, and a wrong one is a common mistake.
  const scheme = /^([A-Za-z][A-Za-z0-9-]{0,19}) +(?=\S)/.exec(value);
  return scheme ? `${scheme[1]} ${hidden(value.slice(scheme[0].length))}` : hidden(value);
}

function hideCookie(pair: string): string {
  const at = pair.indexOf('=');
  return at < 0 ? hidden(pair) : `${pair.slice(0, at + 1)}${hidden(pair.slice(at + 1))}`;
}

/** An address, or a part of one, with credentials and secret parameters hidden; everything else stays as written. */
export function redactUrl(url: string): string {
  return url
    .replace(/(^|[^A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#\s@]*)@/g, hideUserinfo)
    .replace(/([?&#;])([^=&#;\s]+)=([^&#;\s"']*)/g, hideParameter);
}

function hideUserinfo(_all: string, before: string, scheme: string | undefined, userinfo: string): string {
  const parts = userinfo.split(':', 2).map(hiddenInUrl);
  return `${before}${scheme ?? ''}//${parts.join(':')}@`;
}

function hideParameter(all: string, mark: string, name: string, value: string): string {
  return isSecretName(decoded(name)) ? `${mark}${name}=${hiddenInUrl(value)}` : all;
}

function hiddenInUrl(secret: string): string {
  return secret === '' ? '' : `(hidden-${[...decoded(secret)].length})`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A request body with the values of secret JSON fields and form fields hidden; everything else stays as written. */
export function redactBody(body: string): string {
  const json = body.replace(
    /("((?:[^"\\]|\\.){1,80})"\s*:\s*)"((?:[^"\\]|\\.)*)"/g,
    (all, before: string, name: string, value: string) =>
      isSecretName(name) ? `${before}"${hidden(value)}"` : all,
  );
  return /^[^\s{["]+=/.test(body) ? redactUrl(`?${json}`).slice(1) : json;
}

/** Text for people that may quote an address. */
export function redactText(text: string): string {
  return text.replace(/[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s"]+/g, redactUrl);
}

/** A journal entry as it may be stored. Every entry of a connection passes through here first. */
export function redactEntry(entry: JournalEntry): JournalEntry {
  switch (entry.kind) {
    case 'attempt-start':
      return {
        ...entry,
        url: redactUrl(entry.url),
        headers: redactHeaders(entry.headers),
        body: redactBody(entry.body),
        why: redactText(entry.why),
      };
    case 'token-used':
      return { ...entry, tokenUrl: redactUrl(entry.tokenUrl) };
    case 'redirect':
      return {
        ...entry,
        from: redactUrl(entry.from),
        to: redactUrl(entry.to),
        ...(entry.hop && { hop: redactHop(entry.hop) }),
      };
    case 'response-head':
      return {
        ...entry,
        url: redactUrl(entry.url),
        headers: redactHeaders(entry.headers),
        ...redactExchange(entry),
      };
    case 'attempt-end':
      return { ...entry, failure: redactFailure(entry.failure), ...redactExchange(entry) };
    case 'retry-scheduled':
    case 'connection-closed':
      return { ...entry, why: redactText(entry.why) };
    default:
      return entry;
  }
}

function redactHop(hop: RedirectHop): RedirectHop {
  return { ...hop, headers: redactHeaders(hop.headers), exchange: redactFacts(hop.exchange) };
}

function redactExchange({ exchange }: { readonly exchange?: ExchangeFacts }): { exchange?: ExchangeFacts } {
  return exchange ? { exchange: redactFacts(exchange) } : {};
}

function redactFacts(exchange: ExchangeFacts): ExchangeFacts {
  const { proxy, sent, informational, trailers } = exchange;
  return {
    ...exchange,
    proxy: proxy && redactUrl(proxy),
    sent: sent && { ...sent, head: redactSentHead(sent.head), body: redactBody(sent.body) },
    informational: informational.map((head) => ({ ...head, headers: redactHeaders(head.headers) })),
    trailers: redactHeaders(trailers),
  };
}

/** The head of a request line by line, which keeps its line ends. */
function redactSentHead(head: string): string {
  return head
    .replace(
      /^(:?[^\s:]+)(: ?)(.*?)(\r?)$/gm,
      (_all, name: string, colon: string, value: string, end: string) => {
        const key = name.toLowerCase();
        const shown = key === ':path' ? redactUrl(value) : redactHeader(key, value);
        return `${name}${colon}${shown}${end}`;
      },
    )
    .replace(/^[^\r\n]*/, redactUrl);
}

function redactFailure(failure: Failure | null): Failure | null {
  return failure && { ...failure, message: redactText(failure.message) };
}
