/** What is odd about what was written: arguments that are no JSON, and usage that cannot be that of the text. */
import type { Completion } from './completion.ts';
import { toolCallStateOf } from './tool-call-state.ts';
import { textLength } from './text-length.ts';
import { outputTokens } from './timing/output-tokens.ts';
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
