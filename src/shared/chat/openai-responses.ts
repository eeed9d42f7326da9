/**
 * OpenAI's Responses stream: typed events `response.…` build output items under their `output_index` (item ids rotate at some
 * proxies and correlate nothing). Messages are the content, reasoning items the reasoning, every `…_call` item a tool call;
 * there is one choice. Neither `event:` lines nor a `[DONE]` are relied upon: a response ends with its last snapshot.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { jsonTextOf, listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type ChoiceDraft, type PartTracker, type TextSlot } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';
import { createResponseParts, type ResponseParts } from './response-parts.ts';
import { createResponseText, type ResponseText } from './response-text.ts';
import type { ToolCallDraft } from './tool-calls.ts';

interface ResponsesState {
  readonly tracker: PartTracker;
  readonly text: ResponseText;
  readonly parts: ResponseParts;
  readonly calls: Map<number, ToolCallDraft>;
  /** By item: the kind of reasoning it has shown first. The other one tells the same in other words and is left out. */
  readonly reasoningKinds: Map<number, string>;
  lastOutput: number;
  lastNumber: number;
  attempt: number;
}

/** The texts of the common model that a kind of part belongs to. Kinds are named by the event and by the part. */
const SLOTS: ReadonlyMap<string, TextSlot> = new Map([
  ['output_text', 'content'],
  ['refusal', 'refusal'],
  ['reasoning_text', 'reasoning'],
  ['reasoning_summary_text', 'reasoning'],
  ['summary_text', 'reasoning'],
]);

/** Calls whose input is streamed as text. */
const OWN_INPUT = new Set(['function_call', 'custom_tool_call', 'mcp_call', 'code_interpreter_call']);

const SUMMARY = 'reasoning_summary_text';

/** Events that only tell how far the server is. */
const QUIET = /^(?:keepalive|response\.(?:\w+_call|mcp_list_tools|audio|audio_transcript)\..*)$/;

const SNAPSHOT = /^response\.(created|queued|in_progress|completed|incomplete|failed|cancelled)$/;
const GROWING = /^response\.(output_text|refusal|reasoning_text|reasoning_summary_text)\.(delta|done)$/;
const CALL_INPUT =
  /^response\.(?:function_call_arguments|custom_tool_call_input|mcp_call_arguments|code_interpreter_call_code)\.(delta|done)$/;
const ITEM = /^response\.output_item\.(?:added|done)$/;
const PART = /^response\.\w+_part\.(?:added|done)$/;

export const openAiResponses: Dialect<ResponsesState> = {
  id: 'openai-responses',
  label: 'OpenAI responses',
  score(event) {
    const json = objectOf(event.json);
    const type = textOf(json?.['type']);
    if (type.startsWith('response.')) return SNAPSHOT.test(type) && objectOf(json?.['response']) ? 95 : 80;
    // Its own form of an error is numbered as all of its events are.
    if (type === 'error' && slotOf(json?.['sequence_number']) !== null) return 40;
    return type === 'keepalive' || isBareError(event) ? 1 : 0;
  },
  start(event) {
    const tracker = createPartTracker(event);
    const state: ResponsesState = {
      tracker,
      text: createResponseText(tracker, () => tracker.choice(0)),
      parts: createResponseParts(tracker, () => tracker.choice(0)),
      calls: new Map(),
      reasoningKinds: new Map(),
      lastOutput: 0,
      lastNumber: -1,
      attempt: event.attempt,
    };
    take(state, event);
    return state;
  },
  step(state, event) {
    if (opensAnother(state, event)) return 'next';
    take(state, event);
    return state;
  },
  view(state, streamEnded) {
    state.text.settle();
    return state.tracker.view(openAiResponses.id, streamEnded);
  },
};

/** A stream that was resumed from its beginning brings the same id again; any other `response.created` is a new response. */
function opensAnother({ tracker }: ResponsesState, event: DialectEvent): boolean {
  const json = objectOf(event.json);
  if (json?.['type'] === 'response.created') {
    const id = textOf(objectOf(json['response'])?.['id']);
    return tracker.hasError || tracker.isDone || (tracker.head.id !== null && tracker.head.id !== id);
  }
  return tracker.isDone && isBareError(event);
}

