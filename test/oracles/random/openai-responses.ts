/** Random answers of OpenAI's Responses: messages of several parts, reasoning as text or summary, calls that interleave, refusals. */
import fc from 'fast-check';
import type { OracleCall } from '../answer.ts';
import { calls, deltas, merged, picks, type RandomCall } from './text.ts';
import type { DrawnAnswer } from './wire.ts';

type DrawnItem =
  | { readonly kind: 'message'; readonly parts: readonly DrawnPart[] }
  | {
      readonly kind: 'reasoning';
      readonly isSummary: boolean;
      readonly parts: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'calls';
      readonly calls: readonly RandomCall[];
      readonly isCustom: boolean;
      readonly turns: readonly number[];
    };

interface DrawnPart {
  readonly isRefusal: boolean;
  readonly pieces: readonly string[];
}

/** An item on its way: the events that bring it, and how it is when it is through. */
interface Output {
  readonly events: readonly Record<string, unknown>[];
  readonly whole: Record<string, unknown>;
}

const part = fc.record({
  isRefusal: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  pieces: deltas(),
});

const item: fc.Arbitrary<DrawnItem> = fc.oneof(
  fc.record({ kind: fc.constant('message' as const), parts: fc.array(part, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('reasoning' as const),
    isSummary: fc.boolean(),
    parts: fc.array(deltas(), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('calls' as const),
    calls,
    isCustom: fc.boolean(),
    turns: fc.oneof(fc.constant([0]), picks),
  }),
);

export const openAiResponsesAnswers: fc.Arbitrary<DrawnAnswer> = fc
  .record({
    items: fc.array(item, { maxLength: 4 }),
    isNamed: fc.boolean(),
    usage: fc.tuple(fc.nat(), fc.nat()),
    end: fc.constantFrom('completed', 'max_output_tokens', 'content_filter'),
  })
  .map(({ items, isNamed, usage, end }) => {
    const outputs: Output[] = [];
    const streamed = items.flatMap((drawn) => {
      const [fresh, turns] = outputsOf(drawn, outputs.length);
      outputs.push(...fresh);
      // Items are announced in the order of their indexes; the client can do no other.
      const announced = fresh.flatMap(({ events }) => events.slice(0, 1));
      const rest = fresh.map(({ events }) => events.slice(1));
      return [...announced, ...merged(rest, turns)];
    });
    const isWhole = end === 'completed';
    const told = {
      input_tokens: usage[0],
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: usage[1],
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage[0] + usage[1],
    };
    const response = { id: 'resp_r', object: 'response', created_at: 1700000000, model: 'tern-2', tools: [] };
    const begun = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null };
    const ended = {
      ...response,
      status: isWhole ? 'completed' : 'incomplete',
      output: outputs.map(({ whole }) => whole),
      usage: told,
      incomplete_details: isWhole ? null : { reason: end },
    };
    const all: Record<string, unknown>[] = [
      { type: 'response.created', response: begun },
      { type: 'response.in_progress', response: begun },
      ...streamed,
      { type: isWhole ? 'response.completed' : 'response.incomplete', response: ended },
    ];
    const messages = items.flatMap((one) => (one.kind === 'message' ? one.parts : []));
    return {
      events: all.map((data, sequence) => ({
        name: isNamed ? String(data['type']) : null,
        data: { ...data, sequence_number: sequence },
      })),
      truth: {
        id: response.id,
        model: response.model,
        usage: told,
        choices: [
          {
            index: 0,
            content: textOf(messages.filter(({ isRefusal }) => !isRefusal).map(({ pieces }) => pieces)),
            refusal: textOf(messages.filter(({ isRefusal }) => isRefusal).map(({ pieces }) => pieces)),
            reasoning: textOf(items.flatMap((one) => (one.kind === 'reasoning' ? one.parts : []))),
            toolCalls: outputs.flatMap(({ whole }) => meaningOf(whole)),
            finishReason: end,
          },
        ],
      },
      suitsAiSdk: messages.every(({ isRefusal }) => !isRefusal) && items.every(suitsAiSdk),
    };
  });

/** It knows no reasoning but summaries, and tells calls in the order in which they end. */
function suitsAiSdk(drawn: DrawnItem): boolean {
  if (drawn.kind === 'reasoning') return drawn.isSummary;
  if (drawn.kind === 'message') return true;
  return !drawn.isCustom && (drawn.calls.length < 2 || drawn.turns.every((turn) => turn === 0));
}

function textOf(parts: readonly (readonly string[])[]): string {
  return parts.flat().join('');
}

function meaningOf({ call_id: id, name, arguments: text, input }: Record<string, unknown>): OracleCall[] {
  return id === undefined ? [] : [{ id: id as string, name: name as string, arguments: text ?? input }];
}

function outputsOf(drawn: DrawnItem, first: number): [Output[], readonly number[]] {
  if (drawn.kind === 'message') return [[messageOf(drawn.parts, first)], [0]];
  if (drawn.kind === 'reasoning') return [[reasoningOf(drawn.parts, drawn.isSummary, first)], [0]];
  return [drawn.calls.map((call, at) => callOf(call, drawn.isCustom, first + at)), drawn.turns];
}

function outputOf(begun: object, ended: object, between: readonly object[], at: number, id: string): Output {
  const place = { output_index: at, item_id: id };
  const whole = { id, ...ended };
  return {
    whole,
    events: [
      { type: 'response.output_item.added', output_index: at, item: { id, ...begun } },
      ...between.map((event) => ({ ...place, ...event })),
      { type: 'response.output_item.done', output_index: at, item: whole },
    ],
  };
}

function messageOf(parts: readonly DrawnPart[], at: number): Output {
  const empty = { type: 'message', role: 'assistant', status: 'in_progress', content: [] };
  const content = parts.map(({ isRefusal, pieces }) => contentOf(isRefusal, pieces.join('')));
  const between = parts.flatMap(({ isRefusal, pieces }, index) => {
    const kind = isRefusal ? 'refusal' : 'output_text';
    const tokens = isRefusal ? {} : { logprobs: [] };
    const text = isRefusal ? { refusal: pieces.join('') } : { text: pieces.join('') };
    return [
      { type: 'response.content_part.added', part: contentOf(isRefusal, '') },
      ...pieces.map((delta) => ({ type: `response.${kind}.delta`, delta, ...tokens })),
      { type: `response.${kind}.done`, ...text, ...tokens },
      { type: 'response.content_part.done', part: content[index] },
    ].map((event) => ({ ...event, content_index: index }));
  });
  return outputOf(empty, { ...empty, status: 'completed', content }, between, at, `msg_${at}`);
}

function contentOf(isRefusal: boolean, text: string): object {
  return isRefusal
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs: [] };
}

