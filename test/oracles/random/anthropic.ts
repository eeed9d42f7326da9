/** Random answers of Anthropic's messages: thinking with signatures, text, parallel tools, tools of the server, pings, usage. */
import fc from 'fast-check';
import { argumentsObject, calls, deltas, type RandomCall } from './text.ts';
import type { DrawnAnswer } from './wire.ts';

type DrawnBlock =
  | { readonly kind: 'text' | 'thinking'; readonly pieces: readonly string[] }
  | { readonly kind: 'redacted' }
  | { readonly kind: 'tools'; readonly calls: readonly RandomCall[]; readonly isServers: boolean }
  | { readonly kind: 'result'; readonly input: Readonly<Record<string, unknown>> };

interface Block {
  readonly start: object;
  readonly deltas: readonly object[];
}

const block: fc.Arbitrary<DrawnBlock> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'thinking' as const), pieces: deltas() }),
  fc.record({ kind: fc.constant('redacted' as const) }),
  fc.record({ kind: fc.constant('tools' as const), calls, isServers: fc.boolean() }),
  fc.record({ kind: fc.constant('result' as const), input: argumentsObject }),
);

export const anthropicAnswers: fc.Arbitrary<DrawnAnswer> = fc
  .record({
    blocks: fc.array(block, { maxLength: 5 }),
    pings: fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
    usage: fc.tuple(fc.nat(), fc.nat()),
    stopReason: fc.constantFrom('end_turn', 'max_tokens', 'tool_use', 'stop_sequence', 'refusal'),
  })
  .map(({ blocks, pings, usage: [input, output], stopReason }) => {
    const whole = blocks.flatMap((drawn, at) => blocksOf(drawn, at));
    const begun = { input_tokens: input, cache_read_input_tokens: 0, output_tokens: 1 };
    const message = {
      id: 'msg_r',
      type: 'message',
      role: 'assistant',
      model: 'tern-2',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: begun,
    };
    const all: { readonly type: string; readonly [field: string]: unknown }[] = [
      { type: 'message_start', message },
      ...whole.flatMap(({ start, deltas: grown }, index) => [
        { type: 'content_block_start', index, content_block: start },
        ...grown.map((delta) => ({ type: 'content_block_delta', index, delta })),
        { type: 'content_block_stop', index },
      ]),
      {
        type: 'message_delta',
        delta: { stop_reason: stopReason, stop_sequence: null },
        usage: { output_tokens: output },
      },
      { type: 'message_stop' },
    ];
    const pinged = all.flatMap((event, at) =>
      pings.includes(at) && at > 0 ? [{ type: 'ping' }, event] : [event],
    );
    const textOf = (kind: string): string =>
      blocks.map((one) => ('pieces' in one && one.kind === kind ? one.pieces.join('') : '')).join('');
    return {
      events: pinged.map((data) => ({ name: data.type, data })),
      truth: {
        id: message.id,
        model: message.model,
        usage: { ...begun, output_tokens: output },
        choices: [
          {
            index: 0,
            role: 'assistant',
            content: textOf('text'),
            reasoning: textOf('thinking'),
            toolCalls: blocks.flatMap((one, at) =>
              one.kind === 'tools'
                ? one.calls.map(({ id, name, input: meant }) => ({
                    id: `${id}${at}`,
                    name,
                    arguments: meant,
                  }))
                : [],
            ),
            finishReason: stopReason,
          },
        ],
      },
      suitsAiSdk: false,
    };
  });

function blocksOf(drawn: DrawnBlock, at: number): Block[] {
  switch (drawn.kind) {
    case 'text':
      return [
        {
          start: { type: 'text', text: '' },
          deltas: drawn.pieces.map((text) => ({ type: 'text_delta', text })),
        },
      ];
    case 'thinking':
      return [
        {
          start: { type: 'thinking', thinking: '', signature: '' },
          deltas: [
            ...drawn.pieces.map((thinking) => ({ type: 'thinking_delta', thinking })),
            { type: 'signature_delta', signature: 'c2ln' },
          ],
        },
      ];
    case 'redacted':
      return [{ start: { type: 'redacted_thinking', data: 'ZW5j' }, deltas: [] }];
    case 'result':
      return [
        {
          start: { type: 'web_search_tool_result', tool_use_id: `call_0x${at - 1}`, content: [drawn.input] },
          deltas: [],
        },
      ];
    case 'tools':
      return drawn.calls.map(({ id, name, pieces }) => ({
        start: { type: drawn.isServers ? 'server_tool_use' : 'tool_use', id: `${id}${at}`, name, input: {} },
        deltas: ['', ...pieces].map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
      }));
  }
}
