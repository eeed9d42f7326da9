/** How many tokens the model wrote, by the provider's own count: the names that usage has in every dialect. */
import type { Completion } from '../completion.ts';
import { objectOf } from '../json-read.ts';

type Usage = Completion['usage'];

/** By dialect: OpenAI and the like; Responses, Anthropic; TGI; watsonx; Ollama; Bedrock Converse; Gemini interactions. */
const OUTPUT_COUNTS = [
  'completion_tokens',
  'output_tokens',
  'generated_tokens',
  'generated_token_count',
  'eval_count',
  'outputTokens',
  'total_output_tokens',
];

/** Objects inside usage in which the count may stand (Cohere). */
const INNER = ['tokens', 'billed_units'];

/** Tokens that the model wrote, reasoning included; null when the provider told none. */
export function outputTokens(usage: Usage): number | null {
  const candidates = count(usage?.['candidatesTokenCount']);
  if (candidates !== null) return candidates + (count(usage?.['thoughtsTokenCount']) ?? 0);
  for (const name of OUTPUT_COUNTS) {
    const told = count(usage?.[name]);
    if (told !== null) return told + besides(usage, told);
  }
  for (const name of INNER) {
    const told = count(objectOf(usage?.[name])?.['output_tokens']);
    if (told !== null) return told;
  }
  return null;
}

/** Tokens of reasoning among them; 0 when the provider told none. */
export function reasoningTokens(usage: Usage): number {
  const told =
    count(objectOf(usage?.['completion_tokens_details'])?.['reasoning_tokens']) ??
    count(objectOf(usage?.['output_tokens_details'])?.['reasoning_tokens']) ??
    count(usage?.['thoughtsTokenCount']) ??
    count(usage?.['total_thought_tokens']) ??
    0;
  return Math.min(told, outputTokens(usage) ?? told);
}

/** xAI counts reasoning apart from completion_tokens; the total gives it away. Gemini interactions do so as well. */
function besides(usage: Usage, told: number): number {
  const apart =
    count(objectOf(usage?.['completion_tokens_details'])?.['reasoning_tokens']) ??
    count(usage?.['total_thought_tokens']) ??
    0;
  const input = count(usage?.['prompt_tokens']) ?? count(usage?.['total_input_tokens']);
  const total = count(usage?.['total_tokens']);
  return input !== null && total !== null && total === input + told + apart ? apart : 0;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : null;
}
