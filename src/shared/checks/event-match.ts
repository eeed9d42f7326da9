/**
 * Which entries a query of a check means: events alone, unless it asks for a kind (`kind:comment`), because "an event that
 * matches" is what checks are about.
 */
import type { DecodedEntry } from '../export/decoded-entries.ts';
import { matchEntry } from '../filter/row-match.ts';
import { describeEntry } from '../session/describe-entry.ts';
import { kindNumberOf, type IndexRecord } from '../session/index-record.ts';
import { framingNumberOf } from '../sse/framing.ts';
import type { SpecQuery } from './spec-node.ts';

export type EventMatch = (entry: DecodedEntry) => boolean;

const NAMES_KIND = /(^|[\s(-])kind:/;
const TEXT_BYTES = 64 * 1024;

export function eventMatch({ query, text }: SpecQuery): EventMatch {
  const anyKind = NAMES_KIND.test(text);
  return (entry) => {
    if (!anyKind && (entry.what !== 'frame' || entry.kind !== 'event')) return false;
    return matchEntry(query, recordOf(entry), contentOf(entry));
  };
}

/** All events. */
export const everyEvent: EventMatch = (entry) => entry.what === 'frame' && entry.kind === 'event';

/** Of a query that need not be there. */
export function eventMatchOr(query: SpecQuery | null): EventMatch {
  return query === null ? everyEvent : eventMatch(query);
}

function recordOf(entry: DecodedEntry): IndexRecord {
  if (entry.what === 'journal') {
    const { entry: told, atMs } = entry;
    return {
      ...NO_RECORD,
      atMs,
      kindNumber: kindNumberOf(told.kind),
      attempt: 'attempt' in told ? told.attempt : 0,
    };
  }
  const { offset, atMs, length, attempt, kind, flags, framing } = entry;
  return {
    ...NO_RECORD,
    offset,
    atMs,
    length,
    attempt,
    kindNumber: kindNumberOf(kind),
    flags,
    framing: framingNumberOf(framing),
  };
}

const NO_RECORD: IndexRecord = {
  offset: 0,
  atMs: 0,
  length: 0,
  attempt: 0,
  typeNumber: 0,
  kindNumber: 0,
  flags: 0,
  firstRead: 0,
  framing: 0,
};

/** The same as the row of the entry shows. */
function contentOf(entry: DecodedEntry): { text: string; type: string; id: string | null } {
  if (entry.what === 'journal') return { text: describeEntry(entry.entry), type: '', id: null };
  const { kind, data, eventType, id, comments, retryMs, bytes } = entry;
  const about = { type: eventType ?? '', id };
  switch (kind) {
    case 'event':
      return { ...about, text: data };
    case 'comment':
      return { ...about, text: comments.join(' ') };
    case 'retry':
      return { ...about, text: `Reconnection time: ${retryMs ?? '?'} ms` };
    case 'id':
      return { ...about, text: id === '' ? 'Last event ID: none' : `Last event ID: ${id ?? '?'}` };
    default:
      return { ...about, text: new TextDecoder().decode(bytes.subarray(0, TEXT_BYTES)) };
  }
}
