/**
 * Gemini's Interactions: events with an `event_type`; steps (earlier: contents) go by their index. Output is the content,
 * thoughts the reasoning, every `…_call` a tool call whose `…_result` is its result. The completed interaction ends it.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { jsonTextOf, listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type PartTracker } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';
import type { ToolCallDraft } from './tool-calls.ts';
import { citationOf } from './url-citation.ts';

interface InteractionsState {
  readonly tracker: PartTracker;
  /** Types of the steps by index. */
  readonly steps: Map<number, string>;
  readonly calls: Map<number, ToolCallDraft>;
}

const TYPES = /^(?:interaction|step|content)\.\w+$/;

export const geminiInteractions: Dialect<InteractionsState> = {
  id: 'gemini-interactions',
  label: 'Gemini interactions',
  score(event) {
    const type = textOf(objectOf(event.json)?.['event_type']);
    if (TYPES.test(type)) return 95;
    return type === 'error' ? 40 : event.type === 'done' || isBareError(event) ? 1 : 0;
  },
  start(event) {
    const state = { tracker: createPartTracker(event), steps: new Map(), calls: new Map() };
    take(state, event);
    return state;
  },
  step(state, event) {
    const type = textOf(objectOf(event.json)?.['event_type']);
    const opens = type === 'interaction.created' || type === 'interaction.start';
    if (opens && (state.tracker.isDone || state.tracker.hasError || state.steps.size > 0)) return 'next';
    take(state, event);
    return state;
  },
  view: (state, streamEnded) => state.tracker.view(geminiInteractions.id, streamEnded),
};

function take(state: InteractionsState, event: DialectEvent): void {
  const { tracker } = state;
  tracker.take(event);
  const error = providerErrorOf(event);
  if (error !== undefined) return tracker.fail(error, event);
  const json = objectOf(event.json);
  if (!json) return takeText(tracker, event);
  const index = slotOf(json['index']) ?? 0;
  switch (json['event_type']) {
    case 'step.start':
    case 'content.start': {
      const step = objectOf(json['step']) ?? objectOf(json['content']) ?? {};
      state.steps.set(index, textOf(step['type']));
      return takeNews(state, index, step, event);
    }
    case 'step.delta':
    case 'content.delta':
      return takeNews(state, index, objectOf(json['delta']) ?? {}, event);
    case 'step.stop':
    case 'content.stop':
      return;
    default:
      if (!textOf(json['event_type']).startsWith('interaction.')) {
        return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
      }
      return takeInteraction(tracker, json, event);
  }
}

function takeText(tracker: PartTracker, event: DialectEvent): void {
  if (event.data.trim() !== '[DONE]') {
    tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  } else if (!tracker.isDone) {
    tracker.diagnose('early-done', '[DONE] came before the end of the answer.', event, 'early-done');
  }
}

function takeInteraction(tracker: PartTracker, json: JsonObject, event: DialectEvent): void {
  const interaction = objectOf(json['interaction']) ?? {};
  const choice = tracker.choice(0);
  choice.role ||= 'model';
  tracker.head.id ??= textOf(interaction['id']) || textOf(json['interaction_id']) || null;
  tracker.head.model ??= textOf(interaction['model']) || null;
  const created = Date.parse(textOf(interaction['created']));
  if (!Number.isNaN(created)) tracker.head.created ??= Math.floor(created / 1000);
  tracker.usage = objectOf(interaction['usage']) ?? tracker.usage;
  tracker.fact('identity', 'service_tier', interaction['service_tier'], event);
  const type = textOf(json['event_type']);
  if (type !== 'interaction.completed' && type !== 'interaction.complete') return;
  const status = textOf(interaction['status']);
  if (status === 'failed') tracker.fail(interaction['error'] ?? 'The interaction failed.', event);
  tracker.finish(choice, status || 'completed', event);
  tracker.done(event);
}

/** What a step begins with, or a delta of it. */
function takeNews(state: InteractionsState, index: number, news: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = tracker.choice(0);
  const type = textOf(news['type']);
  const data = textOf(news['data']);
  const format = textOf(news['mime_type']);
  if (type === 'text') {
    const slot = state.steps.get(index) === 'thought' ? 'reasoning' : 'content';
    tracker.append(choice, slot, textOf(news['text']), event);
  } else if (type === 'thought_summary') {
    tracker.append(choice, 'reasoning', textOf(objectOf(news['content'])?.['text']), event);
  } else if (type === 'image' && data !== '') {
    choice.rich.see(String(choice.rich.images.length), { format, data, isComplete: true }, event);
  } else if (type === 'audio' && data !== '') choice.rich.hear({ format, data }, event);
  else if (type === 'arguments_delta' || type.endsWith('_call')) takeCall(state, index, news, event);
  else if (type.endsWith('_result')) takeResult(state, news, event);
  else if (
    type !== '' &&
    !['thought', 'model_output', 'thought_signature', 'text_annotation'].includes(type)
  ) {
    choice.rich.keep(type, news, event);
  }
  for (const annotation of listOf(news['annotations'])) choice.rich.cite(citationOf(annotation), event);
  const signature = textOf(news['signature']);
  const call = state.calls.get(index);
  if (signature !== '' && call) call.signature = signature;
  else if (signature !== '')
    choice.rich.detail(String(index), { kind: 'thought_signature', signature }, event);
}

function takeCall(state: InteractionsState, index: number, news: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const { tools } = tracker.choice(0);
  let call = state.calls.get(index);
  if (!call) {
    call = tools.find({ index: tools.calls.length, id: '', name: '' }, event.seq);
    state.calls.set(index, call);
    tracker.noteToolCall(event);
  }
  const type = textOf(news['type']);
  if (type.endsWith('_call')) call.type = type;
  call.id = textOf(news['id']) || call.id;
  call.name = textOf(news['name']) || call.name || call.type.replace(/_call$/, '');
  const input = news['arguments'] ?? news['partial_arguments'];
  const isEmpty = objectOf(input) !== null && Object.keys(objectOf(input) ?? {}).length === 0;
  if (input === undefined || input === null || isEmpty) return;
  tracker.appendArguments(call, typeof input === 'string' ? input : jsonTextOf(input), event);
}

function takeResult(state: InteractionsState, news: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const id = textOf(news['call_id']);
  const call = tracker.choice(0).tools.calls.find((other) => id !== '' && other.id === id);
  if (call) tracker.addResult(call, news['result'] ?? news, event);
  else tracker.choice(0).rich.keep(textOf(news['type']), news, event);
}
