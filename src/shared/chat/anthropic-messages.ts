/**
 * Anthropic's Messages stream: `message_start` is a snapshot, content blocks grow by deltas under their index, and
 * `message_stop` ends it. Text blocks are the content, thinking blocks the reasoning, and every `…tool_use` block is a tool
 * call; there is one choice. A second `message_start` is another message (a proxy's retry).
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import {
  cite,
  takeBlockStart,
  takeMessageFacts,
  takeSignature,
  takeUsageTelling,
  wholeCitations,
} from './anthropic-parts.ts';
import { jsonTextOf, listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type ChoiceDraft, type PartTracker } from './part-tracker.ts';
import type { Citation } from './parts.ts';
import type { Mutable } from './rich-parts.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';
import type { ToolCallDraft } from './tool-calls.ts';

interface Block {
  readonly type: string;
  /** Only of a tool block. */
  readonly call: ToolCallDraft | null;
  /** What the block began with; real servers begin empty, some proxies repeat it in the first delta. */
  startText: string;
  /** Of a text block: where it begins in the content, and what stands for it. */
  readonly start: number;
  readonly citations: Mutable<Citation>[];
  /** Whether the arguments came whole with the start; deltas after that replace them, as in Anthropic's own client. */
  hasWholeInput: boolean;
}

interface AnthropicState {
  readonly tracker: PartTracker;
  readonly blocks: Map<number, Block>;
  started: boolean;
  lastIndex: number;
  /** Characters of content so far. */
  length: number;
}

export const anthropicMessages: Dialect<AnthropicState> = {
  id: 'anthropic-messages',
  label: 'Anthropic messages',
  score(event) {
    const type = textOf(objectOf(event.json)?.['type']);
    if (type === 'message_start') return 95;
    if (type.startsWith('content_block_') || type === 'message_delta' || type === 'message_stop') return 70;
    if (type === 'error') return objectOf(objectOf(event.json)?.['error']) ? 30 : 1;
    return type === 'ping' || isBareError(event) ? 1 : 0;
  },
  start(event) {
    const state = {
      tracker: createPartTracker(event),
      blocks: new Map(),
      started: false,
      lastIndex: -1,
      length: 0,
    };
    take(state, event);
    return state;
  },
  step(state, event) {
    const { tracker } = state;
    const opens = textOf(objectOf(event.json)?.['type']) === 'message_start';
    if (opens && (state.started || state.blocks.size > 0 || tracker.hasError)) return 'next';
    if (tracker.isDone && isBareError(event)) return 'next';
    take(state, event);
    return state;
  },
  view: (state, streamEnded) => state.tracker.view(anthropicMessages.id, streamEnded),
};

/** The one choice; opened by the first event that says something about it. */
function choiceOf(state: AnthropicState): ChoiceDraft {
  return state.tracker.choice(0);
}

function take(state: AnthropicState, event: DialectEvent): void {
  const { tracker } = state;
  tracker.take(event);
  const error = providerErrorOf(event);
  if (error !== undefined) return tracker.fail(error, event);
  const json = objectOf(event.json);
  if (!json) {
    return tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  }
  switch (json['type']) {
    case 'message_start':
      return takeMessage(state, objectOf(json['message']) ?? {}, event);
    case 'content_block_start':
      return startBlock(state, slotOf(json['index']), objectOf(json['content_block']) ?? {}, event);
    case 'content_block_delta':
      return takeDelta(state, slotOf(json['index']), objectOf(json['delta']) ?? {}, event);
    case 'content_block_stop':
      return stopBlock(state, slotOf(json['index']), event);
    case 'message_delta': {
      const reason = textOf(objectOf(json['delta'])?.['stop_reason']);
      if (reason !== '') tracker.finish(choiceOf(state), reason, event);
      takeMessageFacts(choiceOf(state), objectOf(json['delta']) ?? {}, event);
      takeMessageFacts(choiceOf(state), json, event);
      return takeUsage(tracker, json['usage'], event);
    }
    case 'message_stop':
      return tracker.done(event);
    case 'ping':
      return;
    default:
      return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
  }
}

function takeMessage(state: AnthropicState, message: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = choiceOf(state);
  state.started = true;
  tracker.head.id ??= textOf(message['id']) || null;
  tracker.head.model ??= textOf(message['model']) || null;
  if (choice.role === '') choice.role = textOf(message['role']);
  takeUsage(tracker, message['usage'], event);
  takeMessageFacts(choice, message, event);
  for (const block of listOf(message['content'])) startBlock(state, null, objectOf(block) ?? {}, event);
  const reason = textOf(message['stop_reason']);
  if (reason !== '') tracker.finish(choice, reason, event);
}

