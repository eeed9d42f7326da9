/** Cookies as the window shows and edits them. */
export interface CookieRow {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Only for this very host, and not for those below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Milliseconds since 1970; null: until it is deleted. */
  readonly expires: number | null;
  readonly secure: boolean;
  readonly httpOnly: boolean;
}

/** What makes a cookie the same one (RFC 6265, 5.3). */
export type CookieKey = Pick<CookieRow, 'name' | 'domain' | 'path'>;
