/** Parsers of the commands about cookie jars. */
import type { CookieKey } from '../workspace/cookie.ts';
import { fields, identifierOrNull, text, type Fields } from './argument-fields.ts';

const MAX_CHARS = 65_536;

export function cookieFolder(value: unknown): { readonly folderId: string | null } {
  return { folderId: identifierOrNull(fields(value), 'folderId') };
}

export function addCookie(value: unknown): {
  readonly folderId: string | null;
  readonly url: string;
  readonly line: string;
} {
  const from = fields(value);
  return { ...cookieFolder(from), url: text(from, 'url', MAX_CHARS), line: text(from, 'line', MAX_CHARS) };
}

export function removeCookie(value: unknown): { readonly folderId: string | null; readonly key: CookieKey } {
  const from = fields(value);
  return { ...cookieFolder(from), key: cookieKey(from) };
}

export function setCookieValue(value: unknown): {
  readonly folderId: string | null;
  readonly key: CookieKey;
  readonly value: string;
} {
  const from = fields(value);
  return { ...removeCookie(from), value: text(from, 'value', MAX_CHARS) };
}

function cookieKey(from: Fields): CookieKey {
  const key = fields(from['key'], '"key"');
  return {
    name: text(key, 'name', MAX_CHARS),
    domain: text(key, 'domain', MAX_CHARS),
    path: text(key, 'path', MAX_CHARS),
  };
}
