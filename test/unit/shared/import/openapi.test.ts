import { describe, expect, it } from 'vitest';
import { readOpenApi } from '../../../../src/shared/import/openapi.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Scores' },
  servers: [
    { url: 'https://{region}.h/v1/', description: 'Production', variables: { region: { default: 'eu' } } },
    { url: 'http://localhost:8080', description: 'Local' },
  ],
  security: [{ key: [] }],
  paths: {
    '/scores/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true }],
      get: {
        summary: 'Follow',
        description: 'Goals as they fall',
        parameters: [
          { name: 'team', in: 'query', required: true, example: 'A b' },
          { name: 'since', in: 'query', schema: { type: 'integer' } },
          { $ref: '#/components/parameters/Trace' },
        ],
        responses: { 200: { content: { 'text/event-stream': {} } } },
      },
      delete: { responses: { 204: {} } },
    },
    '/chat': {
      post: {
        operationId: 'chat',
        security: [{ bearer: [] }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ask' } } } },
        responses: { 200: { $ref: '#/components/responses/Lines' } },
      },
    },
  },
  components: {
    parameters: { Trace: { name: 'X-Trace', in: 'header' } },
    responses: { Lines: { content: { 'application/x-ndjson': {} } } },
    securitySchemes: {
      key: { type: 'apiKey', in: 'query', name: 'api_key' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    schemas: {
      Ask: {
        type: 'object',
        required: ['model', 'stream', 'messages', 'self'],
        properties: {
          model: { enum: ['m1', 'm2'] },
          stream: { type: 'boolean', default: true },
          temperature: { type: 'number' },
          messages: { type: 'array', items: { allOf: [{ $ref: '#/components/schemas/Message' }] } },
          self: { $ref: '#/components/schemas/Ask' },
        },
      },
      Message: { properties: { role: { const: 'user' }, content: { examples: ['Hi'] } } },
    },
  },
};

describe('an OpenAPI document', () => {
  it('brings the operations that answer with a stream, and no others', () => {
    const { children, notes } = readOpenApi(document);
    expect(notes).toEqual([]);
    expect(children).toMatchObject([
      {
        name: 'Follow',
        note: 'Goals as they fall',
        request: {
          method: 'GET',
          url: '{{base}}/scores/{{id}}?team=A%20b',
          offParams: [{ at: 1, name: 'since', value: '0' }],
          headers: [{ name: 'X-Trace', value: '', enabled: false }],
          auth: { kind: 'api-key', apiKey: { name: 'api_key', value: '{{api_key}}', place: 'query' } },
        },
      },
      {
        name: 'chat',
        request: {
          method: 'POST',
          headers: [{ name: 'Accept', value: 'application/x-ndjson', enabled: true }],
          auth: { kind: 'bearer', bearer: { token: '{{token}}' } },
        },
      },
    ]);
  });

  it('makes bodies from schemas: what is required, with examples, defaults and choices', () => {
    const ask = readOpenApi(document).children[1];
    const text = ask?.kind === 'endpoint' ? ask.request.body.text : '';
    expect(JSON.parse(text)).toMatchObject({
      model: 'm1',
      stream: true,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(JSON.parse(text)).not.toHaveProperty('temperature');
  });

  it('makes servers a variable and environments', () => {
    const { variables, environments } = readOpenApi(document);
    expect(variables).toEqual([{ name: 'base', value: 'https://eu.h/v1', secret: false, enabled: true }]);
    expect(environments.map(({ name, variables: [base] }) => [name, base?.value])).toEqual([
      ['Production', 'https://eu.h/v1'],
      ['Local', 'http://localhost:8080'],
    ]);
  });

  it('without streams brings everything and says so', () => {
    const { children, notes } = readOpenApi({
      openapi: '3.0.0',
      paths: { '/a': { get: { responses: {} } } },
    });
    expect(children).toHaveLength(1);
    expect(notes[0]).toContain('None of the 1 operations');
  });

  it('of Swagger 2.0 is read as well', () => {
    const { children, variables } = readOpenApi({
      swagger: '2.0',
      host: 'h',
      basePath: '/v1',
      schemes: ['http'],
      paths: {
        '/a': {
          post: {
            produces: ['text/event-stream'],
            parameters: [{ in: 'body', schema: { example: { a: 1 } } }],
          },
        },
      },
    });
    expect(variables[0]?.value).toBe('http://h/v1');
    expect(children).toMatchObject([{ request: { body: { kind: 'json', text: '{\n  "a": 1\n}' } } }]);
  });

  it('survives references in circles, outside and to nowhere', () => {
    const loop = { $ref: '#/components/schemas/A' };
    const schema = (value: unknown) => ({
      openapi: '3.0.0',
      paths: { '/a': { post: { requestBody: { content: { 'application/json': { schema: value } } } } } },
      components: { schemas: { A: loop, B: { items: { $ref: '#/components/schemas/B' }, type: 'array' } } },
    });
    for (const value of [
      loop,
      { $ref: '#/components/schemas/B' },
      { $ref: 'other.yaml' },
      { $ref: '#/x/~1/y' },
      7,
    ])
      expect(() => readOpenApi(schema(value))).not.toThrow();
    expect(() => readOpenApi({ openapi: '3.0.0', paths: { '/a': null, '/b': { get: 3 } } })).not.toThrow();
  });
});
