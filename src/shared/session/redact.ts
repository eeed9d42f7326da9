/**
 * Hides secrets that are known by the name they stand under: credentials in headers, in addresses and in bodies. Recording hides
 * them with a mark that tells the length in characters, so that a missing key, or one that was cut, can still be seen; exports
 * have a mark of their own. What is hidden already stays as it is.
 */
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
  if (secret === '' || isMark(secret)) return secret;
  const count = [...secret].length;
  return `(hidden: ${count} character${count === 1 ? '' : 's'})`;
}

function hiddenInUrl(secret: string): string {
  return secret === '' || isMark(secret) ? secret : `(hidden-${[...decoded(secret)].length})`;
}

/** Whether the text is one of the marks that stand for secrets, of recording or of an export. */
export function isMark(text: string): boolean {
  return /^(?:\(hidden(?:: \d+ characters?|-\d+)\)|\[redacted\])$/.test(text);
}

/** What stands in the place of secrets, and which names have them. */
export interface RedactionStyle {
  readonly isSecret: (name: string) => boolean;
  /** In a header or a body. */
  readonly mark: (secret: string, place: 'header' | 'body') => string;
  readonly urlMark: (secret: string) => string;
}

export interface Redaction {
  /** Header pairs with the same names in the same order. */
  headers(headers: readonly HeaderPair[]): HeaderPair[];
  /** An address, or a part of one, with credentials and secret parameters hidden; everything else stays as written. */
  url(url: string): string;
  /** A request body with the values of secret JSON fields and form fields hidden; everything else stays as written. */
  body(body: string): string;
  /** Text for people that may quote an address. */
  text(text: string): string;
  entry(entry: JournalEntry): JournalEntry;
}

export function createRedaction({ isSecret, mark, urlMark }: RedactionStyle): Redaction {
  function header(name: string, value: string): string {
    if (name === 'cookie') return value.split(/; ?/).map(cookie).join('; ');
    if (name === 'set-cookie') {
      const [pair = '', ...attributes] = value.split(';');
      return [cookie(pair), ...attributes].join(';');
    }
    if (name === 'location' || name === 'referer' || name === 'content-location' || name === 'link')
      return url(value);
    if (!SECRET_HEADERS.has(name) && !isSecret(name)) return value;
    if (isMark(value)) return value;
    // The scheme of "Bearer …" and "Basic …" is not secret, and a wrong one is a common mistake.
    const scheme = /^([A-Za-z][A-Za-z0-9-]{0,19}) +(?=\S)/.exec(value);
    return scheme ? `${scheme[1]} ${mark(value.slice(scheme[0].length), 'header')}` : mark(value, 'header');
  }

  function cookie(pair: string): string {
    const at = pair.indexOf('=');
    return at < 0 ? mark(pair, 'header') : `${pair.slice(0, at + 1)}${mark(pair.slice(at + 1), 'header')}`;
  }

  function url(address: string): string {
    return address
      .replace(
        /(^|[^A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#\s@]*)@/g,
        (_all, before: string, scheme: string | undefined, userinfo: string) =>
          `${before}${scheme ?? ''}//${userinfo.split(':', 2).map(urlMark).join(':')}@`,
      )
      .replace(/([?&#;])([^=&#;\s]+)=([^&#;\s"']*)/g, (all, before: string, name: string, value: string) =>
        isSecret(decoded(name)) ? `${before}${name}=${urlMark(value)}` : all,
      );
  }

  function body(text: string): string {
    const json = text.replace(
      /("((?:[^"\\]|\\.){1,80})"\s*:\s*)"((?:[^"\\]|\\.)*)"/g,
      (all, before: string, name: string, value: string) =>
        isSecret(name) ? `${before}"${mark(value, 'body')}"` : all,
    );
    return /^[^\s{["]+=/.test(text) ? url(`?${json}`).slice(1) : json;
  }

  const text = (words: string): string => words.replace(/[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s"]+/g, url);

  const headers = (pairs: readonly HeaderPair[]): HeaderPair[] =>
    pairs.map(([name, value]) => [name, header(name.toLowerCase(), value)]);

  /** The head of a request line by line, which keeps its line ends. */
  function sentHead(head: string): string {
    return head
      .replace(
        /^(:?[^\s:]+)(: ?)(.*?)(\r?)$/gm,
        (_all, name: string, colon: string, value: string, end: string) => {
          const key = name.toLowerCase();
          const shown = key === ':path' ? url(value) : header(key, value);
          return `${name}${colon}${shown}${end}`;
        },
      )
      .replace(/^[^\r\n]*/, url);
  }

  function facts(exchange: ExchangeFacts): ExchangeFacts {
    const { proxy, sent, informational, trailers } = exchange;
    return {
      ...exchange,
      proxy: proxy && url(proxy),
      sent: sent && { ...sent, head: sentHead(sent.head), body: body(sent.body) },
      informational: informational.map((one) => ({ ...one, headers: headers(one.headers) })),
      trailers: headers(trailers),
    };
  }

  function exchangeOf({ exchange }: { readonly exchange?: ExchangeFacts }): { exchange?: ExchangeFacts } {
    return exchange ? { exchange: facts(exchange) } : {};
  }

  const hopOf = (hop: RedirectHop): RedirectHop => ({
    ...hop,
    headers: headers(hop.headers),
    exchange: facts(hop.exchange),
  });

  function entryOf(entry: JournalEntry): JournalEntry {
    switch (entry.kind) {
      case 'attempt-start':
        return {
          ...entry,
          url: url(entry.url),
          headers: headers(entry.headers),
          body: body(entry.body),
          why: text(entry.why),
        };
      case 'token-used':
        return { ...entry, tokenUrl: url(entry.tokenUrl) };
      case 'redirect':
        return {
          ...entry,
          from: url(entry.from),
          to: url(entry.to),
          ...(entry.hop && { hop: hopOf(entry.hop) }),
        };
      case 'response-head':
        return { ...entry, url: url(entry.url), headers: headers(entry.headers), ...exchangeOf(entry) };
      case 'attempt-end': {
        const { failure } = entry;
        return {
          ...entry,
          failure: failure && { ...failure, message: text(failure.message) },
          ...exchangeOf(entry),
        };
      }
      case 'retry-scheduled':
      case 'connection-closed':
        return { ...entry, why: text(entry.why) };
      case 'alert':
        return { ...entry, message: text(entry.message) };
      default:
        return entry;
    }
  }

  return { headers, url, body, text, entry: entryOf };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const recording = createRedaction({ isSecret: isSecretName, mark: hidden, urlMark: hiddenInUrl });

export const redactHeaders = recording.headers;
export const redactUrl = recording.url;
export const redactBody = recording.body;
export const redactText = recording.text;
/** A journal entry as it may be stored. Every entry of a connection passes through here first. */
export const redactEntry = recording.entry;
