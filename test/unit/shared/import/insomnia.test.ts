import { expect, it } from 'vitest';
import { readInsomnia4, readInsomnia5 } from '../../../../src/shared/import/insomnia.ts';

const request = {
  name: 'Ask',
  method: 'post',
  url: '{{ _.base_url }}/chat',
  parameters: [
    { name: 'a', value: '1' },
    { name: 'b', value: '2', disabled: true },
  ],
  headers: [
    { name: 'X-A', value: "{{ _['the key'] }}" },
    { name: 'X-B', value: 'b', disabled: true },
    { name: '', value: '' },
  ],
  body: { mimeType: 'application/json', text: '{"stream":true}' },
  authentication: { type: 'bearer', token: '{{ _.token }}' },
};
const read = {
  name: 'Ask',
  request: {
    method: 'POST',
    url: '{{base_url}}/chat?a=1',
    offParams: [{ at: 1, name: 'b', value: '2' }],
    headers: [
      { name: 'X-A', value: '{{the key}}', enabled: true },
      { name: 'X-B', value: 'b', enabled: false },
    ],
    body: { kind: 'json', text: '{"stream":true}' },
    auth: { kind: 'bearer', bearer: { token: '{{token}}' } },
  },
};

it('an export of format 4 becomes its tree, in its order', () => {
  const collection = readInsomnia4({
    _type: 'export',
    resources: [
      { _type: 'workspace', _id: 'w', name: 'Models' },
      { _type: 'environment', _id: 'base', parentId: 'w', data: { base_url: 'http://h', deep: { a: 1 } } },
      { _type: 'environment', _id: 'e', parentId: 'base', name: 'Prod', data: { token: 't' } },
      { _type: 'request', _id: 'r2', parentId: 'w', metaSortKey: 2, name: 'Second', url: 'http://h' },
      {
        _type: 'request_group',
        _id: 'g',
        parentId: 'w',
        metaSortKey: 1,
        name: 'Chat',
        environment: { m: 'x' },
      },
      { ...request, _type: 'request', _id: 'r', parentId: 'g' },
    ],
  });
  expect(collection).toMatchObject({
    name: 'Models',
    variables: [
      { name: 'base_url', value: 'http://h' },
      { name: 'deep.a', value: '1' },
    ],
    environments: [{ name: 'Prod', variables: [{ name: 'token', value: 't', secret: true }] }],
    children: [
      { kind: 'folder', name: 'Chat', variables: [{ name: 'm' }], children: [read] },
      { kind: 'endpoint', name: 'Second' },
    ],
    notes: [],
  });
});

it('a collection of format 5 becomes its tree', () => {
  const collection = readInsomnia5({
    type: 'collection.insomnia.rest/5.0',
    name: 'Models',
    collection: [{ name: 'Chat', children: [request] }],
    environments: { name: 'Base', data: { a: '1' }, subEnvironments: [{ name: 'Prod', data: { a: '2' } }] },
  });
  expect(collection).toMatchObject({
    name: 'Models',
    variables: [{ name: 'a', value: '1' }],
    environments: [{ name: 'Prod', variables: [{ name: 'a', value: '2' }] }],
    children: [{ kind: 'folder', name: 'Chat', children: [read] }],
  });
});

it.each([
  [{ mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: '1' }] }, { kind: 'form' }],
  [
    { mimeType: 'multipart/form-data', params: [{ name: 'f', type: 'file', fileName: '/x' }] },
    { kind: 'multipart', fields: [{ name: 'f', value: '/x', file: true }] },
  ],
  [
    { mimeType: 'application/octet-stream', fileName: '/x' },
    { kind: 'file', path: '/x' },
  ],
  [
    { mimeType: 'application/xml', text: '<a/>' },
    { kind: 'text', contentType: 'application/xml' },
  ],
  [{}, { kind: 'none' }],
])('reads the body %j', (body, expected) => {
  const { children } = readInsomnia5({ collection: [{ name: 'R', url: 'http://h', body }] });
  expect(children[0]).toMatchObject({ request: { body: expected } });
});

it('names template tags and credentials that it does not know', () => {
  const { notes } = readInsomnia5({
    collection: [{ url: 'http://h/{% uuid %}', authentication: { type: 'hawk' } }],
  });
  expect(notes).toHaveLength(2);
});

it('survives what is no export', () => {
  expect(() =>
    readInsomnia4({ resources: [null, 7, { _type: 'request', parentId: undefined }] }),
  ).not.toThrow();
  expect(() => readInsomnia5({ collection: [null, { headers: 7 }], environments: 3 })).not.toThrow();
});
