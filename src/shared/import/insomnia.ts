/**
 * Insomnia: exports of format 4 (a list of resources in JSON) and collections of format 5 (a tree in YAML). Template tags are left
 * as they stand and named.
 */
import { DEFAULT_AUTH, type AuthSpec } from '../connection/request-auth.ts';
import { DEFAULT_BODY, bodyOfText, type BodySpec } from '../connection/request-body.ts';
import { addParam } from '../connection/request-params.ts';
import type { OffParam } from '../connection/types.ts';
import { isSecretName } from '../session/redact.ts';
import type { Variable } from '../workspace/workspace.ts';
import {
  header,
  raw,
  rawList,
  rawText,
  request,
  type Collection,
  type ImportedEnvironment,
  type ImportedNode,
  type Raw,
} from './collection.ts';

export function isInsomnia4(value: Raw): boolean {
  return value['_type'] === 'export' && Array.isArray(value['resources']);
}

export function isInsomnia5(value: Raw): boolean {
  return rawText(value['type']).startsWith('collection.insomnia.rest/5');
}

export function readInsomnia4(value: Raw): Collection {
  const notes = new Set<string>();
  const resources = rawList(value['resources']).map(raw);
  const workspace = resources.find((one) => one['_type'] === 'workspace') ?? {};
  const children = (parentId: unknown, depth: number): readonly ImportedNode[] =>
    depth > 32
      ? []
      : resources
          .filter((one) => one['parentId'] === parentId)
          .sort((a, b) => Number(a['metaSortKey'] ?? 0) - Number(b['metaSortKey'] ?? 0))
          .flatMap((one): readonly ImportedNode[] => {
            if (one['_type'] === 'request_group')
              return [
                {
                  kind: 'folder',
                  name: rawText(one['name']) || 'Folder',
                  variables: readData(one['environment']),
                  children: children(one['_id'], depth + 1),
                },
              ];
            return one['_type'] === 'request' ? [readRequest(one, notes)] : [];
          });
  const base = resources.find(
    (one) => one['_type'] === 'environment' && one['parentId'] === workspace['_id'],
  );
  const others = resources.filter(
    (one) => one['_type'] === 'environment' && one['parentId'] === base?.['_id'],
  );
  return {
    format: 'Insomnia export',
    name: rawText(workspace['name']) || 'Insomnia',
    variables: readData(base?.['data']),
    children: children(workspace['_id'], 0),
    environments: base ? others.map(readEnvironment) : [],
    notes: [...notes],
  };
}

export function readInsomnia5(value: Raw): Collection {
  const notes = new Set<string>();
  const children = (list: unknown, depth: number): readonly ImportedNode[] =>
    depth > 32
      ? []
      : rawList(list)
          .map(raw)
          .map((one): ImportedNode =>
            Array.isArray(one['children'])
              ? {
                  kind: 'folder',
                  name: rawText(one['name']) || 'Folder',
                  variables: readData(one['environment']),
                  children: children(one['children'], depth + 1),
                }
              : readRequest(one, notes),
          );
  const base = raw(value['environments']);
  return {
    format: 'Insomnia collection',
    name: rawText(value['name']) || 'Insomnia',
    variables: readData(base['data']),
    children: children(value['collection'], 0),
    environments: rawList(base['subEnvironments']).map(raw).map(readEnvironment),
    notes: [...notes],
  };
}

function readEnvironment(from: Raw): ImportedEnvironment {
  return { name: rawText(from['name']) || 'Environment', variables: readData(from['data']) };
}

/** Nested objects become names with dots, as templates write them. */
function readData(value: unknown, prefix = '', depth = 0): readonly Variable[] {
  if (depth > 16) return [];
  return Object.entries(raw(value)).flatMap(([key, data]): readonly Variable[] => {
    const name = `${prefix}${key}`;
    if (typeof data === 'object' && data !== null) return readData(data, `${name}.`, depth + 1);
    return [{ name, value: templated(rawText(data)), secret: isSecretName(key), enabled: true }];
  });
}

