/**
 * The model of an exchange: what two programs said to each other over a stream, matched up. JSON-RPC requests with their
 * answers, tasks with their artifacts, runs with their steps, shared state with its patches. Everything leads back to its entry.
 *
 * A view shares its arrays and objects with the fold that made it, so they go on growing and changing in place; a view itself
 * is a fresh object each time.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { PieceText } from '../chat/completion.ts';

/** Where something is in the log. */
export interface Place {
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
}

/** A value as it was sent. */
export interface Said extends Place {
  readonly value: unknown;
}

export interface Progress extends Place {
  readonly progress: number | null;
  /** Null when the sender does not know it. */
  readonly total: number | null;
  readonly message: string;
}

/** - `waiting`: nothing came yet. - `streaming`: a part came. The others are final. */
export type RequestState = 'waiting' | 'streaming' | 'answered' | 'failed' | 'cancelled';

export interface ExchangeRequest {
  /** Who asked: `client` is who opened the stream. */
  readonly from: 'client' | 'server';
  readonly id: string | number | null;
  /** "" when the log does not have the request. */
  readonly method: string;
  /** What it is about: the name of a tool, a prompt or an operation; null when it says none. */
  readonly subject: string | null;
  readonly params: unknown;
  /** The entry that sent it; null when the log does not have it. */
  readonly sent: Place | null;
  readonly state: RequestState;
  readonly progress: readonly Progress[];
  /** Parts of the answer that came before its end, where the protocol streams them. */
  readonly parts: readonly Said[];
  /** The result, or the error when the state is `failed`. */
  readonly answer: Said | null;
  readonly cancelReason: string | null;
}

/** Something that wants no answer. */
export interface Notice extends Place {
  readonly from: 'client' | 'server';
  readonly method: string;
  readonly params: unknown;
  /** In a few words, where it says something for people. */
  readonly text: string;
}

export interface TaskStatus extends Place {
  /** As `working`, whatever the version of the protocol writes. */
  readonly state: string;
  readonly text: string;
  /** As the agent wrote it; "" when it wrote none. */
  readonly timestamp: string;
}

export interface Artifact {
  readonly id: string;
  readonly name: string;
  /** The text of all its text parts, as it grew. */
  readonly text: PieceText;
  /** Parts that are no text. */
  readonly others: readonly Said[];
  /** Updates that brought it. */
  readonly updates: number;
  /** The agent said that no more will come. */
  readonly complete: boolean;
  readonly first: Place;
}

export interface AgentMessage extends Place {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly parts: readonly unknown[];
}

export interface Task {
  readonly id: string;
  readonly contextId: string;
  readonly statuses: readonly TaskStatus[];
  readonly artifacts: readonly Artifact[];
  readonly messages: readonly AgentMessage[];
  readonly first: Place;
}

export interface StateChange extends Place {
  /** - `initial`: the state that the request brought along. - `delta`: a JSON Patch (RFC 6902). */
  readonly kind: 'initial' | 'snapshot' | 'delta';
  /** The state, or the patch. */
  readonly value: unknown;
  /** Why the patch was not applied; null when it was. */
  readonly failure: string | null;
}

export interface SharedState {
  readonly changes: readonly StateChange[];
  readonly current: unknown;
}

interface RunNodeBase {
  readonly id: string;
  readonly first: Place;
  /** The event that ended it; null while it goes on, or when none came. */
  readonly end: Place | null;
}

export interface RunGroup extends RunNodeBase {
  readonly kind: 'step' | 'subagent';
  readonly name: string;
  readonly children: readonly RunNode[];
  readonly error: string | null;
  readonly result: Said | null;
}

export interface RunText extends RunNodeBase {
  readonly kind: 'message' | 'reasoning';
  readonly role: string;
  readonly text: PieceText;
}

export interface RunToolCall extends RunNodeBase {
  readonly kind: 'tool-call';
  readonly name: string;
  readonly arguments: PieceText;
  readonly parentMessageId: string | null;
  readonly result: Said | null;
}

export interface RunActivity extends RunNodeBase {
  readonly kind: 'activity';
  readonly name: string;
  readonly state: SharedState;
}

/** What has no place of its own: custom and raw events, snapshots of the messages. */
export interface RunNote extends RunNodeBase {
  readonly kind: 'note';
  readonly name: string;
  readonly value: unknown;
}

export type RunNode = RunGroup | RunText | RunToolCall | RunActivity | RunNote;

/** - `interrupted`: it waits for the user. */
export type RunState = 'running' | 'finished' | 'interrupted' | 'cancelled' | 'failed';

export interface Run {
  readonly id: string;
  readonly threadId: string;
  readonly parentRunId: string | null;
  readonly state: RunState;
  readonly children: readonly RunNode[];
  readonly result: Said | null;
  readonly error: string | null;
  readonly usage: unknown;
  readonly first: Place;
  readonly end: Place | null;
}

/** Something worth knowing about the exchange as a whole. */
export interface ExchangeFact {
  readonly name: string;
  readonly value: string;
  readonly seq: SeqNo;
}

export interface ExchangeDiagnostic {
  readonly code: string;
  readonly message: string;
  readonly seq: SeqNo;
}

/**
 * - `open`: it goes on.
 * - `done`: everything that was asked for came.
 * - `paused`: it waits for the user.
 * - `closed`: the stream ended and nothing was outstanding.
 * - `cut`: the stream ended while something was outstanding.
 * - `error`: it ended with an error that the protocol reported.
 */
export type ExchangeEnd = 'open' | 'done' | 'paused' | 'closed' | 'cut' | 'error';

export interface Exchange {
  /** Such as "mcp". */
  readonly protocol: string;
  /** Such as "MCP". */
  readonly label: string;
  readonly facts: readonly ExchangeFact[];
  readonly requests: readonly ExchangeRequest[];
  readonly notices: readonly Notice[];
  readonly tasks: readonly Task[];
  readonly runs: readonly Run[];
  readonly state: SharedState | null;
  readonly end: ExchangeEnd;
  /** The entry that ended it; null while there is none. */
  readonly endSeq: SeqNo | null;
  readonly diagnostics: readonly ExchangeDiagnostic[];
  /** Events that belong to it. */
  readonly eventCount: number;
  readonly firstSeq: SeqNo;
  readonly lastSeq: SeqNo;
}
