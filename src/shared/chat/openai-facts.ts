/**
 * What a chunk of OpenAI's chat format says about the whole answer: service tier, provider, cost, moderation, filters of the
 * prompt, sources (Perplexity, xAI), and what servers measured (Groq, Cerebras, llama.cpp).
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { PartTracker } from './part-tracker.ts';
import { citationOf } from './url-citation.ts';

const IDENTITY = ['service_tier', 'provider'];
/** Names under which usage tells money; OpenRouter, Perplexity, xAI. */
const COSTS = ['cost', 'cost_details', 'cost_in_usd_ticks', 'estimated_cost', 'cost_in_nano_usd'];

export function takeChunkFacts(tracker: PartTracker, json: JsonObject, event: DialectEvent): void {
  for (const name of IDENTITY) tracker.fact('identity', name, json[name], event);
  tracker.fact('moderation', 'moderation', json['moderation'], event);
  listOf(json['prompt_filter_results']).forEach((entry, at, all) => {
    const found = objectOf(objectOf(entry)?.['content_filter_results']) ?? {};
    const prompt = all.length > 1 ? ` (prompt ${slotOf(objectOf(entry)?.['prompt_index']) ?? at})` : '';
    for (const [name, value] of Object.entries(found)) {
      tracker.fact('prompt-filter', `${name}${prompt}`, value, event);
    }
  });
  const groq = objectOf(json['x_groq']);
  tracker.fact('identity', 'x_groq.id', groq?.['id'], event);
  takeUsageFacts(tracker, objectOf(groq?.['usage']), event);
  takeUsageFacts(tracker, objectOf(json['usage']), event);
  takeSeconds(tracker, objectOf(json['time_info']), event);
  takeLlamaTimings(tracker, objectOf(json['timings']), event);
  takeSources(tracker, json, event);
}

/** Costs and times that stand among the counts of tokens. */
export function takeUsageFacts(tracker: PartTracker, usage: JsonObject | null, event: DialectEvent): void {
  if (!usage) return;
  for (const name of COSTS) tracker.fact('cost', name, usage[name], event);
  takeSeconds(tracker, usage, event);
}

/** Groq and Cerebras tell seconds in fields like `queue_time`. */
function takeSeconds(tracker: PartTracker, from: JsonObject | null, event: DialectEvent): void {
  for (const [name, value] of Object.entries(from ?? {})) {
    if (name.endsWith('_time') && typeof value === 'number') tracker.serverTiming(name, value * 1000, event);
  }
}

/** llama.cpp: `prompt_ms`, `predicted_ms`, and rates. */
function takeLlamaTimings(tracker: PartTracker, from: JsonObject | null, event: DialectEvent): void {
  for (const [name, value] of Object.entries(from ?? {})) {
    if (name.endsWith('_ms')) tracker.serverTiming(name, value, event);
    else if (name.endsWith('_per_second')) tracker.fact('rate', name, value, event);
  }
}

/** The list is sent whole, again and again; search results are the same sources with titles. */
function takeSources(tracker: PartTracker, json: JsonObject, event: DialectEvent): void {
  const results = listOf(json['search_results']);
  const sources = results.length > 0 ? results : listOf(json['citations']);
  const [choice] = tracker.choices.values();
  if (sources.length === 0 || !choice) return;
  const kind = results.length > 0 ? 'search_result' : 'url';
  const all = sources.map((source) => ({
    ...citationOf(source),
    kind: textOf(objectOf(source)?.['type']) || kind,
  }));
  choice.rich.citeAll(all, event);
}
