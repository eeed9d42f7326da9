/**
 * Anthropic's content besides text and tool calls: signatures, redacted thinking, citations, results of tools that the server
 * ran, and what a message says about itself. Blocks of kinds that are not known are kept word for word.
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import type { Citation } from './parts.ts';
import type { CitationNews, Mutable } from './rich-parts.ts';

/** Blocks whose content the lanes show. */
const IN_LANES = new Set(['text', 'thinking']);
const MESSAGE_FACTS = ['stop_sequence', 'stop_details', 'container', 'context_management'];

/** What a block that is no tool call begins with. */
export function takeBlockStart(
  tracker: PartTracker,
  choice: ChoiceDraft,
  index: number,
  block: JsonObject,
  event: DialectEvent,
): void {
  const type = textOf(block['type']);
  if (type === 'redacted_thinking') {
    return choice.rich.detail(String(index), { kind: type, data: textOf(block['data']) }, event);
  }
  if (type === 'thinking') return takeSignature(choice, index, block['signature'], event);
  if (type.endsWith('tool_result')) return takeResult(tracker, choice, type, block, event);
  if (!IN_LANES.has(type)) choice.rich.keep(type || 'block', block, event);
}

export function takeSignature(
  choice: ChoiceDraft,
  index: number,
  signature: unknown,
  event: DialectEvent,
): void {
  if (textOf(signature) === '') return;
  choice.rich.detail(String(index), { kind: 'thinking', signature: textOf(signature) }, event);
}

function takeResult(
  tracker: PartTracker,
  choice: ChoiceDraft,
  type: string,
  block: JsonObject,
  event: DialectEvent,
): void {
  const id = textOf(block['tool_use_id']);
  const call = choice.tools.calls.findLast((other) => other.id !== null && other.id === id);
  if (!call) return choice.rich.keep(type, block, event);
  tracker.addResult(call, block['content'] ?? block, event);
  call.status = block['is_error'] === true ? 'error' : 'completed';
}

/** A citation stands for its whole block of text; where that ends is known at the block's end. */
export function cite(
  choice: ChoiceDraft,
  value: unknown,
  start: number,
  event: DialectEvent,
): Mutable<Citation> | null {
  const from = objectOf(value) ?? {};
  const news: CitationNews = {
    kind: textOf(from['type']) || 'citation',
    title: textOf(from['title']) || textOf(from['document_title']),
    url: textOf(from['url']) || textOf(from['source']),
    text: textOf(from['cited_text']),
    start,
    value,
  };
  return choice.rich.cite(news, event);
}

/** Citations that came whole with their block. */
export function wholeCitations(block: JsonObject): readonly unknown[] {
  return listOf(block['citations']);
}

/** `from` is a message, or the delta of one. */
export function takeMessageFacts(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void {
  for (const name of MESSAGE_FACTS) choice.facts.note('other', name, from[name], event);
}

export function takeUsageTelling(tracker: PartTracker, usage: JsonObject, event: DialectEvent): void {
  tracker.fact('identity', 'service_tier', usage['service_tier'], event);
  tracker.fact('identity', 'inference_geo', usage['inference_geo'], event);
}