function readRequest(from: Raw, notes: Set<string>): ImportedNode {
  if (JSON.stringify(from).includes('{%'))
    notes.add('Template tags such as {% uuid %} have no counterpart here and stand as they are.');
  const offParams: OffParam[] = [];
  let url = templated(rawText(from['url']));
  rawList(from['parameters']).forEach((one, at) => {
    const param = raw(one);
    const name = rawText(param['name']);
    const value = templated(rawText(param['value']));
    if (param['disabled'] === true) offParams.push({ at, name, value });
    else if (name !== '' || value !== '') url = addParam(url, name, value);
  });
  return {
    kind: 'endpoint',
    name: rawText(from['name']) || 'Request',
    note: rawText(from['description']).trim(),
    request: request({
      method: rawText(from['method']).toUpperCase() || 'GET',
      url,
      offParams,
      headers: rawList(from['headers'])
        .map(raw)
        .filter((one) => rawText(one['name']) !== '')
        .map((one) =>
          header(rawText(one['name']), templated(rawText(one['value'])), one['disabled'] !== true),
        ),
      body: readBody(raw(from['body'])),
      auth: readAuth(raw(from['authentication']), notes),
    }),
  };
}

function readBody(body: Raw): BodySpec {
  const type = rawText(body['mimeType']);
  const text = templated(rawText(body['text']));
  const fields = rawList(body['params'])
    .map(raw)
    .map((one) => ({
      name: rawText(one['name']),
      value: templated(rawText(one['type'] === 'file' ? one['fileName'] : one['value'])),
      enabled: one['disabled'] !== true,
      file: one['type'] === 'file',
    }));
  if (type === 'multipart/form-data') return { ...DEFAULT_BODY, kind: 'multipart', fields };
  if (type === 'application/x-www-form-urlencoded') return { ...DEFAULT_BODY, kind: 'form', fields };
  if (type === 'application/octet-stream' && 'fileName' in body)
    return { ...DEFAULT_BODY, kind: 'file', path: rawText(body['fileName']) };
  if (text === '') return DEFAULT_BODY;
  if (/json|graphql/.test(type)) return { ...DEFAULT_BODY, kind: 'json', text };
  return type === '' ? bodyOfText(text) : { ...DEFAULT_BODY, kind: 'text', text, contentType: type };
}

function readAuth(auth: Raw, notes: Set<string>): AuthSpec {
  const field = (name: string) => templated(rawText(auth[name]));
  const kind = auth['disabled'] === true ? '' : rawText(auth['type']);
  switch (kind) {
    case '':
    case 'none':
      return DEFAULT_AUTH;
    case 'basic':
      return { ...DEFAULT_AUTH, kind, basic: { username: field('username'), password: field('password') } };
    case 'bearer':
      return { ...DEFAULT_AUTH, kind, bearer: { token: field('token') } };
    case 'apikey':
      return {
        ...DEFAULT_AUTH,
        kind: 'api-key',
        apiKey: {
          name: field('key'),
          value: field('value'),
          place: auth['addTo'] === 'queryParams' ? 'query' : 'header',
        },
      };
    case 'oauth2':
      if (auth['grantType'] === 'client_credentials')
        return {
          ...DEFAULT_AUTH,
          kind,
          oauth2: {
            tokenUrl: field('accessTokenUrl'),
            clientId: field('clientId'),
            clientSecret: field('clientSecret'),
            scope: field('scope'),
            audience: field('audience'),
            clientAuth: auth['credentialsInBody'] === true ? 'body' : 'basic',
          },
        };
      notes.add(
        'Of OAuth 2 only client credentials are taken over; put a token into Auth where another grant was used.',
      );
      return DEFAULT_AUTH;
    default:
      notes.add(`Credentials of the kind "${kind}" were left out.`);
      return DEFAULT_AUTH;
  }
}

/** `{{ _.name }}` and `{{ _['name'] }}` are `{{name}}` here. */
function templated(text: string): string {
  return text.replace(
    /\{\{\s*(?:_\.([A-Za-z0-9_.-]+)|_\['([^']+)'\])\s*\}\}/g,
    (_all, dotted: string | undefined, quoted: string | undefined) => `{{${dotted ?? quoted ?? ''}}}`,
  );
}