function reasoningOf(parts: readonly (readonly string[])[], isSummary: boolean, at: number): Output {
  const [list, slot, kind, begin, index] = isSummary
    ? ['summary', 'summary_text', 'reasoning_summary_text', 'reasoning_summary_part', 'summary_index']
    : ['content', 'reasoning_text', 'reasoning_text', 'content_part', 'content_index'];
  const wholes = parts.map((pieces) => ({ type: slot, text: pieces.join('') }));
  const between = parts.flatMap((pieces, nth) =>
    [
      { type: `response.${begin}.added`, part: { type: slot, text: '' } },
      ...pieces.map((delta) => ({ type: `response.${kind}.delta`, delta })),
      { type: `response.${kind}.done`, text: pieces.join('') },
      { type: `response.${begin}.done`, part: wholes[nth] },
    ].map((event) => ({ ...event, [index]: nth })),
  );
  const empty = { type: 'reasoning', summary: [] };
  return outputOf(empty, { ...empty, [list]: wholes }, between, at, `rs_${at}`);
}

function callOf({ id, name, pieces }: RandomCall, isCustom: boolean, at: number): Output {
  const [type, field, kind] = isCustom
    ? ['custom_tool_call', 'input', 'custom_tool_call_input']
    : ['function_call', 'arguments', 'function_call_arguments'];
  const head = { type, call_id: `${id}${at}`, name };
  const whole = pieces.join('');
  const between = [
    ...pieces.map((delta) => ({ type: `response.${kind}.delta`, delta })),
    { type: `response.${kind}.done`, [field]: whole },
  ];
  const state = (status: string): object => (isCustom ? {} : { status });
  return outputOf(
    { ...head, [field]: '', ...state('in_progress') },
    { ...head, [field]: whole, ...state('completed') },
    between,
    at,
    `item_${at}`,
  );
}
