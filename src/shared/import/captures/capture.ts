/** What a capture in another format is made into: steps that a recorder takes, as a connection would have brought them. */
import type { EpochMs, MonotonicMs } from '../../base/clock.ts';
import type { JournalEntry, SessionOutcome } from '../../session/entry.ts';
import type { Framing } from '../../sse/framing.ts';

export type CaptureStep =
  | { readonly step: 'entry'; readonly entry: JournalEntry; readonly atMs: MonotonicMs }
  /** A body begins. `framing` null: it is kept and not read. */
  | { readonly step: 'body'; readonly attempt: number; readonly framing: Framing | null }
  | { readonly step: 'bytes'; readonly bytes: Uint8Array; readonly atMs: MonotonicMs }
  | { readonly step: 'end-body'; readonly atMs: MonotonicMs }
  /** The last event ID string is this one from here on. */
  | { readonly step: 'take-up'; readonly lastEventId: string };

/** A session as its list will show it. */
export interface CaptureHead {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  /** null: the format does not tell. */
  readonly startedAt: EpochMs | null;
  readonly outcome: Exclude<SessionOutcome, 'live'>;
}

/** One session in a file, before it is taken in. */
export interface FoundCapture {
  readonly head: CaptureHead;
  /** A few words for a list to choose from, such as "200 OK, text/event-stream, 34 events". */
  readonly note: string;
  /** Reads the file again; may be called several times. */
  steps(): AsyncIterable<CaptureStep> | Iterable<CaptureStep>;
}

export interface CaptureReading {
  /** What the file turned out to be, for people. */
  readonly format: string;
  /** At least one. */
  readonly captures: readonly FoundCapture[];
}

/** A file, or a text that was pasted. */
export interface CaptureFile {
  /** With its extension; it decides only what the content leaves open. */
  readonly name: string;
  /** From its beginning, each time. */
  open(): AsyncIterable<Uint8Array>;
}

/** What is wrong with a file, and where. */
export class CaptureError extends Error {
  constructor(
    message: string,
    where?: { readonly line?: number; readonly byte?: number; readonly item?: string },
  ) {
    const place =
      where?.line !== undefined
        ? `Line ${where.line}: `
        : where?.byte !== undefined
          ? `Byte ${where.byte}: `
          : where?.item !== undefined
            ? `${where.item}: `
            : '';
    super(`${place}${message}`);
    this.name = 'CaptureError';
  }
}

/** A JSON document is read as a whole, and no text is longer than this. */
export const MOST_DOCUMENT_BYTES = 400 * 1024 * 1024;
