import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildBytes } from '../../../../src/cli/rebuild.ts';
import { rebuiltCompletions } from '../../../../src/shared/chat/rebuilt.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';

const RECORDED = join(import.meta.dirname, '../../../../../shared/fixtures/llm');

async function rebuilt(file: string, framing: Framing) {
  const bytes = readFileSync(join(RECORDED, file));
  return rebuiltCompletions((await rebuildBytes([bytes], createNodeByteText(), framing)).completions);
}

/** Texts are counted, not repeated: they belong to who recorded them. */
describe.skipIf(!existsSync(RECORDED))('recorded streams that are no event streams', () => {
  it('an Ollama answer is whole', async () => {
    const [answer] = await rebuilt('ollama/native-generate.ndjson', 'ndjson');
    expect(answer).toMatchObject({ dialect: 'ollama-native', end: 'done', diagnostics: [] });
    expect(answer?.choices[0]?.content).toHaveLength(189);
    expect(answer?.serverTimings).toHaveLength(4);
  });

  it('a Converse answer has its text and its tool call', async () => {
    const [answer] = await rebuilt('bedrock/converse-tool.eventstream.bin', 'aws-event-stream');
    expect(answer).toMatchObject({ dialect: 'bedrock-converse', end: 'done', diagnostics: [] });
    expect(JSON.parse(answer?.choices[0]?.toolCalls[0]?.arguments ?? '')).toHaveProperty('location');
    expect(answer?.choices[0]?.finishReason).toBe('tool_use');
  });

  it('an answer of a model behind InvokeModel is unwrapped', async () => {
    const [answer] = await rebuilt('bedrock/invoke-anthropic.eventstream.bin', 'aws-event-stream');
    expect(answer).toMatchObject({ dialect: 'bedrock-invoke', end: 'done', diagnostics: [] });
    expect(answer?.choices[0]?.content).toHaveLength(76);
    expect(answer?.serverTimings?.map(({ name }) => name)).toEqual(['invocationLatency', 'firstByteLatency']);
  });
});
