import { expect, it } from 'vitest';
import { endpointCount } from '../../../../src/shared/import/collection.ts';
import { readCollection } from '../../../../src/shared/import/read-collection.ts';

const format = (text: string) => {
  const read = readCollection(text);
  return read.ok ? read.collection.format : read.message;
};
const postman = {
  info: { schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
  item: [{ item: [{ request: 'http://h' }, { request: 'http://h' }] }],
};

it.each([
  ['Postman collection', JSON.stringify(postman)],
  ['Postman environment', '{"values":[],"_postman_variable_scope":"environment"}'],
  ['Insomnia export', '{"_type":"export","resources":[{"_type":"request"}]}'],
  [
    'Insomnia collection',
    'type: collection.insomnia.rest/5.0\ncollection:\n  - name: A\n    url: http://h\n',
  ],
  ['OpenAPI 3.0.1', 'openapi: 3.0.1\npaths:\n  /a:\n    get:\n      summary: A\n'],
  ['.http file', 'GET http://h'],
])('finds out that a text is an %s', (expected, text) => {
  expect(format(text)).toBe(expected);
});

it.each([
  ['nothing', '  ', 'There is nothing in it.'],
  ['damaged JSON', '{"info":', 'neither as JSON or YAML'],
  ['a bomb of aliases', bomb(), 'neither as JSON or YAML'],
  ['something else', '{"hello":1}', 'none of what can be taken in'],
  ['a text', 'hello', 'none of what can be taken in'],
  ['a collection without requests', '{"info":{"schema":"getpostman"},"item":[]}', 'has no requests in it'],
])('answers %s with a sentence', (_what, text, message) => {
  expect(format(text)).toContain(message);
});

it('counts the endpoints at any depth', () => {
  const read = readCollection(JSON.stringify(postman));
  expect(read.ok && endpointCount(read.collection.children)).toBe(2);
});

function bomb(): string {
  const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
  for (let at = 1; at < 9; at += 1)
    lines.push(
      `a${at}: &a${at} [${Array(9)
        .fill(`*a${at - 1}`)
        .join(',')}]`,
    );
  return lines.join('\n');
}
