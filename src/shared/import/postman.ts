/**
 * Postman collections of format 2.0 and 2.1 (https://schema.postman.com) and environments. Scripts, tests and examples of answers
 * are left out; what a folder says about credentials holds for the requests in it that say nothing.
 */
import { DEFAULT_AUTH, type AuthSpec } from '../connection/request-auth.ts';
import { DEFAULT_BODY, bodyOfText, type BodySpec, type FormField } from '../connection/request-body.ts';
import { addParam } from '../connection/request-params.ts';
import type { HeaderSpec, OffParam } from '../connection/types.ts';
import { isSecretName } from '../session/redact.ts';
import type { Variable } from '../workspace/workspace.ts';
import {
  header,
  raw,
  rawList,
  rawText,
  request,
  type Collection,
  type ImportedEndpoint,
  type ImportedNode,
  type Raw,
} from './collection.ts';

export function isPostmanCollection(value: Raw): boolean {
  return (
    Array.isArray(value['item']) && /getpostman|schema\.postman/.test(rawText(raw(value['info'])['schema']))
  );
}

export function isPostmanEnvironment(value: Raw): boolean {
  return Array.isArray(value['values']) && '_postman_variable_scope' in value;
}

export function readPostmanCollection(value: Raw): Collection {
  const notes = new Set<string>();
  return {
    format: 'Postman collection',
    name: rawText(raw(value['info'])['name']) || 'Postman',
    variables: readVariables(value['variable']),
    children: readItems(value['item'], readAuth(value['auth'], notes), notes),
    environments: [],
    notes: [...notes],
  };
}

export function readPostmanEnvironment(value: Raw): Collection {
  const name = rawText(value['name']) || 'Postman';
  return {
    format: 'Postman environment',
    name,
    variables: [],
    children: [],
    environments: [{ name, variables: readVariables(value['values']) }],
    notes: [],
  };
}

/** `inherited`: what is around says about credentials; null: nothing. */
function readItems(
  items: unknown,
  inherited: AuthSpec | null,
  notes: Set<string>,
  depth = 0,
): readonly ImportedNode[] {
  // A file of folders within folders without end is no collection.
  if (depth > 32) return [];
  return rawList(items).map((one): ImportedNode => {
    const item = raw(one);
    const name = rawText(item['name']) || 'Request';
    if (Array.isArray(item['item'])) {
      const auth = readAuth(item['auth'], notes) ?? inherited;
      return {
        kind: 'folder',
        name,
        variables: readVariables(item['variable']),
        children: readItems(item['item'], auth, notes, depth + 1),
      };
    }
    if (rawList(item['event']).length > 0) notes.add('Scripts and tests of Postman are not taken over.');
    return readRequest(name, item['request'], inherited, notes);
  });
}

function readRequest(
  name: string,
  value: unknown,
  inherited: AuthSpec | null,
  notes: Set<string>,
): ImportedEndpoint {
  const from = typeof value === 'string' ? { url: value } : raw(value);
  const { url, offParams } = readUrl(from['url']);
  if (JSON.stringify(from).includes('{{$'))
    notes.add('Generated values such as {{$guid}} have no counterpart here; give them a value.');
  return {
    kind: 'endpoint',
    name,
    note: descriptionText(from['description']),
    request: request({
      method: rawText(from['method']).toUpperCase() || 'GET',
      url,
      offParams,
      headers: readHeaders(from['header']),
      body: readBody(from['body'], notes),
      auth: readAuth(from['auth'], notes) ?? inherited ?? DEFAULT_AUTH,
    }),
  };
}

function readUrl(value: unknown): { readonly url: string; readonly offParams: readonly OffParam[] } {
  if (typeof value === 'string') return { url: value, offParams: [] };
  const from = raw(value);
  let url = rawText(from['raw']).replace(/\?.*$/s, '');
  for (const one of rawList(from['variable'])) {
    const { key, value: given } = raw(one);
    const path = rawText(key);
    if (path !== '') url = url.replace(`/:${path}`, `/${rawText(given) || `{{${path}}}`}`);
  }
  const offParams: OffParam[] = [];
  rawList(from['query']).forEach((one, at) => {
    const param = raw(one);
    const name = rawText(param['key']);
    if (param['disabled'] === true) offParams.push({ at, name, value: rawText(param['value']) });
    else url = addParam(url, name, rawText(param['value']));
  });
  return { url, offParams };
}

