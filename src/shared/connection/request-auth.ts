/**
 * How a request proves who asks: what the form keeps of it, and what of that goes over the wire. All kinds keep their own fields,
 * so that trying another kind loses nothing. Basic: RFC 7617; bearer: RFC 6750; OAuth 2 client credentials: RFC 6749 4.4.
 */
import { base64OfBytes } from '../base/base64.ts';

export type AuthKind = 'none' | 'basic' | 'bearer' | 'api-key' | 'oauth2';

export const AUTH_KINDS: readonly AuthKind[] = ['none', 'basic', 'bearer', 'api-key', 'oauth2'];

export interface AuthSpec {
  /** Which of the following is used. */
  readonly kind: AuthKind;
  readonly basic: { readonly username: string; readonly password: string };
  readonly bearer: { readonly token: string };
  readonly apiKey: { readonly name: string; readonly value: string; readonly place: 'header' | 'query' };
  readonly oauth2: ClientCredentials;
}

/** What a token is asked for with. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** "" means not sent; so for the audience. */
  readonly scope: string;
  readonly audience: string;
  /** Where the client's id and secret stand: in a Basic header, or in the form. */
  readonly clientAuth: 'basic' | 'body';
}

export const DEFAULT_AUTH: AuthSpec = {
  kind: 'none',
  basic: { username: '', password: '' },
  bearer: { token: '' },
  apiKey: { name: 'X-Api-Key', value: '', place: 'header' },
  oauth2: { tokenUrl: '', clientId: '', clientSecret: '', scope: '', audience: '', clientAuth: 'basic' },
};

/** The header that carries the credentials; null when none does, or when it is only known once a token is there. */
export function authHeader(auth: AuthSpec): readonly [name: string, value: string] | null {
  switch (auth.kind) {
    case 'basic':
      return auth.basic.username === '' && auth.basic.password === ''
        ? null
        : ['Authorization', basicCredentials(auth.basic.username, auth.basic.password)];
    case 'bearer':
      return auth.bearer.token.trim() === '' ? null : ['Authorization', `Bearer ${auth.bearer.token.trim()}`];
    case 'api-key':
      return auth.apiKey.place === 'header' && auth.apiKey.name.trim() !== '' && auth.apiKey.value !== ''
        ? [auth.apiKey.name.trim(), auth.apiKey.value]
        : null;
    case 'none':
    case 'oauth2':
      return null;
  }
}

/** `Basic …` with the credentials as UTF-8. */
export function basicCredentials(username: string, password: string): string {
  return `Basic ${base64OfBytes(new TextEncoder().encode(`${username}:${password}`))}`;
}

/** What of the credentials in use must never be written down: values as such, and the names of fields that carry them. */
export function authSecrets(auth: AuthSpec): {
  readonly names: readonly string[];
  readonly values: readonly string[];
} {
  switch (auth.kind) {
    case 'none':
      return { names: [], values: [] };
    case 'basic':
      return {
        names: [],
        values: [auth.basic.password, basicCredentials(auth.basic.username, auth.basic.password).slice(6)],
      };
    case 'bearer':
      return { names: [], values: [auth.bearer.token.trim()] };
    case 'api-key':
      return { names: [auth.apiKey.name.trim()], values: [auth.apiKey.value.trim()] };
    case 'oauth2':
      return { names: [], values: [auth.oauth2.clientSecret] };
  }
}
