/** One `delta` (or whole `message`) of the OpenAI chat format, with what compatible providers put into it. */
import type { DialectEvent } from './dialect.ts';
import { jsonTextOf, listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { applyImage, applyParts, signatureOf } from './openai-parts.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';

/** The legacy `function_call` has neither index nor id: this name finds its call again, and is its type. */
const FUNCTION_CALL_ID = 'function_call';

export function applyDelta(
  tracker: PartTracker,
  choice: ChoiceDraft,
  delta: JsonObject,
  event: DialectEvent,
): void {
  if (choice.role === '') choice.role = textOf(delta['role']);
  applyReasoning(tracker, choice, delta, event);
  applyContent(tracker, choice, delta['content'], event);
  tracker.append(choice, 'refusal', textOf(delta['refusal']), event);
  for (const entry of listOf(delta['tool_calls'])) applyToolCall(tracker, choice, objectOf(entry), event);
  applyFunctionCall(tracker, choice, objectOf(delta['function_call']), event);
  applyParts(tracker, choice, delta, event);
}

/** Mistral streams arrays of parts; everybody else strings. */
function applyContent(
  tracker: PartTracker,
  choice: ChoiceDraft,
  content: unknown,
  event: DialectEvent,
): void {
  if (typeof content === 'string') {
    tracker.append(choice, 'content', content, event);
    return;
  }
  for (const entry of Array.isArray(content) ? content : [content]) {
    const part = objectOf(entry);
    if (!part) continue;
    if (typeof part['text'] === 'string') tracker.append(choice, 'content', part['text'], event);
    else if ('thinking' in part) tracker.append(choice, 'reasoning', thinkingText(part['thinking']), event);
    else if (part['type'] === 'image_url') applyImage(choice, part, event);
    else if (part['type'] === 'reference') choice.rich.cite({ kind: 'reference', value: part }, event);
    else choice.rich.keep(textOf(part['type']) || 'part', part, event);
  }
}

function thinkingText(thinking: unknown): string {
  if (typeof thinking === 'string') return thinking;
  return listOf(thinking)
    .map((part) => (typeof part === 'string' ? part : textOf(objectOf(part)?.['text'])))
    .join('');
}

/**
 * `reasoning_content` and `reasoning` are two names for one text. `reasoning_details` repeats it at most providers, so it
 * speaks only in a choice that has no other source (Snowflake).
 */
function applyReasoning(
  tracker: PartTracker,
  choice: ChoiceDraft,
  delta: JsonObject,
  event: DialectEvent,
): void {
  const direct = textOf(delta['reasoning_content']) || textOf(delta['reasoning']);
  if (direct !== '') {
    choice.hasDirectReasoning = true;
    tracker.append(choice, 'reasoning', direct, event);
    return;
  }
  if (choice.hasDirectReasoning) return;
  for (const entry of listOf(delta['reasoning_details'])) {
    const detail = objectOf(entry);
    if (!detail) continue;
    tracker.append(choice, 'reasoning', textOf(detail['text']) || textOf(detail['summary']), event);
  }
}

/** Names and ids are set, not added up: some providers repeat them in every delta. */
function applyToolCall(
  tracker: PartTracker,
  choice: ChoiceDraft,
  entry: JsonObject | null,
  event: DialectEvent,
): void {
  if (!entry) return;
  const custom = objectOf(entry['custom']);
  const called = objectOf(entry['function']) ?? custom;
  const id = textOf(entry['id']);
  const name = textOf(called?.['name']);
  const call = choice.tools.find({ index: slotOf(entry['index']), id, name }, event.seq);
  if (id !== '') call.id = id;
  if (name !== '') call.name = name;
  call.signature = signatureOf(entry) || call.signature;
  call.type = textOf(entry['type']) || (custom ? 'custom' : call.type);
  tracker.noteToolCall(event);
  tracker.appendArguments(call, argumentText(custom ? custom['input'] : called?.['arguments']), event);
}

function applyFunctionCall(
  tracker: PartTracker,
  choice: ChoiceDraft,
  entry: JsonObject | null,
  event: DialectEvent,
): void {
  if (!entry) return;
  const name = textOf(entry['name']);
  const call = choice.tools.find({ index: null, id: FUNCTION_CALL_ID, name }, event.seq);
  if (name !== '') call.name = name;
  call.type = FUNCTION_CALL_ID;
  tracker.noteToolCall(event);
  tracker.appendArguments(call, argumentText(entry['arguments']), event);
}

/** Arguments come as text in pieces; some providers send the object itself. */
function argumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : jsonTextOf(value);
}
