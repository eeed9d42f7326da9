import { afterEach, expect, it } from 'vitest';
import { rebuildBytes } from '../../../src/cli/rebuild.ts';
import { rebuiltCompletions } from '../../../src/shared/chat/rebuilt.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { readBody, saidBy } from '../../unit/shared/sse/read-bodies.ts';
import { startSamples, stopSamples } from './sample-client.ts';

afterEach(stopSamples);

async function bodyOf(path: string, init: RequestInit = {}): Promise<Uint8Array> {
  const answer = await fetch(`${await startSamples()}${path}`, init);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  return new Uint8Array(await answer.arrayBuffer());
}

it('the NDJSON sample has numbered lines, and empty ones that keep it alive', async () => {
  const said = saidBy(readBody('ndjson', await bodyOf('/samples/ndjson')));
  const lines = said
    .filter((text) => text !== '<blank>')
    .map((text) => JSON.parse(text) as { sighting: number });
  expect(lines.map(({ sighting }) => sighting)).toEqual(lines.map((_, at) => at + 1));
  expect(lines).toHaveLength(40);
  expect(said).toContain('<blank>');
});

it('the Ollama sample is rebuilt with its thinking, its answer and the durations of the server', async () => {
  const body = await bodyOf('/api/chat', { method: 'POST', body: '{}' });
  const { completions, exchanges } = await rebuildBytes([body], createNodeByteText(), 'ndjson');
  const [completion, ...more] = rebuiltCompletions(completions);
  expect(exchanges).toEqual([]);
  expect(more).toEqual([]);
  expect(completion).toMatchObject({ dialect: 'ollama-native', end: 'done', error: null, diagnostics: [] });
  expect(completion?.choices[0]?.content).toContain('one value a line');
  expect(completion?.choices[0]?.reasoning).toContain('what NDJSON is');
  expect(completion?.serverTimings?.map(({ name }) => name)).toContain('eval_duration');
});
