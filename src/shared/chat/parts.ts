/**
 * What an answer holds besides text and tool calls: citations, probabilities, sound, images, details of reasoning, and facts
 * that the provider told about it. Types only. Each part names the entry that brought it (llm-dialects.md).
 */
import type { SeqNo } from '../base/clock.ts';
import type { PieceText } from './completion.ts';

/** A provider's value as it was sent, and the entry that brought it. */
export interface Sourced<T = unknown> {
  readonly value: T;
  readonly seq: SeqNo;
}

/** A source that the answer names, or a note that the provider put to a place in it. */
export interface Citation {
  /** The provider's word for it, such as "url_citation" or "char_location"; "citation" when it has none. */
  readonly kind: string;
  /** "" where the provider told none. */
  readonly title: string;
  readonly url: string;
  /** The cited words of the source, or the words of the answer that it stands for, as the provider has it. */
  readonly text: string;
  /** Characters of the content that it stands for, `end` exclusive; null where the provider does not say. */
  readonly start: number | null;
  readonly end: number | null;
  /** As it was sent. */
  readonly value: unknown;
  readonly seq: SeqNo;
}

/** What the model might have written instead. */
export interface TokenAlternative {
  readonly token: string;
  /** Natural logarithm of its probability. */
  readonly logprob: number;
}

/**
 * Tokens with their probabilities, in the order of the text; `logprobs[i]`, `alternatives[i]` and `seqs[i]` belong to
 * `tokens[i]`. The arrays are shared with the fold and grow in place, as those of `PieceText` do.
 */
export interface TokenLogprobs {
  readonly tokens: readonly string[];
  /** Natural logarithms. */
  readonly logprobs: readonly number[];
  readonly alternatives: readonly (readonly TokenAlternative[])[];
  readonly seqs: readonly SeqNo[];
}

/** Sound that the model spoke. */
export interface AudioPart {
  readonly id: string | null;
  /** The provider's word for the format or media type, such as "pcm16", "mp3" or "audio/L16;rate=24000"; null if not told. */
  readonly format: string | null;
  /** Fragments in base64, each of which is decoded by itself (`audio-data.ts`). */
  readonly data: PieceText;
  readonly transcript: PieceText;
  /** Bytes of sound that came. */
  readonly byteLength: number;
  /** Bytes that came after the limit and were not kept (`MAX_AUDIO_CHARS`). */
  readonly droppedBytes: number;
  readonly seq: SeqNo;
}

/** An image that the model made. Of one that gets sharper step by step only the latest is kept. */
export interface ImagePart {
  /** What its events have in common: an item's index or id. */
  readonly key: string;
  /** Base64 of the latest version; "" where it is a URL. */
  readonly data: string;
  /** "" where the bytes came in the stream. Never fetched. */
  readonly url: string;
  /** Media type or the provider's word such as "png"; null if not told. */
  readonly format: string | null;
  /** The prompt as the provider rewrote it; "" when it did not. */
  readonly prompt: string;
  readonly isComplete: boolean;
  /** The entry of each version, partial ones first; the last brought what is shown. */
  readonly seqs: readonly SeqNo[];
}

/** A piece of reasoning that is more than text: signed, encrypted, redacted, or one of several summaries. */
export interface ReasoningDetail {
  readonly key: string;
  /** The provider's word for it, such as "reasoning.encrypted", "redacted_thinking" or "thought_signature". */
  readonly kind: string;
  readonly text: PieceText;
  readonly signature: string | null;
  /** Encrypted content as it was sent. */
  readonly data: string | null;
  readonly seqs: readonly SeqNo[];
}

/** A part that the model has no better place for, kept word for word: files, compactions, documents. */
export interface OtherPart {
  readonly type: string;
  readonly value: unknown;
  readonly seq: SeqNo;
}

/**
 * - `identity`: service tier, provider, version.
 * - `cost`: what the provider says it costs.
 * - `prompt-filter`, `filter`: what content filters said of the prompt and of the answer.
 * - `moderation`: what a moderation model said.
 * - `rate`: a speed that the server measured.
 * - `other`: anything else worth showing.
 */
export type FactKind = 'identity' | 'cost' | 'prompt-filter' | 'filter' | 'moderation' | 'rate' | 'other';

/** Something that the provider says about the answer, by its own name. The last value of a kind and name stands. */
export interface ProviderFact {
  readonly kind: FactKind;
  readonly name: string;
  /** As it was sent. */
  readonly value: unknown;
  readonly seq: SeqNo;
}

/** A duration that the server measured itself, such as Groq's `queue_time` or Ollama's `eval_duration`. */
export interface ServerTiming {
  /** The provider's own name. */
  readonly name: string;
  readonly valueMs: number;
  readonly seq: SeqNo;
}
