/** Parsers of the parts of a request: headers, parameters, body, credentials. What an older version did not know has its default. */
import { AUTH_KINDS, DEFAULT_AUTH, type AuthSpec } from '../connection/request-auth.ts';
import {
  BODY_KINDS,
  bodyOfText,
  DEFAULT_BODY,
  type BodySpec,
  type FormField,
} from '../connection/request-body.ts';
import { DEFAULT_COOKIES, type CookiesSpec, type HeaderSpec, type OffParam } from '../connection/types.ts';
import { fields, flag, integer, list, oneOf, text, type Fields } from './argument-fields.ts';

const MAX_ROWS = 10_000;
const MAX_VALUE_CHARS = 1_048_576;

export function headerSpec(value: unknown): HeaderSpec {
  const from = fields(value, 'a header');
  return { name: text(from, 'name', 65_536), value: text(from, 'value'), enabled: flag(from, 'enabled') };
}

export function offParams(from: Fields): readonly OffParam[] {
  return list(from, 'offParams', MAX_ROWS).map((value) => {
    const param = fields(value, 'a parameter');
    return {
      at: integer(param, 'at', 0, 2 * MAX_ROWS),
      name: text(param, 'name', MAX_VALUE_CHARS),
      value: text(param, 'value', MAX_VALUE_CHARS),
    };
  });
}

/** Older workspaces have a text here. */
export function bodySpec(value: unknown): BodySpec {
  if (typeof value === 'string') return bodyOfText(text({ body: value }, 'body'));
  const from = { ...DEFAULT_BODY, ...fields(value, '"body"') };
  return {
    kind: oneOf(from, 'kind', BODY_KINDS),
    text: text(from, 'text'),
    contentType: text(from, 'contentType', 65_536),
    fields: list(from, 'fields', MAX_ROWS).map(formField),
    path: text(from, 'path', 65_536),
  };
}

function formField(value: unknown): FormField {
  const from = fields(value, 'a form field');
  return {
    name: text(from, 'name', MAX_VALUE_CHARS),
    value: text(from, 'value'),
    enabled: flag(from, 'enabled'),
    file: flag(from, 'file'),
  };
}

export function authSpec(value: unknown): AuthSpec {
  const from = { ...DEFAULT_AUTH, ...fields(value, '"auth"') };
  const basic = part(from, 'basic');
  const apiKey = part(from, 'apiKey');
  const oauth2 = part(from, 'oauth2');
  const short = (of: Fields, name: string) => text(of, name, MAX_VALUE_CHARS);
  return {
    kind: oneOf(from, 'kind', AUTH_KINDS),
    basic: { username: short(basic, 'username'), password: short(basic, 'password') },
    bearer: { token: short(part(from, 'bearer'), 'token') },
    apiKey: {
      name: short(apiKey, 'name'),
      value: short(apiKey, 'value'),
      place: oneOf(apiKey, 'place', ['header', 'query']),
    },
    oauth2: {
      tokenUrl: short(oauth2, 'tokenUrl'),
      clientId: short(oauth2, 'clientId'),
      clientSecret: short(oauth2, 'clientSecret'),
      scope: short(oauth2, 'scope'),
      audience: short(oauth2, 'audience'),
      clientAuth: oneOf(oauth2, 'clientAuth', ['basic', 'body']),
    },
  };
}

function part(from: Fields, name: 'basic' | 'bearer' | 'apiKey' | 'oauth2'): Fields {
  return { ...DEFAULT_AUTH[name], ...fields(from[name], `"${name}"`) };
}

export function cookiesSpec(value: unknown): CookiesSpec {
  return { jar: flag({ ...DEFAULT_COOKIES, ...fields(value, '"cookies"') }, 'jar') };
}
