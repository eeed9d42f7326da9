import { describe, expect, it } from 'vitest';
import { outputTokens, reasoningTokens } from '../../../../../src/shared/chat/timing/output-tokens.ts';

describe('the count of output tokens', () => {
  it.each([
    ['OpenAI chat', { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }, 7],
    ['OpenAI Responses', { input_tokens: 5, output_tokens: 7, total_tokens: 12 }, 7],
    ['Anthropic', { input_tokens: 5, output_tokens: 9 }, 9],
    ['Gemini', { promptTokenCount: 4, candidatesTokenCount: 6, thoughtsTokenCount: 3 }, 9],
    ['Gemini interactions', { total_input_tokens: 4, total_output_tokens: 6, total_tokens: 10 }, 6],
    ['Cohere', { billed_units: { output_tokens: 3 }, tokens: { output_tokens: 5 } }, 5],
    ['Cohere without tokens', { billed_units: { output_tokens: 3 } }, 3],
    ['TGI', { generated_tokens: 8 }, 8],
    ['watsonx', { generated_token_count: 11 }, 11],
    ['Ollama', { eval_count: 12, prompt_eval_count: 3 }, 12],
    ['Bedrock Converse', { inputTokens: 2, outputTokens: 13, totalTokens: 15 }, 13],
  ])('is found in the usage of %s', (_, usage, tokens) => {
    expect(outputTokens(usage)).toBe(tokens);
  });

  it('has the reasoning that xAI counts apart', () => {
    const details = { completion_tokens_details: { reasoning_tokens: 20 } };
    const xai = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 32, ...details };
    expect(outputTokens(xai)).toBe(27);
    expect(outputTokens({ ...xai, completion_tokens: 27 })).toBe(27);
    expect(reasoningTokens(xai)).toBe(20);
  });

  it('is not known without usage, or where it is no number', () => {
    expect(outputTokens(null)).toBeNull();
    expect(outputTokens({ completion_tokens: '7' })).toBeNull();
    expect(outputTokens({ completion_tokens: -7, eval_count: Number.NaN })).toBeNull();
    expect(reasoningTokens(null)).toBe(0);
  });

  it('never says that more was reasoned than written', () => {
    const usage = { output_tokens: 5, output_tokens_details: { reasoning_tokens: 50 } };
    expect(reasoningTokens(usage)).toBe(5);
  });
});
