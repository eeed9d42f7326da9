import { expect, it } from 'vitest';
import { foldOfDialect } from '../../../src/cli/dialect-argument.ts';

function rebuilt(fold: ReturnType<typeof foldOfDialect>, data: object): unknown {
  fold.push({ type: 'message', data: JSON.stringify(data), seq: 0, atMs: 0 });
  return fold.view().map(({ dialect, choices }) => [dialect, choices[0]?.content.pieces]);
}

it('reads a stream as the dialect or at the path that it is told', () => {
  expect(rebuilt(foldOfDialect(undefined, 'a.b'), { a: { b: 'Knot' } })).toEqual([['json-path', ['Knot']]]);
  expect(rebuilt(foldOfDialect(undefined, undefined), { a: { b: 'Knot' } })).toEqual([]);
  const chunk = { id: 'c', choices: [{ index: 0, delta: { content: 'Ruff' }, finish_reason: null }] };
  expect(rebuilt(foldOfDialect('openai-chat', undefined), chunk)).toEqual([['openai-chat', ['Ruff']]]);
});

it('says what is wrong and what there is', () => {
  expect(() => foldOfDialect('nobody', undefined)).toThrow(
    /"nobody" is no dialect\. There are: openai-chat, /,
  );
  expect(() => foldOfDialect('json-path', undefined)).toThrow('needs --path');
  expect(() => foldOfDialect('gemini', 'a')).toThrow('--path is for');
  expect(() => foldOfDialect(undefined, '[')).toThrow('is no path');
});
