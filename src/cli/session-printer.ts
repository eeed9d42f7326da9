/**
 * Prints a session while it is recorded: its entries as NDJSON, or its body bytes. Owns how far it has come and how far the
 * recording may be ahead of it, so that a slow reader slows the stream down and memory stays bounded.
 */
import { idInForce } from '../shared/session/entry.ts';
import type { EpochMs } from '../shared/base/clock.ts';
import { decodedEntries, type DecodedEntry } from '../shared/export/decoded-entries.ts';
import { ndjsonLine } from '../shared/export/ndjson.ts';
import type { SessionLog } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Output } from './command.ts';

export interface SessionPrinter {
  /** Resolves when what is recorded is not too far ahead of what is printed. */
  caughtUp(): Promise<void>;
  /** Resolves when everything recorded so far is printed. */
  finish(): Promise<void>;
}

export interface SessionPrinterOptions {
  readonly log: SessionLog;
  readonly output: Output;
  readonly byteText: ByteText;
  /** When the session's clock read 0. */
  readonly startedAt: EpochMs;
  /** Body bytes instead of entries. */
  readonly raw: boolean;
  /** Frames after this many events are not printed; null: no limit. */
  readonly maxEvents: number | null;
  /** Called once, when that many events are printed. */
  readonly onEnough: () => void;
  readonly onFailure: (error: Error) => void;
}

/** Body bytes that may be recorded and not yet printed. */
const MAX_LAG_BYTES = 4 * 1024 * 1024;
const WIRE_SLICE_BYTES = 256 * 1024;

export function createSessionPrinter(options: SessionPrinterOptions): SessionPrinter {
  const { log, output, byteText } = options;
  const maxEvents = options.maxEvents ?? Infinity;
  /** Bytes are printed whatever they mean, so nobody reads what that is. */
  const unread = options.raw && options.maxEvents === null;
  let next = 0;
  let lastEventId = '';
  let events = 0;
  /** Body bytes that were looked at, and those that were printed (raw). */
  let seenBytes = 0;
  let printedBytes = 0;
  /** Where the last event to be printed ends (raw). */
  let limitBytes = Infinity;
  let printing: Promise<void> | null = null;
  let waiting: (() => void)[] = [];

  const isBehind = () => log.wireBytes - seenBytes > MAX_LAG_BYTES && !output.closed;
  const release = () => {
    if (isBehind()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  /** What is printed of some entries: nothing but facts about the connection once there were enough events. */
  const take = (entry: DecodedEntry): string => {
    if (entry.what === 'frame') {
      lastEventId = entry.lastEventId;
      seenBytes = entry.offset + entry.length;
      if (events >= maxEvents) return '';
      if (entry.kind === 'event') {
        events += 1;
        if (events >= maxEvents) limitBytes = seenBytes;
      }
    } else if (entry.entry.kind === 'attempt-start') {
      lastEventId = idInForce(entry.entry) ?? lastEventId;
    }
    return options.raw ? '' : ndjsonLine(entry, options.startedAt, byteText);
  };

  const printWire = async (to: number): Promise<void> => {
    const end = Math.min(to, limitBytes);
    while (printedBytes < end && !output.closed) {
      const bytes = await log.readWire(printedBytes, Math.min(WIRE_SLICE_BYTES, end - printedBytes));
      if (bytes.length === 0) return;
      await output.write(bytes);
      printedBytes += bytes.length;
      if (unread) seenBytes = printedBytes;
      release();
    }
  };

  /** Prints what there is now. */
  const printOnce = async (): Promise<void> => {
    const { count, wireBytes } = log;
    const range = { from: unread ? count : next, to: count };
    for await (const entries of decodedEntries(log, range, byteText, lastEventId)) {
      const before = events;
      const text = entries.map(take).join('');
      next = (entries.at(-1)?.seq ?? next) + 1;
      if (text !== '') await output.write(text);
      if (options.raw) await printWire(Math.min(wireBytes, seenBytes));
      if (before < maxEvents && events >= maxEvents) options.onEnough();
      release();
      if (output.closed) break;
    }
    if (options.raw) await printWire(wireBytes);
    next = count;
    seenBytes = wireBytes;
    release();
  };

  const hasMore = () =>
    log.count > next || (options.raw && log.wireBytes > Math.max(seenBytes, printedBytes));
  const print = async (): Promise<void> => {
    while (hasMore() && !output.closed) await printOnce();
    release();
  };
  const start = (): Promise<void> => {
    printing ??= print()
      .catch((error: unknown) => options.onFailure(error instanceof Error ? error : new Error(String(error))))
      .finally(() => (printing = null));
    return printing;
  };
  const unwatch = log.onAppend(() => void start());

  return {
    caughtUp: () => (isBehind() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    async finish() {
      unwatch();
      await printing;
      await start();
    },
  };
}
