/** Reads the events of a session for a comparison, block by block, so that neither memory nor the event loop feels how long it is. */
import { createDigests, type EventDigests } from '../../shared/diff/event-digests.ts';
import {
  kindNumberOf,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { FrameText } from '../sessions/frame-text.ts';

const BLOCK_RECORDS = 4096;
/** Bytes that are read at once. */
const STRETCH_BYTES = 1024 * 1024;
const EVENT = kindNumberOf('event');

export interface ReadDigestsOptions {
  readonly frameText: FrameText;
  /** What of an event's data is compared. */
  readonly contentOf: (data: string) => string;
  readonly pause: () => Promise<void> | undefined;
  /** Entries that were looked at. */
  readonly onProgress: (entries: number) => void;
  readonly isCancelled: () => boolean;
}

/** The events that the session has now. */
export async function readDigests(reader: SessionReader, options: ReadDigestsOptions): Promise<EventDigests> {
  const { frameText, contentOf, pause, onProgress, isCancelled } = options;
  const digests = createDigests();
  const total = reader.count;
  for (let from = 0; from < total && !isCancelled(); from += BLOCK_RECORDS) {
    const events = await eventsIn(reader, from, Math.min(from + BLOCK_RECORDS, total));
    for (let at = 0; at < events.length && !isCancelled();) {
      const first = (events[at] as NumberedEvent).record.offset;
      let next = at + 1;
      while (next < events.length && endOf(events[next]) - first <= STRETCH_BYTES) next += 1;
      const bytes = await reader.readWire(first, endOf(events[next - 1]) - first);
      for (; at < next; at += 1) {
        const { seq, record } = events[at] as NumberedEvent;
        const start = record.offset - first;
        const { type, text, id } = frameText.content(record, bytes.subarray(start, start + record.length));
        digests.add({ seq, atMs: record.atMs, type, id, content: contentOf(text) });
      }
      await pause();
    }
    onProgress(Math.min(from + BLOCK_RECORDS, total));
  }
  return digests.build();
}

interface NumberedEvent {
  readonly seq: number;
  readonly record: IndexRecord;
}

async function eventsIn(reader: SessionReader, from: number, to: number): Promise<NumberedEvent[]> {
  const view = await reader.readRecords(from, to);
  const events: NumberedEvent[] = [];
  for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
    const record = readRecord(view, at);
    if (record.kindNumber === EVENT) events.push({ seq: from + at / RECORD_BYTES, record });
  }
  return events;
}

const endOf = (event: NumberedEvent | undefined): number =>
  event ? event.record.offset + event.record.length : 0;
