/**
 * What an OpenAI response holds besides its texts and the input of calls: annotations, probabilities, sound, images, encrypted
 * reasoning, what tools of the server answered, and what the snapshots say of the whole. Items go by their output index.
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import { applyTokens } from './token-logprobs.ts';
import type { ToolCallDraft } from './tool-calls.ts';
import { citationOf } from './url-citation.ts';

/** Fields of a call's item that hold what came out of it. */
const RESULTS = ['output', 'outputs', 'results', 'error'];
/** Items that are told in a place of their own. */
const PLACED = new Set(['message', 'reasoning', '']);

export interface ResponseParts {
  /** An annotation; each counts once, however often it is told. */
  annotate(output: number, at: number, index: number, annotation: unknown, event: DialectEvent): void;
  /** The tokens of a delta, or of a part as a whole when no delta had them. */
  tokens(part: string, list: unknown, isWhole: boolean, event: DialectEvent): void;
  /** An event that is about sound or a partial image; false when it is neither. */
  media(type: string, output: number, json: JsonObject, event: DialectEvent): boolean;
  /** Takes what an item has besides text and input. `call` is null for an item that is none. */
  item(output: number, item: JsonObject, call: ToolCallDraft | null, event: DialectEvent): void;
  snapshot(response: JsonObject, event: DialectEvent): void;
}

export function createResponseParts(tracker: PartTracker, choice: () => ChoiceDraft): ResponseParts {
  const annotated = new Set<string>();
  const withTokens = new Set<string>();
  const kept = new Set<number>();
  const withImage = new Set<number>();

  const image = (
    output: number,
    from: JsonObject,
    data: string,
    isComplete: boolean,
    event: DialectEvent,
  ) => {
    // The snapshot repeats the image of the item's end.
    if (isComplete && withImage.has(output)) return;
    if (isComplete) withImage.add(output);
    const format = textOf(from['output_format']) || null;
    const prompt = textOf(from['revised_prompt']);
    const news = { data, isComplete, ...(format && { format }), ...(prompt && { prompt }) };
    choice().rich.see(String(output), news, event);
  };

  return {
    annotate(output, at, index, annotation, event) {
      const key = `${output} ${at} ${index}`;
      if (annotated.has(key)) return;
      annotated.add(key);
      choice().rich.cite(citationOf(annotation), event);
    },
    tokens(part, list, isWhole, event) {
      if (listOf(list).length === 0 || (isWhole && withTokens.has(part))) return;
      withTokens.add(part);
      applyTokens(choice(), 'content', list, event);
    },
    media(type, output, json, event) {
      if (type === 'response.audio.delta') choice().rich.hear({ data: textOf(json['delta']) }, event);
      else if (type === 'response.audio.transcript.delta' || type === 'response.audio_transcript.delta') {
        choice().rich.hear({ transcript: textOf(json['delta']) }, event);
      } else if (type === 'response.image_generation_call.partial_image') {
        image(output, json, textOf(json['partial_image_b64']), false, event);
      } else return false;
      return true;
    },
    item(output, item, call, event) {
      const type = textOf(item['type']);
      const encrypted = textOf(item['encrypted_content']);
      if (type === 'reasoning' && encrypted !== '') {
        choice().rich.detail(String(output), { kind: 'reasoning.encrypted', data: encrypted }, event);
      }
      if (type === 'image_generation_call' && textOf(item['result']) !== '') {
        image(output, item, textOf(item['result']), true, event);
      }
      if (call) return takeResults(tracker, call, item, event);
      if (PLACED.has(type) || kept.has(output) || item['status'] === 'in_progress') return;
      kept.add(output);
      choice().rich.keep(type, item, event);
    },
    snapshot(response, event) {
      tracker.fact('identity', 'service_tier', response['service_tier'], event);
      tracker.fact('identity', 'provider', response['provider'], event);
      tracker.fact('moderation', 'moderation', response['moderation'], event);
      for (const entry of listOf(response['content_filters']))
        takeFilter(tracker, objectOf(entry) ?? {}, event);
      const usage = objectOf(response['usage']);
      tracker.fact('cost', 'cost', usage?.['cost'], event);
      tracker.fact('cost', 'cost_details', usage?.['cost_details'], event);
      tracker.fact('cost', 'cost_in_usd_ticks', usage?.['cost_in_usd_ticks'], event);
      const begun = slotOf(response['created_at']);
      const over = slotOf(response['completed_at']);
      // Whole seconds are all that there is.
      if (begun !== null && over !== null) {
        tracker.serverTiming('created_at to completed_at', (over - begun) * 1000, event);
      }
    },
  };
}

/** Azure: what the filters found in the prompt and in the answer. */
function takeFilter(tracker: PartTracker, filter: JsonObject, event: DialectEvent): void {
  const kind = filter['source_type'] === 'prompt' ? 'prompt-filter' : 'filter';
  for (const [name, found] of Object.entries(objectOf(filter['content_filter_results']) ?? {})) {
    tracker.fact(kind, name, found, event);
  }
}

/** What a tool answered takes the place of what it answered before: items are told as a whole. */
function takeResults(tracker: PartTracker, call: ToolCallDraft, item: JsonObject, event: DialectEvent): void {
  call.status = textOf(item['status']) || call.status;
  const results = RESULTS.map((field) => item[field]).filter(
    (value) =>
      value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  if (results.length === 0 || results.length === call.results.length) return;
  call.results.length = 0;
  for (const value of results) tracker.addResult(call, value, event);
}
