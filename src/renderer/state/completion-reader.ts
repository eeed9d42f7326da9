/**
 * Reads a session's entries from main and folds them into completions and exchanges: only what is new, run by run, from where it
 * stands. Gives up after a number of events that were neither, pauses after so many entries that what is rebuilt weighs on the
 * window, and goes on when told to. Keeps no event; knows no Svelte.
 */
import type { Completion } from '../../shared/chat/completion.ts';
import { createFold } from '../../shared/chat/fold.ts';
import { findTextPaths, type FoundPath } from '../../shared/chat/json-path.ts';
import type { AnyDialect } from '../../shared/chat/registry.ts';
import type { FrameRun } from '../../shared/ipc/contract.ts';
import type { Exchange } from '../../shared/protocol/exchange.ts';
import { createStreamFold } from '../../shared/protocol/stream-fold.ts';
import type { JournalEntry, NumberedJournalEntry } from '../../shared/session/entry.ts';
import { isJournalKind, kindOf, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import { createPortableByteText } from '../../shared/sse/byte-text.ts';
import { createEventParser } from '../../shared/sse/event-parser.ts';
import { framingOf } from '../../shared/sse/framing.ts';
import type { FrameKind } from '../../shared/sse/types.ts';

/** So many events without a chat stream among them are enough to say that there is none. */
export const PROBE_EVENTS = 200;
/** So many entries are read without asking: a piece of text costs a hundred bytes or two, for as long as the session is shown. */
export const PORTION_ENTRIES = 250_000;
/** Events that are looked into for paths to text. */
const SAMPLED = 40;
/** A run is folded in one go, so it must not hold up a frame of the window: about 1500 chunks. */
const RUN_BYTES = 384 * 1024;
/** What main hands out at most. */
const MAX_RUN_BYTES = 16 * 1024 * 1024;

/** What was seen while no chat stream was found. */
export interface SeenEvents {
  readonly events: number;
  /** Events by type, the most frequent first. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** Where their JSON holds text that goes on from event to event. */
  readonly paths: readonly FoundPath[];
}

export interface CompletionReader {
  /** Entries taken so far. */
  readonly cursor: number;
  /** It read PROBE_EVENTS events that were no chat, and stopped. */
  readonly gaveUp: boolean;
  /** It has read a portion, or was told to stop, and there is more. */
  readonly paused: boolean;
  readonly seen: SeenEvents;
  /** Why reading failed, in a sentence; it tries again when there is more. */
  readonly error: string | null;
  completions(): readonly Completion[];
  exchanges(): readonly Exchange[];
  /** There are `total` entries now; `ended`: no more will come. */
  advance(total: number, ended: boolean): void;
  /** Reads on although no chat stream was found, or another portion. */
  readOn(): void;
  /** Reads no further until told to. */
  pause(): void;
  dispose(): void;
}

export interface CompletionReaderDeps {
  readonly readRun: (fromSeq: number, maxBytes: number) => Promise<FrameRun>;
  /** All journal entries: requests and heads are part of an exchange. Asked for when there are new ones. */
  readonly readJournal: () => Promise<readonly NumberedJournalEntry[]>;
  readonly onChange: () => void;
  /** The dialects to ask, where the user overrules what would be found. */
  readonly dialects?: readonly AnyDialect[];
}

export function createCompletionReader({
  readRun,
  readJournal,
  onChange,
  dialects,
}: CompletionReaderDeps): CompletionReader {
  /** Data of the first events while nothing is found: paths to text are looked for in them. */
  const samples: unknown[] = [];
  const byteText = createPortableByteText();
  const fold = createStreamFold(byteText, dialects ? createFold(dialects) : createFold());
  const journal = new Map<number, JournalEntry>();
  const parser = createEventParser(byteText);
  const types = new Map<string, number>();
  let events = 0;
  let cursor = 0;
  let total = 0;
  let ended = false;
  let reading = false;
  /** Something was found: events are no longer counted. */
  let found = false;
  let gaveUp = false;
  let patient = false;
  /** How far may be read. */
  let until = PORTION_ENTRIES;
  let disposed = false;
  let error: string | null = null;

  /** Folds the run's frames; stops early when it gives up. */
  function take(run: FrameRun): void {
    const view = new DataView(run.records.buffer, run.records.byteOffset, run.records.byteLength);
    const { wire, wireOffset } = run;
    cursor = run.fromSeq;
    for (let at = 0; at < view.byteLength && !gaveUp; at += RECORD_BYTES) {
      const seq = cursor;
      cursor += 1;
      const record = readRecord(view, at);
      const { kindNumber, offset, length, flags, atMs, attempt } = record;
      const start = offset - wireOffset;
      // A frame beyond what main hands out at once is no chunk of a chat.
      if (isJournalKind(kindNumber)) {
        const entry = journal.get(seq);
        if (entry) fold.entry(entry, seq, atMs);
        continue;
      }
      if (start + length > wire.length) continue;
      const kind = kindOf(kindNumber) as FrameKind;
      const bytes = () => wire.subarray(start, start + length);
      const event = () => {
        const facts = { kind, flags, framing: framingOf(record.framing) };
        const meant = parser.interpret(wire, start, start + length, facts);
        if (meant.event && !found) countEvent(meant.event.type, meant.event.data);
        return meant.event && { ...meant.event, id: meant.id };
      };
      fold.frame({ kind, seq, atMs, attempt, length, event, bytes });
      found ||= fold.completions().length > 0 || fold.exchanges().length > 0;
      gaveUp = !patient && !found && events >= PROBE_EVENTS;
    }
  }

  function countEvent(type: string, data: string): void {
    events += 1;
    if (samples.length < SAMPLED && data.startsWith('{')) {
      try {
        samples.push(JSON.parse(data) as unknown);
      } catch {
        // What is no JSON has no paths.
      }
    }
    types.set(type, (types.get(type) ?? 0) + 1);
  }

  /** The first frame did not fit: its length is in its record. */
  function neededBytes(run: FrameRun): number {
    const view = new DataView(run.records.buffer, run.records.byteOffset, run.records.byteLength);
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const { kindNumber, offset, length } = readRecord(view, at);
      if (!isJournalKind(kindNumber) && offset === run.wireOffset) return Math.min(length, MAX_RUN_BYTES);
    }
    return 0;
  }

  /** Journal entries are rare and have no bytes in a run: they are read all at once when the run has new ones. */
  async function readEntries(run: FrameRun): Promise<void> {
    const view = new DataView(run.records.buffer, run.records.byteOffset, run.records.byteLength);
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const seq = run.fromSeq + at / RECORD_BYTES;
      if (!isJournalKind(readRecord(view, at).kindNumber) || journal.has(seq)) continue;
      for (const { seq: known, entry } of await readJournal()) journal.set(known, entry);
      return;
    }
  }

  async function pump(): Promise<void> {
    if (reading) return;
    reading = true;
    try {
      while (cursor < Math.min(total, until) && !gaveUp && !disposed) {
        let run = await readRun(cursor, RUN_BYTES);
        if (neededBytes(run) > run.wire.length) run = await readRun(cursor, neededBytes(run));
        await readEntries(run);
        if (disposed) return;
        if (run.toSeq <= cursor) break;
        take(run);
        error = null;
        onChange();
      }
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
      onChange();
    } finally {
      reading = false;
    }
    settle();
  }

  function settle(): void {
    if (disposed || !ended || cursor < total) return;
    const before = fold.revision;
    fold.end();
    if (fold.revision !== before) onChange();
  }

  return {
    get cursor() {
      return cursor;
    },
    get gaveUp() {
      return gaveUp;
    },
    get paused() {
      return cursor >= until && cursor < total;
    },
    get seen() {
      const sorted = [...types].sort((a, b) => b[1] - a[1]).map(([type, count]) => ({ type, count }));
      return { events, types: sorted, paths: findTextPaths(samples) };
    },
    get error() {
      return error;
    },
    completions: () => fold.completions(),
    exchanges: () => fold.exchanges(),
    advance(nextTotal, nextEnded) {
      total = nextTotal;
      ended = nextEnded;
      void pump();
    },
    readOn() {
      patient = true;
      gaveUp = false;
      until = cursor + PORTION_ENTRIES;
      onChange();
      void pump();
    },
    pause() {
      until = cursor;
      onChange();
    },
    dispose() {
      disposed = true;
    },
  };
}
