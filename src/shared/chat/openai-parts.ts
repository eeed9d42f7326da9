/**
 * What compatible providers put into a `delta` or a choice besides text and tool calls: sound, images, annotations, details of
 * reasoning, tools that the server ran (Groq), and what content filters found (Azure).
 */
import { dataUrlOf } from './data-url.ts';
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import { applyLogprobs } from './token-logprobs.ts';
import { citationOf } from './url-citation.ts';

/** Fields of a choice that say something about its end; kept under their own names. */
const CHOICE_FACTS = ['native_finish_reason', 'stop_reason', 'matched_stop', 'content_filter_offsets'];

export function applyParts(
  tracker: PartTracker,
  choice: ChoiceDraft,
  delta: JsonObject,
  event: DialectEvent,
): void {
  const { rich } = choice;
  for (const annotation of listOf(delta['annotations'])) rich.cite(citationOf(annotation), event);
  for (const image of listOf(delta['images'])) applyImage(choice, objectOf(image) ?? {}, event);
  listOf(delta['reasoning_details']).forEach((entry) => applyDetail(choice, objectOf(entry) ?? {}, event));
  for (const entry of listOf(delta['executed_tools'])) applyExecuted(tracker, choice, objectOf(entry), event);
  const audio = objectOf(delta['audio']);
  if (audio) {
    const news = { id: textOf(audio['id']), format: textOf(audio['format']) };
    rich.hear({ ...news, data: textOf(audio['data']), transcript: textOf(audio['transcript']) }, event);
  }
  applySignature(choice, delta, event);
}

/** What stands in the choice beside its delta. */
export function applyChoiceFacts(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void {
  applyLogprobs(choice, from['logprobs'], event);
  for (const name of CHOICE_FACTS) choice.facts.note('other', name, from[name], event);
  for (const [name, found] of Object.entries(objectOf(from['content_filter_results']) ?? {})) {
    choice.facts.note('filter', name, found, event);
  }
}

/** `{image_url: {url}}`; most URLs are data URLs. What is not is never fetched. */
export function applyImage(choice: ChoiceDraft, image: JsonObject, event: DialectEvent): void {
  const url = textOf(objectOf(image['image_url'])?.['url']) || textOf(image['image_url']);
  if (url === '') return choice.rich.keep('image', image, event);
  const key = String(slotOf(image['index']) ?? choice.rich.images.length);
  const data = dataUrlOf(url);
  choice.rich.see(key, data ? { ...data, isComplete: true } : { url, isComplete: true }, event);
}

function applyDetail(choice: ChoiceDraft, detail: JsonObject, event: DialectEvent): void {
  const kind = textOf(detail['type']);
  const key = `${String(slotOf(detail['index']) ?? textOf(detail['id']))} ${kind}`;
  const news = {
    kind,
    text: textOf(detail['text']) || textOf(detail['summary']),
    signature: textOf(detail['signature']),
    data: textOf(detail['data']),
  };
  choice.rich.detail(key, news, event);
}

/** Gemini's OpenAI surface signs thoughts; a signature beside no call belongs to the text. */
function applySignature(choice: ChoiceDraft, delta: JsonObject, event: DialectEvent): void {
  const signature = signatureOf(delta);
  if (signature !== '') choice.rich.detail('thought', { kind: 'thought_signature', signature }, event);
}

export function signatureOf(from: JsonObject): string {
  return textOf(objectOf(objectOf(from['extra_content'])?.['google'])?.['thought_signature']);
}

/** A tool that the server ran itself, told again as a whole with what is new; it takes the place of what was told before. */
function applyExecuted(
  tracker: PartTracker,
  choice: ChoiceDraft,
  entry: JsonObject | null,
  event: DialectEvent,
): void {
  if (!entry) return;
  const id = `executed ${String(slotOf(entry['index']) ?? 0)}`;
  const call = choice.tools.find({ index: null, id, name: '' }, event.seq);
  call.type = 'executed_tool';
  call.name = textOf(entry['type']) || call.name;
  const input = textOf(entry['arguments']);
  if (call.arguments.pieces.length === 0) tracker.appendArguments(call, input, event);
  call.results.length = 0;
  for (const field of ['output', 'search_results', 'code_results', 'browser_results']) {
    const value = entry[field];
    const isEmpty = objectOf(value) && listOf(objectOf(value)?.['results']).length === 0;
    if (value !== '' && !isEmpty) tracker.addResult(call, value, event);
  }
  tracker.noteToolCall(event);
}
