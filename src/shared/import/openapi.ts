/**
 * OpenAPI 3.x and Swagger 2.0: the operations that answer with a stream become endpoints, servers become the variable `base` and
 * an environment each. Bodies come from examples, or are made from the schema.
 */
import { DEFAULT_AUTH, type AuthSpec } from '../connection/request-auth.ts';
import { DEFAULT_BODY, type BodySpec } from '../connection/request-body.ts';
import { addParam } from '../connection/request-params.ts';
import type { HeaderSpec, OffParam } from '../connection/types.ts';
import {
  header,
  raw,
  rawList,
  rawText,
  request,
  type Collection,
  type ImportedEndpoint,
  type Raw,
} from './collection.ts';
import { createReferences, exampleOf, type References } from './openapi-example.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'options', 'query'] as const;
const STREAM_TYPES =
  /^(?:text\/event-stream|application\/(?:x-ndjson|ndjson|jsonl|json-lines|x-json-stream|json-seq|vnd\.amazon\.eventstream))\b/i;

export function isOpenApi(value: Raw): boolean {
  return rawText(value['openapi']).startsWith('3.') || rawText(value['swagger']).startsWith('2');
}

export function readOpenApi(value: Raw): Collection {
  const references = createReferences(value);
  const name = rawText(raw(value['info'])['title']) || 'OpenAPI';
  const notes: string[] = [];
  const all = operations(value, references);
  const streams = all.filter((one) => one.streams);
  if (streams.length === 0)
    notes.push(
      `None of the ${all.length} operations says that it answers text/event-stream, so all of them were taken over.`,
    );
  const servers = serverUrls(value);
  return {
    format: `OpenAPI ${rawText(value['openapi']) || rawText(value['swagger'])}`,
    name,
    variables: [{ name: 'base', value: servers[0]?.url ?? '', secret: false, enabled: true }],
    children: (streams.length === 0 ? all : streams).map((one) => one.endpoint),
    environments:
      servers.length < 2
        ? []
        : servers.map(({ label, url }) => ({
            name: label,
            variables: [{ name: 'base', value: url, secret: false, enabled: true }],
          })),
    notes,
  };
}

interface Operation {
  readonly endpoint: ImportedEndpoint;
  readonly streams: boolean;
}

function operations(document: Raw, references: References): readonly Operation[] {
  return Object.entries(raw(document['paths'])).flatMap(([path, value]) => {
    const item = references.resolve(value);
    return METHODS.flatMap((method) => {
      const operation = references.resolve(item[method]);
      return Object.keys(operation).length === 0
        ? []
        : [readOperation(document, path, method, item, operation, references)];
    });
  });
}

function readOperation(
  document: Raw,
  path: string,
  method: string,
  item: Raw,
  operation: Raw,
  references: References,
): Operation {
  const types = Object.values(raw(operation['responses'])).flatMap((one) =>
    Object.keys(raw(references.resolve(one)['content'])),
  );
  const produces = [...rawList(operation['produces'] ?? document['produces'])].map(rawText);
  const streamType = [...types, ...produces].find((type) => STREAM_TYPES.test(type));
  const headers: HeaderSpec[] = [];
  const offParams: OffParam[] = [];
  let url = `{{base}}${path.replace(/\{([A-Za-z0-9_.-]+)\}/g, '{{$1}}')}`;
  let params = 0;
  for (const one of [...rawList(item['parameters']), ...rawList(operation['parameters'])]) {
    const parameter = references.resolve(one);
    const name = rawText(parameter['name']);
    const example = exampleOf(parameter, references) ?? exampleOf(parameter['schema'], references);
    const value = typeof example === 'object' ? JSON.stringify(example) : rawText(example);
    const required = parameter['required'] === true;
    if (parameter['in'] === 'query') {
      if (required) url = addParam(url, name, value);
      else offParams.push({ at: params, name, value });
      params += 1;
    } else if (parameter['in'] === 'header') headers.push(header(name, value, required));
  }
  if (streamType && !/event-stream/i.test(streamType)) headers.push(header('Accept', streamType));
  return {
    streams: streamType !== undefined,
    endpoint: {
      kind: 'endpoint',
      name:
        rawText(operation['summary']) ||
        rawText(operation['operationId']) ||
        `${method.toUpperCase()} ${path}`,
      note: rawText(operation['description']).trim(),
      request: request({
        method: method.toUpperCase(),
        url,
        offParams,
        headers,
        body: readBody(operation, references),
        auth: readSecurity(document, operation, references),
      }),
    },
  };
}

