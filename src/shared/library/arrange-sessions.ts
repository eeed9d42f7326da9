/** The library as a table shows it: which sessions, in which order, under which headings. Pure. */
import { assertNever } from '../base/assert.ts';
import type { SessionSummary } from '../session/entry.ts';

export const SORT_KEYS = ['started', 'name', 'duration', 'events', 'size'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const GROUP_KEYS = ['day', 'endpoint', 'tag', 'outcome', 'origin', 'none'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

export interface Arrangement {
  readonly query: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly group: GroupKey;
}

/** What the headings are called is for whoever knows calendars and endpoints. */
export interface HeadingWords {
  readonly day: (session: SessionSummary) => string;
  readonly endpoint: (session: SessionSummary) => string;
  readonly outcome: (session: SessionSummary) => string;
}

export interface GroupRow {
  readonly kind: 'group';
  readonly title: string;
  readonly count: number;
  readonly bytes: number;
}
export interface SessionRowOf {
  readonly kind: 'session';
  readonly session: SessionSummary;
}
export type LibraryRow = GroupRow | SessionRowOf;

const ORIGIN_WORDS = { tap: 'Tap', import: 'Imported', cli: 'Command line' } as const;
const UNTAGGED = 'Without a tag';

/** Words that must all be found: plain ones in name, address, notes and tags; `tag:`, `outcome:` and `is:pinned` in theirs. */
export function matchesSession(session: SessionSummary, query: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === '' || matchesWord(session, word));
}

function matchesWord(session: SessionSummary, word: string): boolean {
  const { name, url, notes, tags, outcome, pinned, origin } = session;
  if (word.startsWith('tag:')) return tags.some((tag) => tag.toLowerCase().startsWith(word.slice(4)));
  if (word.startsWith('outcome:')) return outcome.startsWith(word.slice(8));
  if (word === 'is:pinned') return pinned;
  const texts = [name, url, notes, origin?.name ?? '', ...tags];
  return texts.some((text) => text.toLowerCase().includes(word));
}

/** `sessions` come newest first, which decides among equals. */
export function arrangeSessions(
  sessions: readonly SessionSummary[],
  arrangement: Arrangement,
  words: HeadingWords,
): readonly LibraryRow[] {
  const found = sessions.filter((session) => matchesSession(session, arrangement.query));
  const sorted = sortSessions(found, arrangement.sort, arrangement.descending);
  if (arrangement.group === 'none') return sorted.map(rowOf);
  const groups = new Map<string, SessionSummary[]>();
  for (const session of sorted) {
    for (const title of titlesOf(session, arrangement.group, words)) {
      const group = groups.get(title);
      if (group) group.push(session);
      else groups.set(title, [session]);
    }
  }
  return orderedGroups(groups, arrangement.group).flatMap(([title, members]): LibraryRow[] => [
    { kind: 'group', title, count: members.length, bytes: totalBytes(members) },
    ...members.map(rowOf),
  ]);
}

export function totalBytes(sessions: readonly SessionSummary[]): number {
  return sessions.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

function rowOf(session: SessionSummary): SessionRowOf {
  return { kind: 'session', session };
}

/** A session stands under each of its tags. */
function titlesOf(session: SessionSummary, group: GroupKey, words: HeadingWords): readonly string[] {
  switch (group) {
    case 'day':
      return [words.day(session)];
    case 'endpoint':
      return [words.endpoint(session)];
    case 'outcome':
      return [words.outcome(session)];
    case 'origin':
      return [session.origin ? ORIGIN_WORDS[session.origin.kind] : 'Recorded here'];
    case 'tag':
      return session.tags.length > 0 ? session.tags : [UNTAGGED];
    case 'none':
      return [''];
    default:
      return assertNever(group, 'group');
  }
}

/** Days in the order of the sessions; names by the alphabet, with what has no tag at the end. */
function orderedGroups(
  groups: ReadonlyMap<string, SessionSummary[]>,
  group: GroupKey,
): readonly (readonly [string, readonly SessionSummary[]])[] {
  const list = [...groups];
  if (group === 'day') return list;
  const last = ([title]: readonly [string, unknown]): number => (title === UNTAGGED ? 1 : 0);
  return list.sort((one, other) => last(one) - last(other) || compareTexts(one[0], other[0]));
}

function sortSessions(
  sessions: readonly SessionSummary[],
  key: SortKey,
  descending: boolean,
): readonly SessionSummary[] {
  const sign = descending ? -1 : 1;
  return [...sessions].sort((one, other) => sign * compareBy(one, other, key));
}

function compareBy(one: SessionSummary, other: SessionSummary, key: SortKey): number {
  switch (key) {
    case 'started':
      return one.startedAt - other.startedAt;
    case 'name':
      return compareTexts(one.name, other.name);
    case 'duration':
      return one.durationMs - other.durationMs;
    case 'events':
      return one.counts.events - other.counts.events;
    case 'size':
      return one.diskBytes - other.diskBytes;
    default:
      return assertNever(key, 'sort key');
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareTexts(one: string, other: string): number {
  return collator.compare(one, other);
}

/** All tags in use, the most used first. */
export function tagsInUse(sessions: readonly SessionSummary[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const tag of sessions.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compareTexts(a[0], b[0])).map(([tag]) => tag);
}
