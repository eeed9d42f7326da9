/** The list of findings is the one that the sources have. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ANSWER_DIAGNOSTICS, EXCHANGE_DIAGNOSTICS } from '../../../../src/shared/checks/diagnostic-codes.ts';

const SHARED = resolve(import.meta.dirname, '../../../../src/shared');
const textsOf = (folder: string) =>
  readdirSync(join(SHARED, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: readFileSync(join(SHARED, folder, name), 'utf8') }));
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code = '']) => code);
const DIAGNOSE = /diagnose\(\s*'([a-z0-9-]+)'/g;
const CODE = /\bcode: '([a-z0-9-]+)'/g;

it('of completions', () => {
  const codes = textsOf('chat').flatMap(({ name, text }) => [
    ...found(text, DIAGNOSE),
    ...(name.startsWith('verdict-') ? found(text, CODE) : []),
    ...(name === 'verdict-stream.ts' ? found(text, /^ {2}'([a-z-]+)': \{/gm) : []),
  ]);
  const wanted = new Set(codes.filter((code) => code !== 'ended' && code !== 'streaming'));
  expect([...ANSWER_DIAGNOSTICS].sort()).toEqual([...wanted].sort());
});

it('of exchanges', () => {
  const codes = textsOf('protocol').flatMap(({ text }) => [...found(text, DIAGNOSE), ...found(text, CODE)]);
  expect([...EXCHANGE_DIAGNOSTICS].sort()).toEqual([...new Set(codes)].sort());
});