function take(state: ResponsesState, event: DialectEvent): void {
  const { tracker } = state;
  tracker.take(event);
  const json = objectOf(event.json);
  const type = textOf(json?.['type']);
  // A snapshot carries its error inside; what else has one at the top is an error event.
  const error = type.startsWith('response.') ? undefined : providerErrorOf(event);
  const isKnown = json !== null && isRepeated(state, json, event);
  if (error !== undefined) return tracker.fail(error, event);
  if (!json) return takeText(tracker, event);
  if (isKnown) return;
  const growing = GROWING.exec(type);
  if (growing) return takeGrowing(state, growing[1] as string, growing[2] === 'done', json, event);
  const input = CALL_INPUT.exec(type);
  if (input) return takeCallInput(state, json, input[1] === 'done', event);
  const snapshot = SNAPSHOT.exec(type);
  if (snapshot) return takeSnapshot(state, snapshot[1] as string, objectOf(json['response']) ?? {}, event);
  if (ITEM.test(type)) return takeItem(state, outputOf(state, json), objectOf(json['item']) ?? {}, event);
  if (PART.test(type)) return takePart(state, outputOf(state, json), json, event);
  if (type === 'response.output_text.annotation.added') return takeAnnotation(state, json, event);
  if (state.parts.media(type, outputOf(state, json), json, event)) return;
  if (!QUIET.test(type)) {
    tracker.diagnose('unknown-event', `An event of the unknown type "${type}".`, event, `unknown ${type}`);
  }
}

function takeText(tracker: PartTracker, event: DialectEvent): void {
  // Some servers write chat's terminator after the response's own end; before it, it says that the end was forgotten.
  if (event.data.trim() !== '[DONE]') {
    tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  } else if (!tracker.isDone && !tracker.hasError) {
    tracker.diagnose('early-done', '[DONE] came before the end of the response.', event, 'early-done');
  }
}

/** A resumed stream may bring events again that came before; each counts once. */
function isRepeated(state: ResponsesState, json: JsonObject, event: DialectEvent): boolean {
  const number = slotOf(json['sequence_number']);
  const isNewAttempt = state.attempt !== event.attempt;
  if (number === null) return false;
  if (isNewAttempt && number <= state.lastNumber) return true;
  state.attempt = event.attempt;
  if (state.lastNumber < 0 && number > 0 && json['type'] !== 'response.created') {
    const message = `The stream begins with event number ${number}: what came before is not here.`;
    state.tracker.diagnose('begins-late', message, event);
  } else if (number > state.lastNumber + 1 && state.lastNumber >= 0) {
    const message = `Event number ${number} follows number ${state.lastNumber}: what came between is not here.`;
    state.tracker.diagnose('events-missing', message, event, 'events-missing');
  }
  state.lastNumber = Math.max(state.lastNumber, number);
  return false;
}

function outputOf(state: ResponsesState, json: JsonObject): number {
  state.lastOutput = slotOf(json['output_index']) ?? state.lastOutput;
  return state.lastOutput;
}

function takeGrowing(
  state: ResponsesState,
  kind: string,
  isWhole: boolean,
  json: JsonObject,
  event: DialectEvent,
): void {
  const at = slotOf(json[kind === SUMMARY ? 'summary_index' : 'content_index']) ?? 0;
  const output = outputOf(state, json);
  const text = textOf(json[isWhole ? (kind === 'refusal' ? 'refusal' : 'text') : 'delta']);
  takePartText(state, { output, at, kind, text, isWhole }, event);
  state.parts.tokens(`${output} ${at}`, json['logprobs'], isWhole, event);
}

function takeAnnotation(state: ResponsesState, json: JsonObject, event: DialectEvent): void {
  const at = slotOf(json['content_index']) ?? 0;
  const index = slotOf(json['annotation_index']) ?? 0;
  state.parts.annotate(outputOf(state, json), at, index, json['annotation'], event);
}

interface PartText {
  readonly output: number;
  readonly at: number;
  readonly kind: string;
  readonly text: string;
  readonly isWhole: boolean;
}

function takePartText(state: ResponsesState, part: PartText, event: DialectEvent): void {
  const slot = SLOTS.get(part.kind);
  if (!slot || part.text === '') return;
  if (slot === 'reasoning') {
    const shown = state.reasoningKinds.get(part.output);
    if (shown === undefined) state.reasoningKinds.set(part.output, part.kind);
    else if (shown !== part.kind) return;
  }
  const key = `${part.output} ${slot} ${part.at}`;
  if (part.isWhole) state.text.whole(key, slot, part.text, event);
  else state.text.append(key, slot, part.text, event);
}