function readHeaders(value: unknown): readonly HeaderSpec[] {
  if (typeof value === 'string')
    return value.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [header(line.slice(0, colon).trim(), line.slice(colon + 1).trim())];
    });
  return rawList(value).map((one) => {
    const from = raw(one);
    return header(rawText(from['key']), rawText(from['value']), from['disabled'] !== true);
  });
}

function readBody(value: unknown, notes: Set<string>): BodySpec {
  const body = raw(value);
  switch (body['mode']) {
    case 'raw': {
      const text = rawText(body['raw']);
      const language = raw(raw(body['options'])['raw'])['language'];
      return language === 'json' && text !== '' ? { ...DEFAULT_BODY, kind: 'json', text } : bodyOfText(text);
    }
    case 'urlencoded':
      return { ...DEFAULT_BODY, kind: 'form', fields: rawList(body['urlencoded']).map(readField) };
    case 'formdata':
      return { ...DEFAULT_BODY, kind: 'multipart', fields: rawList(body['formdata']).map(readField) };
    case 'file':
      return { ...DEFAULT_BODY, kind: 'file', path: rawText(raw(body['file'])['src']) };
    case 'graphql': {
      const { query, variables } = raw(body['graphql']);
      const text = `{"query":${JSON.stringify(rawText(query))},"variables":${rawText(variables).trim() || '{}'}}`;
      return { ...DEFAULT_BODY, kind: 'json', text };
    }
    case undefined:
      return DEFAULT_BODY;
    default:
      notes.add(`A body of the kind "${rawText(body['mode'])}" was left out.`);
      return DEFAULT_BODY;
  }
}

function readField(value: unknown): FormField {
  const from = raw(value);
  const file = from['type'] === 'file';
  const src: unknown = Array.isArray(from['src']) ? (from['src'] as unknown[])[0] : from['src'];
  return {
    name: rawText(from['key']),
    value: rawText(file ? src : from['value']),
    enabled: from['disabled'] !== true,
    file,
  };
}

/** null: nothing is said, so what is around holds. */
function readAuth(value: unknown, notes: Set<string>): AuthSpec | null {
  const auth = raw(value);
  const kind = rawText(auth['type']);
  // In 2.1 a list of key and value, in 2.0 an object.
  const of = (name: string): Raw => {
    const fields = auth[name];
    return Array.isArray(fields)
      ? Object.fromEntries(fields.map((one) => [rawText(raw(one)['key']), raw(one)['value']]))
      : raw(fields);
  };
  switch (kind) {
    case '':
      return null;
    case 'noauth':
      return DEFAULT_AUTH;
    case 'basic': {
      const { username, password } = of('basic');
      return {
        ...DEFAULT_AUTH,
        kind,
        basic: { username: rawText(username), password: rawText(password) },
      };
    }
    case 'bearer':
      return { ...DEFAULT_AUTH, kind, bearer: { token: rawText(of('bearer')['token']) } };
    case 'apikey': {
      const { key, value: given, in: place } = of('apikey');
      return {
        ...DEFAULT_AUTH,
        kind: 'api-key',
        apiKey: {
          name: rawText(key) || DEFAULT_AUTH.apiKey.name,
          value: rawText(given),
          place: place === 'query' ? 'query' : 'header',
        },
      };
    }
    case 'oauth2': {
      const fields = of('oauth2');
      if (fields['grant_type'] !== 'client_credentials') {
        notes.add(
          'Of OAuth 2 only client credentials are taken over; put a token into Auth where another grant was used.',
        );
        return { ...DEFAULT_AUTH, kind: 'bearer', bearer: { token: rawText(fields['accessToken']) } };
      }
      return {
        ...DEFAULT_AUTH,
        kind,
        oauth2: {
          tokenUrl: rawText(fields['accessTokenUrl']),
          clientId: rawText(fields['clientId']),
          clientSecret: rawText(fields['clientSecret']),
          scope: rawText(fields['scope']),
          audience: rawText(fields['audience']),
          clientAuth: fields['client_authentication'] === 'body' ? 'body' : 'basic',
        },
      };
    }
    default:
      notes.add(`Credentials of the kind "${kind}" were left out.`);
      return DEFAULT_AUTH;
  }
}

function readVariables(value: unknown): readonly Variable[] {
  return rawList(value).flatMap((one) => {
    const from = raw(one);
    const name = rawText(from['key']);
    if (name === '') return [];
    return {
      name,
      value: rawText(from['value']),
      secret: from['type'] === 'secret' || isSecretName(name),
      enabled: from['enabled'] !== false && from['disabled'] !== true,
    };
  });
}

function descriptionText(value: unknown): string {
  return (typeof value === 'string' ? value : rawText(raw(value)['content'])).trim();
}
