/**
 * Gemini's `streamGenerateContent?alt=sse`: each event is a whole response whose candidates bring further parts. Text parts are
 * the content, parts marked as thought the reasoning, function calls and executed code tool calls. There is no terminator: the
 * end of the stream ends the answer. A prompt that is blocked gets no candidate at all.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { createGeminiCalls, type GeminiCalls } from './gemini-calls.ts';
import {
  takeCandidateFacts,
  takeInline,
  takePromptFeedback,
  takeThoughtSignature,
  takeUsageTelling,
} from './gemini-parts.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type ChoiceDraft, type PartTracker } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';

interface GeminiState {
  readonly tracker: PartTracker;
  readonly calls: GeminiCalls;
}

export const gemini: Dialect<GeminiState> = {
  id: 'gemini',
  label: 'Gemini',
  score(event) {
    const json = objectOf(event.json);
    if (!json) return 0;
    if (Array.isArray(json['candidates'])) return 90;
    if (objectOf(json['promptFeedback'])) return 80;
    if (objectOf(json['usageMetadata'])) return textOf(json['modelVersion']) === '' ? 20 : 70;
    if (!isBareError(event)) return 0;
    // Google's errors have a status in words, such as RESOURCE_EXHAUSTED.
    return /^[A-Z_]+$/.test(textOf(objectOf(json['error'])?.['status'])) ? 30 : 1;
  },
  start(event) {
    const tracker = createPartTracker(event);
    const state = { tracker, calls: createGeminiCalls(tracker) };
    take(state, event);
    return state;
  },
  step(state, event) {
    if (opensAnother(state.tracker, event)) return 'next';
    take(state, event);
    return state;
  },
  view: (state, streamEnded) => state.tracker.view(gemini.id, streamEnded),
};

/** Every chunk repeats the id of its response; another one after the end is another response. */
function opensAnother(tracker: PartTracker, event: DialectEvent): boolean {
  const id = textOf(objectOf(event.json)?.['responseId']);
  if (id === '' || tracker.head.id === null || id === tracker.head.id) return false;
  return tracker.allFinished() || tracker.hasError;
}

function take(state: GeminiState, event: DialectEvent): void {
  const { tracker } = state;
  const { head } = tracker;
  tracker.take(event);
  const error = providerErrorOf(event);
  if (error !== undefined) return tracker.fail(error, event);
  const json = objectOf(event.json);
  if (!json) return tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  head.id ??= textOf(json['responseId']) || null;
  head.model ??= textOf(json['modelVersion']) || null;
  head.created ??= secondsOf(json['createTime']);
  const candidates = listOf(json['candidates']);
  for (const entry of candidates) takeCandidate(state, entry, event);
  // Usage grows from chunk to chunk and each tells all of it.
  tracker.usage = objectOf(json['usageMetadata']) ?? tracker.usage;
  if (tracker.usage) takeUsageTelling(tracker, tracker.usage, event);
  const feedback = objectOf(json['promptFeedback']);
  if (feedback) takePromptFeedback(tracker, feedback, event);
  const isBlocked = feedback !== null && textOf(feedback['blockReason']) !== '';
  if (isBlocked) return tracker.fail(blockOf(feedback), event);
  if (candidates.length === 0 && !feedback && !objectOf(json['usageMetadata'])) {
    tracker.diagnose('not-a-chunk', 'This event has no "candidates" and is not a part of the answer.', event);
  }
}

/** The feedback as an error: the sentence that it has, or one that says as much. */
function blockOf(feedback: JsonObject): JsonObject {
  const reason = textOf(feedback['blockReason']);
  return { message: `The prompt was blocked: ${reason}.`, ...feedback };
}

function secondsOf(time: unknown): number | null {
  const ms = Date.parse(textOf(time));
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}

function takeCandidate(state: GeminiState, entry: unknown, event: DialectEvent): void {
  const { tracker } = state;
  const from = objectOf(entry);
  if (!from) {
    return tracker.diagnose('bad-choice', 'An entry of "candidates" is not an object.', event, 'bad-choice');
  }
  const choice = tracker.choice(slotOf(from['index']) ?? 0);
  const content = objectOf(from['content']);
  if (choice.role === '') choice.role = textOf(content?.['role']);
  const reason = textOf(from['finishReason']);
  if (reason !== '' && reason !== 'FINISH_REASON_UNSPECIFIED') {
    // Older models send the reason with every chunk; only the last one says where the answer ended.
    choice.finishSeq = null;
    tracker.finish(choice, reason, event);
  }
  for (const part of listOf(content?.['parts'])) takePart(state, choice, objectOf(part) ?? {}, event);
  takeCandidateFacts(choice, from, event);
}

function takePart(state: GeminiState, choice: ChoiceDraft, part: JsonObject, event: DialectEvent): void {
  const { tracker, calls } = state;
  const call = objectOf(part['functionCall']);
  if (call) return calls.takeCall(choice, call, textOf(part['thoughtSignature']), event);
  takeThoughtSignature(choice, part, event);
  if (typeof part['text'] === 'string') {
    return tracker.append(choice, part['thought'] === true ? 'reasoning' : 'content', part['text'], event);
  }
  const code = objectOf(part['executableCode']);
  if (code) return calls.takeCode(choice, code, event);
  const result = objectOf(part['codeExecutionResult']);
  if (result) return calls.takeCodeResult(choice, result, event);
  const inline = objectOf(part['inlineData']);
  if (inline) return takeInline(choice, inline, event);
  const [kind] = Object.keys(part).filter((key) => objectOf(part[key]) !== null);
  if (kind !== undefined) choice.rich.keep(kind, part[kind], event);
}
