/** The common model of a rebuilt completion. Every piece of text leads back to the entry it came from. */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type {
  AudioPart,
  Citation,
  ImagePart,
  OtherPart,
  ProviderFact,
  ReasoningDetail,
  ServerTiming,
  Sourced,
  TokenLogprobs,
} from './parts.ts';

/**
 * Text that grew by deltas: `seqs[i]` brought `pieces[i]`. Pieces are never empty. A view shares these arrays with the fold
 * that made it, so they go on growing; read them up to the length they have when you look.
 */
export interface PieceText {
  readonly pieces: readonly string[];
  readonly seqs: readonly SeqNo[];
}

export interface ToolCall {
  /** The vendor's slot, or the order of appearance when it sends none. */
  readonly index: number;
  readonly id: string | null;
  readonly type: string;
  readonly name: string;
  /** JSON text as it was streamed; may be incomplete while it streams. */
  readonly arguments: PieceText;
  /** First entry that mentioned the call. */
  readonly seq: SeqNo;
  /** What the tool answered, where the server itself ran it: results as they were sent, in their order. */
  readonly results: readonly Sourced[];
  /** The server's word for how far the call is, such as "in_progress"; null when it says nothing. */
  readonly status: string | null;
  /** The provider's signature of the call; null when it has none. */
  readonly signature: string | null;
}

export interface Choice {
  readonly index: number;
  readonly role: string;
  readonly content: PieceText;
  readonly reasoning: PieceText;
  readonly refusal: PieceText;
  /** By index. */
  readonly toolCalls: readonly ToolCall[];
  readonly citations: readonly Citation[];
  readonly contentLogprobs: TokenLogprobs;
  readonly refusalLogprobs: TokenLogprobs;
  readonly audio: AudioPart | null;
  readonly images: readonly ImagePart[];
  readonly reasoningDetails: readonly ReasoningDetail[];
  readonly otherParts: readonly OtherPart[];
  /** What the provider says about this choice alone, such as what its content filters found. */
  readonly facts: readonly ProviderFact[];
  readonly finishReason: string | null;
  readonly finishSeq: SeqNo | null;
}

/** Something odd, with the entry that shows it. */
export interface CompletionDiagnostic {
  readonly code: string;
  readonly message: string;
  readonly seq: SeqNo;
}

/**
 * - `streaming`: no end seen yet.
 * - `done`: the dialect's terminator came (`[DONE]`).
 * - `complete`: every choice has its finish reason, and the stream ended without the terminator.
 * - `truncated`: the stream ended before that.
 * - `error`: the provider reported an error inside the stream.
 */
export type CompletionEnd = 'streaming' | 'done' | 'complete' | 'truncated' | 'error';

export interface Completion {
  /** Dialect id, such as "openai-chat". */
  readonly dialect: string;
  readonly id: string | null;
  readonly model: string | null;
  readonly created: number | null;
  readonly systemFingerprint: string | null;
  readonly choices: readonly Choice[];
  /** The provider's usage object as it was last sent. */
  readonly usage: Readonly<Record<string, unknown>> | null;
  /** The entry that brought that usage. */
  readonly usageSeq: SeqNo | null;
  /** Service tier, provider, cost, content filters, moderation: what the provider says besides. */
  readonly facts: readonly ProviderFact[];
  /** Durations that the server measured itself. */
  readonly serverTimings: readonly ServerTiming[];
  readonly end: CompletionEnd;
  /** The provider's error as it was sent, or a sentence. */
  readonly error: unknown;
  /** The entry that ended it: the terminator or the error. Null while there is none. */
  readonly endSeq: SeqNo | null;
  readonly diagnostics: readonly CompletionDiagnostic[];
  /** Entries between its first and last that hold lines outside of any event. */
  readonly unframedSeqs: readonly SeqNo[];
  /** Events that belong to this completion, the terminator included. */
  readonly eventCount: number;
  readonly firstSeq: SeqNo;
  readonly lastSeq: SeqNo;
  readonly timing: CompletionTiming;
}

/** Session-clock times; null until it happened. A delta is an event that carried content, reasoning, refusal or a tool call. */
export interface CompletionTiming {
  readonly firstEventMs: MonotonicMs | null;
  readonly firstReasoningMs: MonotonicMs | null;
  readonly firstReasoningSeq: SeqNo | null;
  /** The first event that carried a part of the answer: content, refusal or a tool call, but not reasoning. */
  readonly firstContentMs: MonotonicMs | null;
  readonly firstContentSeq: SeqNo | null;
  /** The last delta of any sort. */
  readonly lastContentMs: MonotonicMs | null;
  /** The last event of any sort, the terminator included. */
  readonly lastEventMs: MonotonicMs | null;
  readonly deltaCount: number;
  /** One a delta, in order; shared with the fold like the pieces of a text. */
  readonly deltaSeqs: readonly SeqNo[];
  /** `deltaAtMs[i]` is when entry `deltaSeqs[i]` came. */
  readonly deltaAtMs: readonly MonotonicMs[];
}
