/** What queries ask of a decoded entry: the same as the row of the entry shows. Knows when the event before it came. */
import type { DecodedEntry, DecodedFrame } from '../export/decoded-entries.ts';
import type { EventFacts } from '../filter/matches.ts';
import { describeEntry } from '../session/describe-entry.ts';

/** Bytes of what is no event that are looked into. */
const TEXT_BYTES = 64 * 1024;

/** Returns the facts of each entry; to be asked once for every entry, in their order. */
export function createFactsOf(): (entry: DecodedEntry) => EventFacts {
  let eventAtMs: number | null = null;
  return (entry) => {
    const isEvent = entry.what === 'frame' && entry.kind === 'event';
    const gapMs = isEvent && eventAtMs !== null ? entry.atMs - eventAtMs : null;
    if (isEvent) eventAtMs = entry.atMs;
    const { atMs } = entry;
    const unknown = { atMs, gapMs, bookmarked: false, note: '' };
    if (entry.what === 'journal') {
      const told = entry.entry;
      const attempt = 'attempt' in told ? told.attempt : 0;
      return { ...unknown, kind: told.kind, type: '', id: null, size: 0, attempt, data: describeEntry(told) };
    }
    const { kind, eventType, id, length: size, attempt } = entry;
    return { ...unknown, kind, type: eventType ?? '', id, size, attempt, data: textOf(entry) };
  };
}

function textOf({ kind, data, id, comments, retryMs, bytes }: DecodedFrame): string {
  switch (kind) {
    case 'event':
      return data;
    case 'comment':
      return comments.join(' ');
    case 'retry':
      return `Reconnection time: ${retryMs ?? '?'} ms`;
    case 'id':
      return id === '' ? 'Last event ID: none' : `Last event ID: ${id ?? '?'}`;
    default:
      return new TextDecoder().decode(bytes.subarray(0, TEXT_BYTES));
  }
}
