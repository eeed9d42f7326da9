/** What is odd about what was written: arguments that are no JSON, and usage that cannot be that of the text. */
import type { Completion } from './completion.ts';
import { objectOf } from './json-read.ts';
import { toolCallStateOf } from './tool-call-state.ts';
import { textLength } from './text-length.ts';
import { inChoice, type Verdict } from './verdict.ts';

/** So few characters may come without a token being counted. */
const SPARE_CHARS = 100;
/** More characters than that a token does not have on average, in any language or tokenizer in use. */
const MOST_CHARS_A_TOKEN = 20;

export function contentVerdicts(completion: Completion): Verdict[] {
  if (completion.end === 'streaming') return [];
  return [...toolVerdicts(completion), ...usageVerdicts(completion)];
}

function toolVerdicts(completion: Completion): Verdict[] {
  return completion.choices.flatMap((choice) =>
    choice.toolCalls
      .filter((call) => toolCallStateOf(call, true) === 'invalid')
      .map((call) => ({
        code: 'arguments-not-json',
        severity: 'bad' as const,
        text: `The arguments of ${call.name === '' ? 'a tool call' : call.name} are not valid JSON${inChoice(completion, choice.index)}`,
        explanation:
          'The pieces of the arguments, joined, are no JSON text. Either the answer was cut off or the model did not keep to the format.',
        seqs: [call.arguments.seqs.at(-1) ?? call.seq],
      })),
  );
}

/** Names of the count of tokens that the model wrote. */
const OUTPUT_COUNTS = [
  'completion_tokens',
  'output_tokens',
  'generated_tokens',
  'generated_token_count',
  'eval_count',
];

/** Tokens that the model wrote, by the provider's own count; null when it told none. */
export function outputTokens(usage: Completion['usage']): number | null {
  for (const name of OUTPUT_COUNTS) {
    const count = usage?.[name];
    if (typeof count === 'number') return count;
  }
  const candidates = usage?.['candidatesTokenCount'];
  const thoughts = usage?.['thoughtsTokenCount'];
  if (typeof candidates === 'number') return candidates + (typeof thoughts === 'number' ? thoughts : 0);
  const billed = objectOf(usage?.['tokens'])?.['output_tokens'];
  return typeof billed === 'number' ? billed : null;
}

/** Only what is impossible is said: hidden reasoning makes counts larger than the text, never smaller. */
function usageVerdicts(completion: Completion): Verdict[] {
  const { usage, usageSeq } = completion;
  const tokens = outputTokens(usage);
  if (tokens === null) return [];
  const chars = completion.choices.reduce((sum, choice) => sum + charsOf(choice), 0);
  const found: Verdict[] = [];
  const seqs = usageSeq === null ? [] : [usageSeq];
  if (chars > tokens * MOST_CHARS_A_TOKEN + SPARE_CHARS) {
    found.push({
      code: 'usage-contradicts-text',
      severity: 'warn',
      text: `Usage says ${tokens} output tokens, but ${chars} characters came`,
      explanation: `That would be more than ${MOST_CHARS_A_TOKEN} characters a token, which no tokenizer does. The count is of something else, or usage came from another answer.`,
      seqs,
    });
  }
  const total = usage?.['total_tokens'];
  const prompt = usage?.['prompt_tokens'] ?? usage?.['input_tokens'];
  if (typeof total === 'number' && typeof prompt === 'number' && total < prompt + tokens) {
    found.push({
      code: 'usage-does-not-add-up',
      severity: 'note',
      text: `Usage says ${total} tokens in all, but ${prompt} and ${tokens} are ${prompt + tokens}`,
      explanation: 'The total is less than its parts. What is billed may be either.',
      seqs,
    });
  }
  return found;
}

function charsOf(choice: Completion['choices'][number]): number {
  const texts = [
    choice.content,
    choice.reasoning,
    choice.refusal,
    ...choice.toolCalls.map((call) => call.arguments),
  ];
  return texts.reduce((sum, text) => sum + textLength(text), 0);
}
