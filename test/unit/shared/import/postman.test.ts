import { describe, expect, it } from 'vitest';
import type { ImportedEndpoint, ImportedNode } from '../../../../src/shared/import/collection.ts';
import { readPostmanCollection, readPostmanEnvironment } from '../../../../src/shared/import/postman.ts';

const collection = (item: unknown[], more: object = {}) =>
  readPostmanCollection({
    info: { name: 'Models', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item,
    ...more,
  });
const one = (request: unknown, more: object = {}): ImportedEndpoint => {
  const [node] = collection([{ name: 'R', request }], more).children;
  return node as ImportedEndpoint;
};
const inside = (node: ImportedNode | undefined): readonly ImportedNode[] =>
  node?.kind === 'folder' ? node.children : [];

describe('a Postman collection', () => {
  it('keeps folders, names, descriptions and variables', () => {
    const read = collection(
      [{ name: 'Chat', item: [{ name: 'Ask', request: { url: '{{base}}/ask', description: 'Why' } }] }],
      {
        variable: [
          { key: 'base', value: 'http://h' },
          { key: 'API_KEY', value: 'x', disabled: true },
        ],
      },
    );
    expect(read).toMatchObject({ format: 'Postman collection', name: 'Models' });
    expect(read.variables).toEqual([
      { name: 'base', value: 'http://h', secret: false, enabled: true },
      { name: 'API_KEY', value: 'x', secret: true, enabled: false },
    ]);
    expect(inside(read.children[0])).toMatchObject([
      { name: 'Ask', note: 'Why', request: { method: 'GET', url: '{{base}}/ask' } },
    ]);
  });

  it('puts path variables and parameters into the address, those that are off beside it', () => {
    const { request } = one({
      method: 'get',
      url: {
        raw: 'http://h/:room/x?old=1',
        variable: [{ key: 'room', value: 'a1' }],
        query: [
          { key: 'q', value: 'a b' },
          { key: 'off', value: '1', disabled: true },
          { key: 'v', value: '{{v}}' },
        ],
      },
    });
    expect(request).toMatchObject({
      method: 'GET',
      url: 'http://h/a1/x?q=a%20b&v={{v}}',
      offParams: [{ at: 1, name: 'off', value: '1' }],
    });
  });

  it.each([
    [
      { mode: 'raw', raw: '{"a":1}' },
      { kind: 'json', text: '{"a":1}' },
    ],
    [
      { mode: 'raw', raw: '{{b}}', options: { raw: { language: 'json' } } },
      { kind: 'json', text: '{{b}}' },
    ],
    [
      { mode: 'raw', raw: 'hello' },
      { kind: 'text', text: 'hello' },
    ],
    [
      { mode: 'urlencoded', urlencoded: [{ key: 'a', value: '1', disabled: true }] },
      { kind: 'form', fields: [{ name: 'a', value: '1', enabled: false, file: false }] },
    ],
    [
      { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: ['/x.png'] }] },
      { kind: 'multipart', fields: [{ name: 'f', value: '/x.png', enabled: true, file: true }] },
    ],
    [
      { mode: 'file', file: { src: '/x.json' } },
      { kind: 'file', path: '/x.json' },
    ],
    [
      { mode: 'graphql', graphql: { query: 'subscription { a }', variables: '' } },
      { kind: 'json', text: '{"query":"subscription { a }","variables":{}}' },
    ],
  ])('reads the body %j', (body, expected) => {
    expect(one({ method: 'POST', url: 'http://h', body }).request.body).toMatchObject(expected);
  });

  it.each([
    [
      { type: 'bearer', bearer: [{ key: 'token', value: '{{t}}' }] },
      { kind: 'bearer', bearer: { token: '{{t}}' } },
    ],
    [
      { type: 'bearer', bearer: { token: 't' } },
      { kind: 'bearer', bearer: { token: 't' } },
    ],
    [
      {
        type: 'basic',
        basic: [
          { key: 'username', value: 'u' },
          { key: 'password', value: 'p' },
        ],
      },
      { kind: 'basic', basic: { username: 'u', password: 'p' } },
    ],
    [
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'k' },
          { key: 'value', value: 'v' },
          { key: 'in', value: 'query' },
        ],
      },
      { kind: 'api-key', apiKey: { name: 'k', value: 'v', place: 'query' } },
    ],
    [
      {
        type: 'oauth2',
        oauth2: [
          { key: 'grant_type', value: 'client_credentials' },
          { key: 'accessTokenUrl', value: 'http://t' },
          { key: 'client_authentication', value: 'body' },
        ],
      },
      { kind: 'oauth2', oauth2: { tokenUrl: 'http://t', clientAuth: 'body' } },
    ],
  ])('reads the credentials %j', (auth, expected) => {
    expect(one({ url: 'http://h', auth }).request.auth).toMatchObject(expected);
  });

  it('lets requests that say nothing have the credentials of what is around them', () => {
    const bearer = (token: string) => ({ type: 'bearer', bearer: [{ key: 'token', value: token }] });
    const read = collection(
      [
        { name: 'A', request: { url: 'http://h' } },
        {
          name: 'F',
          auth: bearer('inner'),
          item: [
            { name: 'B', request: { url: 'http://h' } },
            { name: 'C', request: { url: 'http://h', auth: { type: 'noauth' } } },
          ],
        },
      ],
      { auth: bearer('outer') },
    );
    expect(read.children[0]).toMatchObject({ request: { auth: { bearer: { token: 'outer' } } } });
    expect(inside(read.children[1])).toMatchObject([
      { request: { auth: { kind: 'bearer', bearer: { token: 'inner' } } } },
      { request: { auth: { kind: 'none' } } },
    ]);
  });

  it('says what it leaves out, once', () => {
    const item = {
      name: 'X',
      event: [{ listen: 'test' }],
      request: { url: 'http://h?x={{$guid}}', auth: { type: 'ntlm' } },
    };
    expect(collection([item, item]).notes).toEqual([
      'Scripts and tests of Postman are not taken over.',
      'Generated values such as {{$guid}} have no counterpart here; give them a value.',
      'Credentials of the kind "ntlm" were left out.',
    ]);
  });

  it.each([
    [null],
    [7],
    [{ item: 3 }],
    [{ request: null }],
    [{ request: { url: 7, header: [null], body: { mode: 'x' } } }],
  ])('survives the item %j', (item) => {
    expect(() => collection([item])).not.toThrow();
  });

  it('ends with folders that go too deep', () => {
    let item: object = { name: 'end', request: 'http://h' };
    for (let depth = 0; depth < 1000; depth += 1) item = { name: 'f', item: [item] };
    expect(() => collection([item])).not.toThrow();
  });
});

it('a Postman environment brings its variables, secrets marked', () => {
  const { environments } = readPostmanEnvironment({
    name: 'Staging',
    _postman_variable_scope: 'environment',
    values: [
      { key: 'base', value: 'http://s', enabled: true },
      { key: 'word', value: 'x', type: 'secret', enabled: false },
    ],
  });
  expect(environments).toEqual([
    {
      name: 'Staging',
      variables: [
        { name: 'base', value: 'http://s', secret: false, enabled: true },
        { name: 'word', value: 'x', secret: true, enabled: false },
      ],
    },
  ]);
});
