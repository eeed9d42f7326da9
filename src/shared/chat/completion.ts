/** The common model of a rebuilt completion. Every piece of text leads back to the entry it came from. */
import type { SeqNo } from '../base/clock.ts';

/** Text that grew by deltas. `seqs[i]` brought `pieces[i]`. */
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
}

export interface Choice {
  readonly index: number;
  readonly role: string;
  readonly content: PieceText;
  readonly reasoning: PieceText;
  readonly refusal: PieceText;
  readonly toolCalls: readonly ToolCall[];
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
  readonly end: CompletionEnd;
  /** The provider's error as it was sent, or a sentence. */
  readonly error: unknown;
  readonly diagnostics: readonly CompletionDiagnostic[];
  readonly firstSeq: SeqNo;
  readonly lastSeq: SeqNo;
  readonly timing: CompletionTiming;
}

/** Session-clock times; null until it happened. */
export interface CompletionTiming {
  readonly firstEventMs: number | null;
  readonly firstReasoningMs: number | null;
  readonly firstContentMs: number | null;
  readonly lastContentMs: number | null;
  /** Events that carried content, reasoning, refusal or tool arguments. */
  readonly deltaCount: number;
}
