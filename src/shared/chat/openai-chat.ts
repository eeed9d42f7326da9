/**
 * `chat.completion.chunk` streams of OpenAI and everybody compatible: one transcript per choice index, grown by
 * `choices[].delta`. `object` is not looked at (TGI says text_completion, Azure "") and `id` groups nothing (it rotates at
 * some providers and is "" at others). `obfuscation` and `p` are padding and are left out.
 */
import type { Completion } from './completion.ts';
import type { Dialect, DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { applyDelta } from './openai-delta.ts';
import { takeChunkFacts, takeUsageFacts } from './openai-facts.ts';
import { applyChoiceFacts } from './openai-parts.ts';
import { createPartTracker, type ChoiceDraft, type PartTracker } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';

const TERMINATOR = '[DONE]';

interface OpenAiChatState {
  readonly tracker: PartTracker;
  /** The first id; another one later may open another answer. */
  id: string;
  idRotates: boolean;
  attempt: number;
  /** An unframed sentence that nothing has followed so far: at the end of a cut stream, this is its error. */
  lastWords: DialectEvent | null;
}

export const openAiChat: Dialect<OpenAiChatState> = {
  id: 'openai-chat',
  label: 'OpenAI chat completions',
  score(event) {
    const json = objectOf(event.json);
    if (!json) return 0;
    const choices = json['choices'];
    if (Array.isArray(choices)) return scoreOfChoices(json, choices);
    if (!isBareError(event)) return 0;
    // OpenAI's own form of an error is an answer in itself; others count only where an answer is being written.
    return textOf(objectOf(json['error'])?.['message']) !== '' ? 10 : 1;
  },
  start(event) {
    const state: OpenAiChatState = {
      tracker: createPartTracker(event),
      id: '',
      idRotates: false,
      attempt: event.attempt,
      lastWords: null,
    };
    take(state, event);
    return state;
  },
  step(state, event) {
    if (opensAnother(state, event)) return 'next';
    take(state, event);
    return state;
  },
  view,
};

function scoreOfChoices(json: JsonObject, choices: readonly unknown[]): number {
  const choice = objectOf(choices[0]);
  if (!choice) {
    const known = json['object'] === 'chat.completion.chunk' || 'prompt_filter_results' in json;
    return known || objectOf(json['usage']) ? 60 : 0;
  }
  if (objectOf(choice['delta'])) return 90;
  if (objectOf(choice['message'])) return 80;
  // A choice with text alone is a legacy completion; with neither, Azure's filter annotating an answer of this dialect.
  if (typeof choice['text'] === 'string') return 0;
  return 'finish_reason' in choice || 'content_filter_results' in choice ? 40 : 0;
}

function opensAnother(state: OpenAiChatState, event: DialectEvent): boolean {
  const { tracker } = state;
  const choices = listOf(objectOf(event.json)?.['choices']);
  if (tracker.isDone) return choices.length > 0 || isBareError(event);
  if (choices.length === 0) return false;
  if (tracker.hasError && tracker.choices.size === 0) return true;
  const id = textOf(objectOf(event.json)?.['id']);
  if (id === '' || state.id === '' || id === state.id || state.idRotates) return false;
  return tracker.allFinished() || tracker.hasError || state.attempt !== event.attempt;
}

function take(state: OpenAiChatState, event: DialectEvent): void {
  const { tracker } = state;
  tracker.take(event);
  const json = objectOf(event.json);
  if (json && Array.isArray(json['choices'])) {
    state.lastWords = null;
    takeChunk(state, json, json['choices'], event);
  }
  if (json) takeChunkFacts(tracker, json, event);
  const error = providerErrorOf(event);
  if (error !== undefined) tracker.fail(error, event);
  else if (!json) takeText(state, event);
  else if (!Array.isArray(json['choices']) && !takeUsage(tracker, json)) {
    tracker.diagnose('not-a-chunk', 'This event has no "choices" and is not a part of the answer.', event);
  }
}

function takeChunk(
  state: OpenAiChatState,
  json: JsonObject,
  choices: readonly unknown[],
  event: DialectEvent,
): void {
  const { tracker } = state;
  const { head } = tracker;
  const id = textOf(json['id']);
  if (id !== '') {
    if (state.id === '') state.id = id;
    else if (state.id !== id) {
      state.idRotates = true;
      const message = `The id is no longer ${state.id}.`;
      tracker.diagnose('id-rotates', message, event, 'id-rotates');
    }
    head.id ??= id;
  }
  state.attempt = event.attempt;
  head.model ??= textOf(json['model']) || null;
  head.systemFingerprint ??= textOf(json['system_fingerprint']) || null;
  const created = json['created'];
  if (typeof created === 'number' && created > 0) head.created ??= created;
  for (const entry of choices) takeChoice(tracker, entry, event);
  takeUsage(tracker, json);
}

function takeChoice(tracker: PartTracker, entry: unknown, event: DialectEvent): void {
  const from = objectOf(entry);
  if (!from) {
    tracker.diagnose('bad-choice', 'An entry of "choices" is not an object.', event, 'bad-choice');
    return;
  }
  const choice = tracker.choice(slotOf(from['index']) ?? 0);
  const delta = objectOf(from['delta']) ?? wholeMessage(choice, from);
  // The reason is set first: text in the very chunk that finishes is no text after the finish.
  const reason = textOf(from['finish_reason']);
  if (reason !== '') tracker.finish(choice, reason, event);
  if (delta) applyDelta(tracker, choice, delta, event);
  applyChoiceFacts(choice, from, event);
  if (takeUsage(tracker, from)) takeUsageFacts(tracker, objectOf(from['usage']), event);
  const error = from['error'];
  if (objectOf(error)) tracker.fail(error, event);
}

/** A server that does not stream sends the message whole. Perplexity's, beside a delta, repeats everything so far. */
function wholeMessage(choice: ChoiceDraft, from: JsonObject): JsonObject | null {
  const isFresh =
    choice.content.pieces.length + choice.reasoning.pieces.length + choice.refusal.pieces.length === 0 &&
    choice.tools.calls.length === 0;
  return isFresh ? objectOf(from['message']) : null;
}

/** Usage is cumulative wherever it stands: the last one wins and nothing is added up. */
function takeUsage(tracker: PartTracker, from: JsonObject): boolean {
  const usage = objectOf(from['usage']) ?? objectOf(objectOf(from['x_groq'])?.['usage']);
  if (usage) tracker.usage = usage;
  return usage !== null;
}

function takeText(state: OpenAiChatState, event: DialectEvent): void {
  const { tracker } = state;
  const text = event.data.trim();
  if (text === TERMINATOR) {
    if (tracker.isDone) tracker.diagnose('done-twice', 'A second [DONE].', event, 'done-twice');
    else tracker.done(event);
  } else if (text === '') {
    tracker.diagnose('empty-data', 'An event with empty data.', event, 'empty-data');
  } else if (/^[[{"]/.test(text) || event.json !== undefined) {
    tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  } else {
    tracker.diagnose('plain-text', `Plain text inside the stream: ${text.slice(0, 200)}`, event);
    state.lastWords = event;
  }
}

function view(state: OpenAiChatState, streamEnded: boolean): Completion {
  const completion = state.tracker.view(openAiChat.id, streamEnded);
  if (completion.end !== 'truncated' || !state.lastWords) return completion;
  // A proxy that gives up says so in plain words and closes: those words are the error.
  return { ...completion, end: 'error', error: state.lastWords.data, endSeq: state.lastWords.seq };
}
