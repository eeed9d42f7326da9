/**
 * Entries of a session's log. Frames are bytes in `wire.bin` with a record in `frames.idx`; every other entry is rare and is
 * one line of `journal.ndjson`, with a record in `frames.idx` as well, so that all entries share one numbering.
 */
import type { EpochMs, MonotonicMs, SeqNo } from '../base/clock.ts';
import type { DelaySource, Failure } from '../connection/types.ts';
import type { Framing } from '../sse/framing.ts';
import type { FrameKind } from '../sse/types.ts';
import type { ExchangeFacts } from './exchange-facts.ts';
import type { TapMarkEntry } from './tap-mark.ts';

export type HeaderPair = readonly [name: string, value: string];

/** Milliseconds since the attempt began; null when the runtime does not tell or it did not happen. */
export interface AttemptTimings {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  /** The proxy has opened the way. */
  readonly proxyMs?: number | null;
  readonly tlsMs: number | null;
  readonly headMs: number | null;
  readonly firstByteMs: number | null;
}

/** An attempt to connect begins; what is sent, with secrets redacted. */
export interface AttemptStartEntry {
  readonly kind: 'attempt-start';
  readonly attempt: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  readonly body: string;
  /** The value sent as Last-Event-ID; "" when the header was not sent. */
  readonly lastEventId: string;
  /**
   * The last event ID string in force, where a header could not carry it as it is: `lastEventId` then lacks the blanks at its ends,
   * or is "" because of a control character.
   */
  readonly heldId?: string;
  /** Why this attempt was made: "You connected", "Reconnect after the stream ended", … */
  readonly why: string;
  /** The endpoint asks not to verify the server's certificate. */
  readonly unverified?: true;
}

/** The last event ID string in force when the attempt begins, as far as it says so; null when it does not. */
export function idInForce(entry: AttemptStartEntry): string | null {
  return entry.heldId ?? (entry.lastEventId === '' ? null : entry.lastEventId);
}

/** The request goes out with an access token that was fetched for it (OAuth 2 client credentials). */
export interface TokenUsedEntry {
  readonly kind: 'token-used';
  readonly attempt: number;
  readonly tokenUrl: string;
  /** Fetched for this attempt, and not kept from before. */
  readonly fresh: boolean;
  /** The token before was answered by 401. */
  readonly again: boolean;
}

/** A redirect was followed. */
export interface RedirectEntry {
  readonly kind: 'redirect';
  readonly attempt: number;
  readonly status: number;
  readonly from: string;
  readonly to: string;
  /** The answer that redirected, and how it was asked for. Sessions of older versions do not have it. */
  readonly hop?: RedirectHop;
}

export interface RedirectHop {
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
  /** As the status line says, or "2". */
  readonly httpVersion: string;
  readonly remoteAddress: string | null;
  readonly timings: AttemptTimings;
  readonly exchange: ExchangeFacts;
}

/** A response head arrived. */
export interface ResponseHeadEntry {
  readonly kind: 'response-head';
  readonly attempt: number;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
  /** After redirects. */
  readonly url: string;
  readonly httpVersion: string;
  readonly remoteAddress: string | null;
  readonly timings: AttemptTimings;
  /** Whether the body is read as a stream; false when status or type say otherwise (the body is kept all the same). */
  readonly accepted: boolean;
  readonly exchange?: ExchangeFacts;
  /** What an accepted body is read as. Sessions of older versions do not say: they read event streams alone. */
  readonly framing?: Framing;
}

/** An attempt is over. */
export interface AttemptEndEntry {
  readonly kind: 'attempt-end';
  readonly attempt: number;
  readonly how: 'end-of-stream' | 'refused' | 'failed' | 'stopped';
  readonly failure: Failure | null;
  /** Bytes of the body as they came over the wire, before Content-Encoding was undone. */
  readonly wireBytes: number;
  /** Bytes of the decoded body. */
  readonly bodyBytes: number;
  readonly timings: AttemptTimings;
  /** Everything that is known by then, what the response head told included. */
  readonly exchange?: ExchangeFacts;
}

/** The policy decided to connect again later. */
export interface RetryScheduledEntry {
  readonly kind: 'retry-scheduled';
  readonly attempt: number;
  readonly delayMs: number;
  readonly source: DelaySource;
  readonly why: string;
}

/** The connection is over for good: the policy or the user decided so. */
export interface ConnectionClosedEntry {
  readonly kind: 'connection-closed';
  readonly attempt: number;
  readonly state: 'closed' | 'failed';
  readonly why: string;
}

