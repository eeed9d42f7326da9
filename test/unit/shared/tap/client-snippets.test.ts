import { expect, test } from 'vitest';
import { clientSnippets } from '../../../../src/shared/tap/client-snippets.ts';
import { readTarget } from '../../../../src/shared/tap/target-url.ts';

const ADDRESS = 'http://127.0.0.1:4010';

function snippets(target: string, shell: 'bash' | 'powershell' = 'bash') {
  const read = readTarget(target);
  if (!read.ok) throw new Error(read.message);
  return clientSnippets(read.target, ADDRESS, shell);
}
const textOf = (target: string, id: string, shell?: 'bash' | 'powershell') =>
  snippets(target, shell).find((one) => one.id === id)?.text;

test('the OpenAI clients are given the path up to /v1, unless the target has it', () => {
  expect(textOf('https://api.openai.com', 'openai')).toBe(`export OPENAI_BASE_URL='${ADDRESS}/v1'`);
  expect(textOf('https://api.openai.com/v1', 'openai')).toBe(`export OPENAI_BASE_URL='${ADDRESS}'`);
  expect(textOf('https://api.openai.com', 'openai', 'powershell')).toBe(
    `$env:OPENAI_BASE_URL = '${ADDRESS}/v1'`,
  );
  expect(textOf('https://api.openai.com', 'vercel-ai')).toContain(`baseURL: '${ADDRESS}/v1'`);
});

test('clients that add /v1 themselves are given the address, and a word when the target would double it', () => {
  const [first] = snippets('https://api.anthropic.com');
  expect(first).toMatchObject({ id: 'anthropic', text: `export ANTHROPIC_BASE_URL='${ADDRESS}'`, note: '' });
  const [doubled] = snippets('https://api.anthropic.com/v1');
  expect(doubled?.note).toContain('/v1');
});

test.each([
  ['https://generativelanguage.googleapis.com', 'gemini'],
  ['http://127.0.0.1:11434', 'ollama'],
  ['https://llm.example', 'openai'],
])('what suits %s comes first', (target, id) => {
  expect(snippets(target)[0]?.id).toBe(id);
});

test('every client that is spoken of is there, in its own words', () => {
  const labels = snippets('https://api.openai.com')
    .map(({ label }) => label)
    .join(' ');
  for (const word of ['OpenAI', 'Anthropic', 'Gemini', 'Ollama', 'Vercel', 'LangChain', 'curl'])
    expect(labels).toContain(word);
});
