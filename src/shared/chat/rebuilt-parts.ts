/**
 * What a choice holds besides text and tool calls as plain JSON values: the keys that a rebuilt choice has only when there is
 * something to say (docs/formats.md). Sound and images are told by their size; their bytes are in the events.
 */
import type { Choice, Completion, ToolCall } from './completion.ts';
import { jsonTextOf } from './json-read.ts';
import type { ProviderFact, TokenAlternative, TokenLogprobs } from './parts.ts';
import { base64Length } from './rich-parts.ts';

export interface RebuiltToken {
  readonly token: string;
  readonly logprob: number;
  readonly alternatives: readonly TokenAlternative[];
}

export interface RebuiltParts {
  readonly citations?: readonly {
    readonly kind: string;
    readonly title: string;
    readonly url: string;
    readonly text: string;
    readonly start: number | null;
    readonly end: number | null;
    readonly seq: number;
  }[];
  readonly logprobs?: {
    readonly content: readonly RebuiltToken[];
    readonly refusal: readonly RebuiltToken[];
  };
  readonly audio?: {
    readonly id: string | null;
    readonly format: string | null;
    readonly bytes: number;
    readonly transcript: string;
  };
  readonly images?: readonly {
    readonly format: string | null;
    readonly url: string;
    readonly bytes: number;
    readonly prompt: string;
    readonly isComplete: boolean;
    readonly seqs: readonly number[];
  }[];
  readonly reasoningDetails?: readonly {
    readonly kind: string;
    readonly text: string;
    readonly signature: string | null;
    readonly data: string | null;
  }[];
  readonly otherParts?: readonly { readonly type: string; readonly value: unknown; readonly seq: number }[];
  readonly facts?: readonly ProviderFact[];
}

export interface RebuiltTelling {
  readonly facts?: readonly ProviderFact[];
  readonly serverTimings?: Completion['serverTimings'];
}

export interface RebuiltToolExtras {
  readonly results?: readonly unknown[];
  readonly status?: string;
  readonly signature?: string;
}

/** A provider's value as it is, unless it is nested too deeply to be written down again. */
export function printable(value: unknown): unknown {
  return value !== null && jsonTextOf(value) === '' ? 'A value nested too deeply to be shown' : value;
}

export function rebuiltParts(choice: Choice): RebuiltParts {
  const { citations, contentLogprobs, refusalLogprobs, audio, images, reasoningDetails, otherParts } = choice;
  return {
    ...(citations.length > 0 && {
      citations: citations.map(({ kind, title, url, text, start, end, seq }) => {
        return { kind, title, url, text, start, end, seq };
      }),
    }),
    ...(contentLogprobs.tokens.length + refusalLogprobs.tokens.length > 0 && {
      logprobs: { content: tokensOf(contentLogprobs), refusal: tokensOf(refusalLogprobs) },
    }),
    ...(audio && {
      audio: {
        id: audio.id,
        format: audio.format,
        bytes: audio.byteLength,
        transcript: audio.transcript.pieces.join(''),
      },
    }),
    ...(images.length > 0 && {
      images: images.map(({ data, format, url, prompt, isComplete, seqs }) => {
        return { format, url, bytes: base64Length(data), prompt, isComplete, seqs: [...seqs] };
      }),
    }),
    ...(reasoningDetails.length > 0 && {
      reasoningDetails: reasoningDetails.map(({ kind, text, signature, data }) => {
        return { kind, text: text.pieces.join(''), signature, data };
      }),
    }),
    ...(otherParts.length > 0 && {
      otherParts: otherParts.map((part) => ({ ...part, value: printable(part.value) })),
    }),
    ...(choice.facts.length > 0 && { facts: printableFacts(choice.facts) }),
  };
}

/** What the provider told about the whole answer. */
export function rebuiltTelling({ facts, serverTimings }: Completion): RebuiltTelling {
  return {
    ...(facts.length > 0 && { facts: printableFacts(facts) }),
    ...(serverTimings.length > 0 && { serverTimings }),
  };
}

export function rebuiltToolExtras({ results, status, signature }: ToolCall): RebuiltToolExtras {
  return {
    ...(results.length > 0 && { results: results.map(({ value }) => printable(value)) }),
    ...(status !== null && { status }),
    ...(signature !== null && { signature }),
  };
}

function printableFacts(facts: readonly ProviderFact[]): readonly ProviderFact[] {
  return facts.map((fact) => ({ ...fact, value: printable(fact.value) }));
}

function tokensOf({ tokens, logprobs, alternatives }: TokenLogprobs): RebuiltToken[] {
  return tokens.map((token, at) => ({
    token,
    logprob: logprobs[at] ?? 0,
    alternatives: alternatives[at] ?? [],
  }));
}