function takePart(state: ResponsesState, output: number, json: JsonObject, event: DialectEvent): void {
  const part = objectOf(json['part']) ?? {};
  const at = slotOf(json['summary_index']) ?? slotOf(json['content_index']) ?? 0;
  takeWholePart(state, output, at, part, event);
}

function takeWholePart(
  state: ResponsesState,
  output: number,
  at: number,
  part: JsonObject,
  event: DialectEvent,
): void {
  const type = textOf(part['type']);
  const kind = type === 'summary_text' ? SUMMARY : type;
  const text = textOf(part[kind === 'refusal' ? 'refusal' : 'text']);
  takePartText(state, { output, at, kind, text, isWhole: true }, event);
  state.parts.tokens(`${output} ${at}`, part['logprobs'], true, event);
  listOf(part['annotations']).forEach((annotation, index) => {
    state.parts.annotate(output, at, index, annotation, event);
  });
}

/** An item as a whole, as far as it is known: at its start, at its end or in a snapshot. */
function takeItem(state: ResponsesState, output: number, item: JsonObject, event: DialectEvent): void {
  const type = textOf(item['type']);
  if (type.endsWith('_call')) return takeCall(state, output, item, event);
  state.parts.item(output, item, null, event);
  const choice = choiceOf(state);
  if (type === 'message' && choice.role === '') choice.role = textOf(item['role']);
  for (const field of ['content', 'summary']) {
    listOf(item[field]).forEach((part, at) => takeWholePart(state, output, at, objectOf(part) ?? {}, event));
  }
}

function takeCall(state: ResponsesState, output: number, item: JsonObject, event: DialectEvent): void {
  const call = callOf(state, output, event);
  const type = textOf(item['type']);
  call.type = type;
  call.id = textOf(item['call_id']) || call.id || textOf(item['id']) || null;
  call.name = textOf(item['name']) || call.name || type.slice(0, -'_call'.length);
  const input = ['arguments', 'input', 'code'].map((field) => textOf(item[field])).find(Boolean);
  // A tool that the server runs itself says what it did only when it is through, and some say nothing.
  const isOver = item['status'] === 'completed' && !OWN_INPUT.has(type);
  const action = isOver ? (item['action'] ?? pick(item, 'queries')) : undefined;
  state.text.wholeArguments(call, input ?? jsonTextOf(action), event);
  state.parts.item(output, item, call, event);
}

/** An object with this field alone; an empty one when it is not there. */
function pick(item: JsonObject, field: string): JsonObject {
  return item[field] === undefined ? {} : { [field]: item[field] };
}

function callOf(state: ResponsesState, output: number, event: DialectEvent): ToolCallDraft {
  let call = state.calls.get(output);
  if (!call) {
    call = choiceOf(state).tools.find({ index: output, id: '', name: '' }, event.seq);
    state.calls.set(output, call);
    state.tracker.noteToolCall(event);
  }
  return call;
}

function takeCallInput(state: ResponsesState, json: JsonObject, isWhole: boolean, event: DialectEvent): void {
  const call = callOf(state, outputOf(state, json), event);
  if (!isWhole) return state.tracker.appendArguments(call, textOf(json['delta']), event);
  const text = ['arguments', 'input', 'code'].map((field) => textOf(json[field])).find(Boolean);
  state.text.wholeArguments(call, text ?? '', event);
}

function takeSnapshot(state: ResponsesState, phase: string, response: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const { head } = tracker;
  const choice = choiceOf(state);
  head.id ??= textOf(response['id']) || null;
  head.model ??= textOf(response['model']) || null;
  const created = response['created_at'];
  if (typeof created === 'number' && created > 0) head.created ??= created;
  tracker.usage = objectOf(response['usage']) ?? tracker.usage;
  state.parts.snapshot(response, event);
  listOf(response['output']).forEach((item, at) => takeItem(state, at, objectOf(item) ?? {}, event));
  if (phase === 'failed') {
    // The reason was told before in an event of its own; the snapshot repeats it.
    if (!tracker.hasError) tracker.fail(response['error'] ?? 'The response failed.', event);
  } else if (phase === 'completed' || phase === 'incomplete' || phase === 'cancelled') {
    const reason = textOf(objectOf(response['incomplete_details'])?.['reason']);
    tracker.finish(choice, reason || phase, event);
    tracker.done(event);
  }
}

function choiceOf(state: ResponsesState): ChoiceDraft {
  return state.tracker.choice(0);
}
