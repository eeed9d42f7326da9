/** Whether a stream is read by a content type that says little, so that it may be an event stream all the same. Pure. */
import { FRAMING_LABELS } from '../sse/framing.ts';
import type { NumberedJournalEntry, ResponseHeadEntry } from './entry.ts';

/** The last response head; null when there is none. */
export function lastHead(journal: readonly NumberedJournalEntry[]): ResponseHeadEntry | null {
  for (const { entry } of [...journal].reverse()) if (entry.kind === 'response-head') return entry;
  return null;
}

/**
 * A sentence about a stream that says by its type that it is text or JSON, and is read as that; null for every other. NDJSON
 * and its kin mean what they say.
 */
export function doubtfulReading(head: ResponseHeadEntry | null): string | null {
  if (head?.framing !== 'text' && head?.framing !== 'json-array') return null;
  const type = head.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const said = type === undefined ? 'no Content-Type' : `Content-Type "${type}"`;
  return `The server sent ${said} and not text/event-stream: this is read as ${FRAMING_LABELS[head.framing]}.`;
}
