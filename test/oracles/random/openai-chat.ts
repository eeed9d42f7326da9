/** Random answers of OpenAI's chat completions: choices that interleave, parallel calls, reasoning, refusals, probabilities, usage. */
import fc from 'fast-check';
import type { OracleChoice } from '../answer.ts';
import { calls, deltas, merged, picks, type RandomCall } from './text.ts';
import type { DrawnAnswer, DrawnEvent } from './wire.ts';

interface DrawnChoice {
  readonly reasoning: readonly string[];
  readonly content: readonly string[];
  readonly refusal: readonly string[];
  readonly calls: readonly RandomCall[];
  /** Whose turn it is among the calls; null when they come one after another. */
  readonly callTurns: readonly number[] | null;
  readonly hasTokens: boolean;
  readonly repeatsRole: boolean;
  readonly finishReason: string;
}

const choice: fc.Arbitrary<DrawnChoice> = fc.record({
  reasoning: fc.oneof(fc.constant([]), deltas()),
  content: deltas(),
  refusal: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: deltas() }),
  calls: fc.oneof(fc.constant([]), calls),
  callTurns: fc.oneof(fc.constant(null), picks),
  hasTokens: fc.boolean(),
  repeatsRole: fc.boolean(),
  finishReason: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter'),
});

export const openAiChatAnswers: fc.Arbitrary<DrawnAnswer> = fc
  .record({
    choices: fc.oneof(
      { weight: 2, arbitrary: fc.array(choice, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(choice, { minLength: 2, maxLength: 4 }) },
    ),
    turns: picks,
    usage: fc.option(fc.tuple(fc.nat(), fc.nat())),
  })
  .map(({ choices, turns, usage }) => {
    const head = { id: 'chatcmpl-r', object: 'chat.completion.chunk', created: 1700000000, model: 'tern-2' };
    const chunk = (entries: readonly object[], rest: object = {}): DrawnEvent => ({
      name: null,
      data: { ...head, choices: entries, ...rest },
    });
    const none = usage ? { usage: null } : {};
    const told = usage && {
      prompt_tokens: usage[0],
      completion_tokens: usage[1],
      total_tokens: usage[0] + usage[1],
    };
    return {
      events: [
        ...merged(choices.map(entriesOf), turns).map((entry) => chunk([entry], none)),
        ...(told ? [chunk([], { usage: told })] : []),
        { name: null, data: '[DONE]' },
      ],
      truth: { id: head.id, model: head.model, usage: told, choices: choices.map(meaningOf) },
      suitsAiSdk:
        choices.length === 1 &&
        choices.every((one) => one.refusal.length === 0 && (one.callTurns === null || one.calls.length < 2)),
    };
  });

function entriesOf(drawn: DrawnChoice, index: number): object[] {
  const role = drawn.repeatsRole ? { role: 'assistant' } : {};
  const entry = (delta: object, rest: object = {}): object => ({
    index,
    delta: { ...role, ...delta },
    logprobs: null,
    finish_reason: null,
    ...rest,
  });
  const tokens = (slot: 'content' | 'refusal', token: string): object =>
    drawn.hasTokens
      ? {
          logprobs: {
            content: null,
            refusal: null,
            [slot]: [{ token, logprob: -0.25, bytes: null, top_logprobs: [] }],
          },
        }
      : {};
  return [
    entry({ role: 'assistant', content: '' }),
    ...drawn.reasoning.map((piece) => entry({ reasoning_content: piece })),
    ...drawn.content.map((piece) => entry({ content: piece }, tokens('content', piece))),
    ...drawn.refusal.map((piece) => entry({ refusal: piece }, tokens('refusal', piece))),
    ...merged(drawn.calls.map(callDeltas), drawn.callTurns ?? [0]).map((delta) =>
      entry({ tool_calls: [delta] }),
    ),
    entry({}, { finish_reason: drawn.finishReason }),
  ];
}

function callDeltas({ id, name, pieces }: RandomCall, index: number): object[] {
  return [
    { index, id, type: 'function', function: { name, arguments: '' } },
    ...pieces.map((piece) => ({ index, function: { arguments: piece } })),
  ];
}

function meaningOf(drawn: DrawnChoice, index: number): OracleChoice {
  const [content, refusal] = [drawn.content, drawn.refusal];
  return {
    index,
    role: 'assistant',
    content: content.join(''),
    reasoning: drawn.reasoning.join(''),
    refusal: refusal.join(''),
    toolCalls: drawn.calls.map(({ id, name, pieces }) => ({ id, name, arguments: pieces.join('') })),
    finishReason: drawn.finishReason,
    tokens: drawn.hasTokens ? [...content, ...refusal] : [],
  };
}