/** Later usage overwrites field by field; a null says nothing. */
function takeUsage(tracker: PartTracker, value: unknown, event: DialectEvent): void {
  const usage = objectOf(value);
  if (!usage) return;
  takeUsageTelling(tracker, usage, event);
  const news = Object.entries(usage).filter(([, amount]) => amount !== null);
  tracker.usage = Object.fromEntries([...Object.entries(tracker.usage ?? {}), ...news]);
}

function startBlock(state: AnthropicState, slot: number | null, from: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = choiceOf(state);
  const index = slot ?? state.lastIndex + 1;
  const type = textOf(from['type']);
  if (state.blocks.has(index)) {
    tracker.diagnose('block-restarted', `Content block ${index} was started twice.`, event);
  }
  state.lastIndex = index;
  const block: Block = {
    type,
    call: openCall(state, from, event),
    startText: '',
    hasWholeInput: false,
    start: state.length,
    citations: [],
  };
  state.blocks.set(index, block);
  if (block.call) {
    const input = objectOf(from['input']);
    block.hasWholeInput = input !== null && Object.keys(input).length > 0;
    if (block.hasWholeInput) tracker.appendArguments(block.call, jsonTextOf(input), event);
    return;
  }
  block.startText = textOf(from[type === 'thinking' ? 'thinking' : 'text']);
  takeBlockStart(tracker, choice, index, from, event);
  if (type === 'text') say(state, block.startText, event);
  for (const value of wholeCitations(from)) citeIn(state, block, value, event);
  if (type === 'thinking') tracker.append(choice, 'reasoning', block.startText, event);
}

/** A call for every kind of tool block: tool_use, server_tool_use, mcp_tool_use. A block that starts again opens a new one. */
function openCall(state: AnthropicState, from: JsonObject, event: DialectEvent): ToolCallDraft | null {
  const type = textOf(from['type']);
  if (!type.endsWith('tool_use')) return null;
  const index = choiceOf(state).tools.calls.length;
  const call = choiceOf(state).tools.find({ index, id: '', name: '' }, event.seq);
  call.id = textOf(from['id']) || null;
  call.name = textOf(from['name']);
  call.type = type;
  state.tracker.noteToolCall(event);
  return call;
}

function takeDelta(state: AnthropicState, slot: number | null, delta: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = choiceOf(state);
  const index = slot ?? Math.max(0, state.lastIndex);
  const block = state.blocks.get(index);
  const type = textOf(delta['type']);
  if (!block && type !== 'input_json_delta') {
    tracker.diagnose(
      'block-not-started',
      `Content block ${index} was not started.`,
      event,
      `not-started ${index}`,
    );
  }
  switch (type) {
    case 'text_delta':
      return say(state, unrepeated(block, textOf(delta['text'])), event);
    case 'thinking_delta':
      return tracker.append(choice, 'reasoning', unrepeated(block, textOf(delta['thinking'])), event);
    case 'input_json_delta': {
      const call = block?.call;
      if (!call) return tracker.diagnose('no-tool-call', 'Tool input outside a tool call.', event);
      const piece = textOf(delta['partial_json']);
      if (block.hasWholeInput && piece !== '') {
        block.hasWholeInput = false;
        call.arguments.pieces = [];
        call.arguments.seqs = [];
      }
      return tracker.appendArguments(call, piece, event);
    }
    case 'signature_delta':
      return takeSignature(choice, index, delta['signature'], event);
    case 'citations_delta':
      return citeIn(state, block, delta['citation'], event);
    case 'compaction_delta':
      return choice.rich.keep('compaction', delta['content'], event);
    default:
      return tracker.diagnose('unknown-delta', `A delta of the unknown type "${type}".`, event);
  }
}

/** The text without what a proxy says twice: the block's first text again in its first delta. */
function unrepeated(block: Block | undefined, text: string): string {
  if (!block || block.startText === '' || text === '') return text;
  const isRepeated = block.startText === text;
  block.startText = '';
  return isRepeated ? '' : text;
}

function say(state: AnthropicState, text: string, event: DialectEvent): void {
  state.length += text.length;
  state.tracker.append(choiceOf(state), 'content', text, event);
}

function citeIn(state: AnthropicState, block: Block | undefined, value: unknown, event: DialectEvent): void {
  const citation = cite(choiceOf(state), value, block?.start ?? state.length, event);
  if (citation) block?.citations.push(citation);
}

function stopBlock(state: AnthropicState, slot: number | null, event: DialectEvent): void {
  const block = state.blocks.get(slot ?? state.lastIndex);
  for (const citation of block?.citations ?? []) citation.end = state.length;
  const call = block?.call;
  // A tool without arguments streams no JSON at all; its input is the empty object.
  if (call?.arguments.pieces.length === 0) {
    call.arguments.pieces.push('{}');
    call.arguments.seqs.push(event.seq);
  }
}
