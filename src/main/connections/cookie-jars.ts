/**
 * Cookie jars, one a folder of endpoints, by tough-cookie (RFC 6265). They know no files: whoever makes them keeps what they say.
 * A cookie that the rules refuse is not taken; nothing here fails because of what a server sent.
 */
import { Cookie, CookieJar, MemoryCookieStore, type SerializedCookieJar } from 'tough-cookie';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { HeaderPair, JournalEntry } from '../../shared/session/entry.ts';
import type { CookieKey, CookieRow } from '../../shared/workspace/cookie.ts';

/** The jar as one request sees it. */
export interface RequestJar {
  /** The headers with the jar's cookies for this address; a cookie that the user wrote goes before one of the same name. */
  withCookies(url: string, headers: readonly HeaderPair[]): readonly HeaderPair[];
  /** Takes in the values of Set-Cookie headers. */
  take(url: string, setCookies: readonly string[]): void;
}

export interface CookieJars {
  /** The jar of a folder; null: of what stands at the top, or is not saved. */
  of(folderId: string | null): RequestJar;
  list(folderId: string | null): readonly CookieRow[];
  /** Adds what a Set-Cookie header at this address would. Throws `CodedError` when it cannot be taken. */
  add(folderId: string | null, url: string, line: string): void;
  /** Gives a cookie that is there another value. */
  setValue(folderId: string | null, key: CookieKey, value: string): void;
  remove(folderId: string | null, key: CookieKey): void;
  clear(folderId: string | null): void;
}

/** All jars as plain data, by folder; "" is the top. */
export type StoredJars = Readonly<Record<string, unknown>>;

export interface CookieJarsDeps {
  /** As `save` was given it last; what cannot be read of it is left out. */
  readonly stored: unknown;
  readonly save: (jars: StoredJars) => void;
  readonly onChanged: (folderId: string | null) => void;
}

export function createCookieJars({ stored, save, onChanged }: CookieJarsDeps): CookieJars {
  const jars = new Map<string, CookieJar>();
  if (typeof stored === 'object' && stored !== null)
    for (const [id, jar] of Object.entries(stored)) {
      const read = readJar(jar);
      if (read) jars.set(id, read);
    }

  function jarOf(folderId: string | null): CookieJar {
    const id = folderId ?? '';
    const jar = jars.get(id) ?? emptyJar();
    jars.set(id, jar);
    return jar;
  }
  function changed(folderId: string | null): void {
    const all = [...jars].map(([id, jar]) => [id, jar.serializeSync()] as const);
    save(Object.fromEntries(all.filter(([, jar]) => (jar?.cookies.length ?? 0) > 0)));
    onChanged(folderId);
  }
  /** Cookies of a jar; those that have expired are not among them. */
  function cookiesOf(folderId: string | null): readonly Cookie[] {
    const cookies = jarOf(folderId).serializeSync()?.cookies ?? [];
    return cookies.flatMap((one) => {
      const cookie = Cookie.fromJSON(one);
      return cookie && !(cookie.TTL() <= 0) ? [cookie] : [];
    });
  }

  return {
    of: (folderId) => ({
      withCookies(url, headers) {
        const found = quietly(() => jarOf(folderId).getCookiesSync(url)) ?? [];
        return withCookieHeader(
          headers,
          found.map((cookie) => cookie.cookieString()),
        );
      },
      take(url, setCookies) {
        if (setCookies.length === 0) return;
        for (const line of setCookies)
          quietly(() => jarOf(folderId).setCookieSync(line, url, { ignoreError: true }));
        changed(folderId);
      },
    }),
    list: (folderId) => cookiesOf(folderId).map(asRow),
    add(folderId, url, line) {
      let taken: Cookie | undefined;
      try {
        taken = jarOf(folderId).setCookieSync(line, url);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new CodedError('bad-arguments', `The cookie was not taken for ${url}: ${why}.`);
      }
      if (!taken)
        throw new CodedError('bad-arguments', 'This is no cookie. Write it as name=value; Path=/; Domain=….');
      changed(folderId);
    },
    setValue(folderId, key, value) {
      const cookie = cookiesOf(folderId).find((one) => isSame(one, key));
      if (!cookie) throw new CodedError('not-found', 'This cookie is gone. Add it again.');
      // eslint-disable-next-line no-control-regex -- these are the characters in question
      if (/[\x00-\x1f\x7f;]/.test(value))
        throw new CodedError('bad-arguments', 'A cookie holds no semicolon and no control character.');
      cookie.value = value;
      jarOf(folderId).store.putCookie(cookie, () => undefined);
      changed(folderId);
    },
    remove(folderId, { domain, path, name }) {
      jarOf(folderId).store.removeCookie(domain, path, name, () => undefined);
      changed(folderId);
    },
    clear(folderId) {
      jars.set(folderId ?? '', emptyJar());
      changed(folderId);
    },
  };
}

/** The beginning of an attempt with the cookies that it sends; other entries as they are. */
export function entryWithCookies(entry: JournalEntry, jar: RequestJar | null): JournalEntry {
  if (entry.kind !== 'attempt-start' || !jar) return entry;
  return { ...entry, headers: jar.withCookies(entry.url, entry.headers) };
}

function emptyJar(): CookieJar {
  return new CookieJar(new MemoryCookieStore(), { looseMode: true });
}

function readJar(stored: unknown): CookieJar | null {
  return quietly(() => CookieJar.deserializeSync(stored as SerializedCookieJar, new MemoryCookieStore()));
}

/** The result, or null where the rules say no: cookies of a server are not worth a failure. */
function quietly<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

function withCookieHeader(headers: readonly HeaderPair[], cookies: readonly string[]): readonly HeaderPair[] {
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'cookie');
  const own = headers[at]?.[1] ?? '';
  const names = new Set(own.split(/; ?/).map(nameOf));
  const added = cookies.filter((cookie) => !names.has(nameOf(cookie)));
  if (added.length === 0) return headers;
  const pair: HeaderPair = [
    headers[at]?.[0] ?? 'Cookie',
    [...(own === '' ? [] : [own]), ...added].join('; '),
  ];
  return at < 0 ? [...headers, pair] : headers.map((header, index) => (index === at ? pair : header));
}

function nameOf(cookie: string): string {
  return cookie.split('=', 1)[0] ?? '';
}

function isSame(cookie: Cookie, { name, domain, path }: CookieKey): boolean {
  return cookie.key === name && cookie.domain === domain && cookie.path === path;
}

function asRow(cookie: Cookie): CookieRow {
  const expires = cookie.expiryTime();
  return {
    name: cookie.key,
    value: cookie.value,
    domain: cookie.domain ?? '',
    hostOnly: cookie.hostOnly ?? false,
    path: cookie.path ?? '/',
    expires: expires === undefined || !Number.isFinite(expires) ? null : expires,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
  };
}
