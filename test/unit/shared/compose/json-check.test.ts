import { describe, expect, it } from 'vitest';
import { checkJson } from '../../../../src/shared/compose/json-check.ts';

describe('the check of a body', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['{"a":1}', 'json'],
    ['"a"', 'json'],
    ['hello', 'text'],
    ['a=b&c=d', 'text'],
    ['{"room":{{room}}}', 'template'],
    ['{"room":"{{room}}"}', 'json'],
    ['{"a":1', 'broken'],
    ['[1,]', 'broken'],
  ])('calls %j %s', (body, kind) => {
    expect(checkJson(body).kind).toBe(kind);
  });

  it('says in which line and column the mistake is', () => {
    const check = checkJson('{\n  "a": 1,\n  b: 2\n}');
    expect(check.kind === 'broken' && check.message).toMatch(/line 3.*column 3/);
  });

  it('offers the text laid out', () => {
    expect(checkJson('{"a":[1]}')).toMatchObject({ formatted: '{\n  "a": [\n    1\n  ]\n}' });
  });
});