/** Something about the capture itself: the disk is full, a file was repaired on opening. */
export interface CaptureNoticeEntry {
  readonly kind: 'capture-notice';
  readonly code: 'disk' | 'repaired' | 'oversize';
  readonly message: string;
}

/** A log with a budget let its oldest entries go. */
export interface EntriesDroppedEntry {
  readonly kind: 'entries-dropped';
  readonly count: number;
  readonly bytes: number;
  readonly firstKeptSeq: SeqNo;
}

/** Somebody intervened: the user, or the system on its own (the machine woke up). */
export interface SteeredEntry {
  readonly kind: 'steered';
  readonly attempt: number;
  readonly by: 'user' | 'system';
  readonly action: 'drop' | 'pause' | 'resume' | 'set-last-event-id' | 'probe';
  /** A sentence that says who did what. */
  readonly message: string;
}

/** What the ids say of an attempt that resumed the stream. A later one of the same attempt replaces it. */
export interface ResumeReportEntry {
  readonly kind: 'resume-report';
  readonly attempt: number;
  /** The newest id before the attempt, and the first one in it. */
  readonly afterId: string;
  readonly firstId: string;
  /** `numeric`: the ids count up by one, so that gaps are known exactly. */
  readonly ids: 'numeric' | 'other';
  /** Events that never came; null: the ids cannot tell. */
  readonly missing: number | null;
  /** The first of the gaps, as first and last missing id. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
  /** Events whose id an earlier attempt had brought already. */
  readonly repeated: number;
  /** The first of their ids. */
  readonly repeatedIds: readonly string[];
  /** There were more ids than are remembered: `repeated` may be too low. */
  readonly forgot: boolean;
}

/** What the endpoint asks to be alerted to happened. */
export interface AlertEntry {
  readonly kind: 'alert';
  readonly attempt: number;
  /** `off`: the alerts themselves could not go on. */
  readonly rule: 'match' | 'stall' | 'end' | 'failure' | 'check-failed' | 'off';
  /** A sentence that says what happened first. */
  readonly message: string;
  /** How many times it happened, as alerts that come close together are told as one. */
  readonly count: number;
}

export type JournalEntry =
  | AttemptStartEntry
  | TokenUsedEntry
  | RedirectEntry
  | ResponseHeadEntry
  | AttemptEndEntry
  | RetryScheduledEntry
  | ConnectionClosedEntry
  | CaptureNoticeEntry
  | EntriesDroppedEntry
  | SteeredEntry
  | ResumeReportEntry
  | TapMarkEntry
  | AlertEntry;

export type JournalKind = JournalEntry['kind'];
export type EntryKind = FrameKind | JournalKind;

/** The order is part of the capture format (record kinds 64 and up): append only. */
export const JOURNAL_KINDS: readonly JournalKind[] = [
  'attempt-start',
  'redirect',
  'response-head',
  'attempt-end',
  'retry-scheduled',
  'connection-closed',
  'capture-notice',
  'entries-dropped',
  'steered',
  'resume-report',
  'token-used',
  'tap-mark',
  'alert',
];

/** A journal entry with its place in the log. */
export interface NumberedJournalEntry {
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  readonly entry: JournalEntry;
}

/** How a session ended, in one word for lists. `live`: it has not. `interrupted`: the app ended first. */
export type SessionOutcome = 'live' | 'ended' | 'stopped' | 'failed' | 'interrupted';

/** What the user says of a session. */
export interface SessionLabels {
  readonly name: string;
  readonly tags: readonly string[];
  /** Of the session as a whole, Markdown or plain; not those on its events. */
  readonly notes: string;
  /** Nothing deletes it by itself. */
  readonly pinned: boolean;
}

/** Where a session comes from, when it was not recorded by the window itself. */
export interface SessionOrigin {
  readonly kind: 'tap' | 'import' | 'cli';
  /** Such as the name of the tap, or of the file. */
  readonly name: string;
}

/** A session as lists show it. */
export interface SessionSummary extends SessionLabels {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** The endpoint it was started from, if that still exists. */
  readonly endpointId: string | null;
  readonly startedAt: EpochMs;
  readonly durationMs: number;
  readonly outcome: SessionOutcome;
  readonly counts: SessionCounts;
  /** null: recorded by the window. */
  readonly origin: SessionOrigin | null;
  /** Bytes that its files take. */
  readonly diskBytes: number;
  /** Has bookmarks or notes on its entries. */
  readonly marked: boolean;
}

export interface SessionCounts {
  /** All entries. */
  readonly entries: number;
  readonly events: number;
  readonly comments: number;
  readonly attempts: number;
  /** Bytes of decoded body kept. */
  readonly bodyBytes: number;
}
