/**
 * What a Gemini candidate brings besides text and calls: sound, images and files that the model made, sources (grounding,
 * citations), probabilities of tokens, safety ratings, and signatures of thoughts.
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import type { FactKind } from './parts.ts';
import type { CitationNews } from './rich-parts.ts';

const CANDIDATE_FACTS = [
  'finishMessage',
  'avgLogprobs',
  'tokenCount',
  'urlContextMetadata',
  'url_context_metadata',
];

/** `inlineData`: what the model made, in base64. */
export function takeInline(choice: ChoiceDraft, data: JsonObject, event: DialectEvent): void {
  const format = textOf(data['mimeType']);
  const bytes = textOf(data['data']);
  if (format.startsWith('audio/')) return choice.rich.hear({ format, data: bytes }, event);
  if (!format.startsWith('image/')) return choice.rich.keep('inlineData', data, event);
  choice.rich.see(String(choice.rich.images.length), { format, data: bytes, isComplete: true }, event);
}

/** A signature may sit on a part of any kind, an empty text among them. */
export function takeThoughtSignature(choice: ChoiceDraft, part: JsonObject, event: DialectEvent): void {
  const signature = textOf(part['thoughtSignature']);
  if (signature === '') return;
  const key = String(choice.rich.details.length);
  choice.rich.detail(key, { kind: 'thought_signature', signature }, event);
}

export function takeCandidateFacts(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void {
  for (const name of CANDIDATE_FACTS) choice.facts.note('other', name, from[name], event);
  takeRatings(from['safetyRatings'], (name, value) => choice.facts.note('filter', name, value, event));
  const grounding = objectOf(from['groundingMetadata']);
  if (grounding) takeGrounding(choice, grounding, event);
  const cited = objectOf(from['citationMetadata']);
  for (const source of listOf(cited?.['citationSources'] ?? cited?.['citations'])) {
    choice.rich.cite(citedSource(objectOf(source) ?? {}), event);
  }
  takeLogprobs(choice, objectOf(from['logprobsResult']), event);
}

export function takePromptFeedback(tracker: PartTracker, feedback: JsonObject, event: DialectEvent): void {
  takeRatings(feedback['safetyRatings'], (name, value) => tracker.fact('prompt-filter', name, value, event));
}

export function takeUsageTelling(tracker: PartTracker, usage: JsonObject, event: DialectEvent): void {
  const kind: FactKind = 'identity';
  tracker.fact(kind, 'trafficType', usage['trafficType'], event);
  tracker.fact(kind, 'serviceTier', usage['serviceTier'], event);
}

function takeRatings(ratings: unknown, note: (name: string, value: unknown) => void): void {
  for (const entry of listOf(ratings)) {
    const rating = objectOf(entry);
    if (rating) note(textOf(rating['category']) || 'rating', rating);
  }
}

/**
 * Sources with the words of the answer that they support. The places are given in bytes of a part, so only the words are
 * taken. Every chunk tells all of it; an empty one says nothing.
 */
function takeGrounding(choice: ChoiceDraft, grounding: JsonObject, event: DialectEvent): void {
  choice.facts.note('other', 'webSearchQueries', grounding['webSearchQueries'], event);
  const sources = listOf(grounding['groundingChunks']).map((chunk) => objectOf(chunk) ?? {});
  const supports = listOf(grounding['groundingSupports']);
  const all = supports.flatMap((entry): CitationNews[] => {
    const support = objectOf(entry) ?? {};
    const text = textOf(objectOf(support['segment'])?.['text']);
    return listOf(support['groundingChunkIndices']).flatMap((index) => {
      const source = sources[slotOf(index) ?? -1];
      return source ? [{ ...groundingSource(source), text, value: support }] : [];
    });
  });
  const news = all.length > 0 ? all : sources.map(groundingSource);
  if (news.length > 0) choice.rich.citeAll(news, event);
}

function groundingSource(chunk: JsonObject): CitationNews {
  const kind =
    ['web', 'retrievedContext', 'maps', 'image'].find((name) => objectOf(chunk[name])) ?? 'grounding';
  const source = objectOf(chunk[kind]) ?? {};
  return { kind, title: textOf(source['title']), url: textOf(source['uri']), value: chunk };
}

function citedSource(source: JsonObject): CitationNews {
  return {
    kind: 'citation',
    title: textOf(source['title']) || textOf(source['license']),
    url: textOf(source['uri']),
    value: source,
  };
}

function takeLogprobs(choice: ChoiceDraft, result: JsonObject | null, event: DialectEvent): void {
  const tops = listOf(result?.['topCandidates']);
  listOf(result?.['chosenCandidates']).forEach((entry, at) => {
    const chosen = tokenOf(entry);
    if (!chosen) return;
    const others = listOf(objectOf(tops[at])?.['candidates']).flatMap((other) => tokenOf(other) ?? []);
    choice.rich.logprob('content', chosen.token, chosen.logprob, others, event);
  });
}

function tokenOf(entry: unknown): { readonly token: string; readonly logprob: number } | null {
  const from = objectOf(entry);
  const logprob = from?.['logProbability'];
  return from && typeof logprob === 'number' ? { token: textOf(from['token']), logprob } : null;
}