function readBody(operation: Raw, references: References): BodySpec {
  const content = raw(references.resolve(operation['requestBody'])['content']);
  const json = Object.entries(content).find(([type]) => /json/i.test(type));
  if (json) {
    const media = raw(json[1]);
    const example = exampleOf(media, references) ?? exampleOf(media['schema'], references) ?? {};
    return { ...DEFAULT_BODY, kind: 'json', text: JSON.stringify(example, null, 2) };
  }
  const form = content['application/x-www-form-urlencoded'];
  if (form !== undefined) {
    const example = raw(exampleOf(raw(form)['schema'], references));
    return {
      ...DEFAULT_BODY,
      kind: 'form',
      fields: Object.entries(example).map(([name, value]) => ({
        name,
        value: rawText(value),
        enabled: true,
        file: false,
      })),
    };
  }
  const body = rawList(operation['parameters'])
    .map((one) => references.resolve(one))
    .find((parameter) => parameter['in'] === 'body');
  if (!body) return DEFAULT_BODY;
  return {
    ...DEFAULT_BODY,
    kind: 'json',
    text: JSON.stringify(exampleOf(body['schema'], references) ?? {}, null, 2),
  };
}

/** The first way to prove who asks that is known here; its secret is a variable to be set. */
function readSecurity(document: Raw, operation: Raw, references: References): AuthSpec {
  const schemes = {
    ...raw(document['securityDefinitions']),
    ...raw(raw(document['components'])['securitySchemes']),
  };
  for (const one of rawList(operation['security'] ?? document['security'])) {
    for (const name of Object.keys(raw(one))) {
      const scheme = references.resolve(schemes[name]);
      const { type, scheme: http, in: place } = scheme;
      if (type === 'basic' || (type === 'http' && http === 'basic'))
        return {
          ...DEFAULT_AUTH,
          kind: 'basic',
          basic: { username: '{{username}}', password: '{{password}}' },
        };
      if (type === 'http' || type === 'openIdConnect')
        return { ...DEFAULT_AUTH, kind: 'bearer', bearer: { token: '{{token}}' } };
      if (type === 'apiKey' && (place === 'header' || place === 'query'))
        return {
          ...DEFAULT_AUTH,
          kind: 'api-key',
          apiKey: { name: rawText(scheme['name']), value: '{{api_key}}', place },
        };
      const flow = raw(raw(scheme['flows'])['clientCredentials']);
      if (type === 'oauth2')
        return {
          ...DEFAULT_AUTH,
          kind: 'oauth2',
          oauth2: {
            ...DEFAULT_AUTH.oauth2,
            tokenUrl: rawText(flow['tokenUrl'] ?? scheme['tokenUrl']),
            clientId: '{{client_id}}',
            clientSecret: '{{client_secret}}',
          },
        };
    }
  }
  return DEFAULT_AUTH;
}

function serverUrls(document: Raw): readonly { readonly label: string; readonly url: string }[] {
  const host = rawText(document['host']);
  if (host !== '') {
    const scheme = rawText(rawList(document['schemes'])[0]) || 'https';
    return [{ label: host, url: `${scheme}://${host}${rawText(document['basePath'])}`.replace(/\/$/, '') }];
  }
  return rawList(document['servers']).map((one) => {
    const server = raw(one);
    const variables = raw(server['variables']);
    const url = rawText(server['url'])
      .replace(/\{([^{}]+)\}/g, (all, name: string) => rawText(raw(variables[name])['default']) || all)
      .replace(/\/$/, '');
    return { label: rawText(server['description']) || url, url };
  });
}
