/** What the cells of a row say, and the shape in front of its type. Pure. */
import type { EntryKind } from '../../../shared/session/entry.ts';
import { ENTRY_WORDS } from '../../state/entry-words.ts';

/** Time since the row before: "+0.4", "+41", in milliseconds; "+2.40 s", "+3:05" from a second on. */
export function deltaText(ms: number): string {
  if (ms < 0) return `\u2212${deltaText(-ms).slice(1)}`;
  if (ms < 9.95) return `+${ms.toFixed(1)}`;
  if (ms < 999.5) return `+${Math.round(ms)}`;
  if (ms < 59_995) return `+${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `+${minutes}:${pad(seconds % 60, 2)}`;
  return `+${Math.floor(minutes / 60)}:${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}`;
}

/** "512", "1.2k", "3.4M": bytes, short enough for a column. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return String(bytes);
  if (bytes < 999_500) return `${short(bytes / 1000)}k`;
  if (bytes < 999_500_000) return `${short(bytes / 1e6)}M`;
  return `${short(bytes / 1e9)}G`;
}

function short(value: number): string {
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

export interface KindLook {
  /** What stands in the type column; null: the event's own type. */
  readonly word: string | null;
  /** Path in a box of 10. */
  readonly shape: string;
  /** `quiet`: says little; `link`: about the connection; `odd`: something to look at. */
  readonly tone: 'event' | 'quiet' | 'link' | 'odd';
}

const SQUARE = 'M2 2h6v6H2z';
const COLON = 'M4.2 2h1.6v1.6H4.2zM4.2 6.4h1.6V8H4.2z';
const RING = 'M5 1.6a3.4 3.4 0 1 1 0 6.8a3.4 3.4 0 1 1 0-6.8zM5 3a2 2 0 1 0 0 4a2 2 0 1 0 0-4z';
const TRIANGLE = 'M5 1.2L9.2 8.6H.8z';
const RIGHT = 'M1 4.3h4.6L3.8 2.5l1-1L8.6 5L4.8 8.5l-1-1l1.8-1.8H1z';
const LEFT = 'M9 4.3H4.4l1.8-1.8l-1-1L1.4 5l3.8 3.5l1-1l-1.8-1.8H9z';
const CROSS = 'M2 3l1-1l2 2l2-2l1 1l-2 2l2 2l-1 1l-2-2l-2 2l-1-1l2-2z';
const BAR = 'M1 4.3h8v1.4H1z';
const DOTS = 'M1 4.2h1.8V6H1zM4.1 4.2h1.8V6H4.1zM7.2 4.2H9V6H7.2z';

const LOOKS: Readonly<Record<EntryKind, KindLook>> = {
  event: { word: null, shape: SQUARE, tone: 'event' },
  comment: { word: ENTRY_WORDS.comment, shape: COLON, tone: 'quiet' },
  retry: { word: ENTRY_WORDS.retry, shape: RING, tone: 'quiet' },
  id: { word: ENTRY_WORDS.id, shape: RING, tone: 'quiet' },
  'no-data': { word: ENTRY_WORDS['no-data'], shape: RING, tone: 'quiet' },
  unknown: { word: ENTRY_WORDS.unknown, shape: TRIANGLE, tone: 'odd' },
  blank: { word: ENTRY_WORDS.blank, shape: BAR, tone: 'quiet' },
  incomplete: { word: ENTRY_WORDS.incomplete, shape: TRIANGLE, tone: 'odd' },
  oversize: { word: ENTRY_WORDS.oversize, shape: TRIANGLE, tone: 'odd' },
  'attempt-start': { word: ENTRY_WORDS['attempt-start'], shape: RIGHT, tone: 'link' },
  'token-used': { word: ENTRY_WORDS['token-used'], shape: RIGHT, tone: 'link' },
  redirect: { word: ENTRY_WORDS.redirect, shape: RIGHT, tone: 'link' },
  'response-head': { word: ENTRY_WORDS['response-head'], shape: LEFT, tone: 'link' },
  'attempt-end': { word: ENTRY_WORDS['attempt-end'], shape: CROSS, tone: 'link' },
  'retry-scheduled': { word: ENTRY_WORDS['retry-scheduled'], shape: DOTS, tone: 'link' },
  'connection-closed': { word: ENTRY_WORDS['connection-closed'], shape: BAR, tone: 'link' },
  'capture-notice': { word: ENTRY_WORDS['capture-notice'], shape: TRIANGLE, tone: 'odd' },
  'entries-dropped': { word: ENTRY_WORDS['entries-dropped'], shape: TRIANGLE, tone: 'odd' },
  steered: { word: ENTRY_WORDS.steered, shape: RING, tone: 'link' },
  'resume-report': { word: ENTRY_WORDS['resume-report'], shape: RING, tone: 'link' },
  'tap-mark': { word: ENTRY_WORDS['tap-mark'], shape: TRIANGLE, tone: 'link' },
  alert: { word: ENTRY_WORDS.alert, shape: TRIANGLE, tone: 'odd' },
};

export function lookOf(kind: EntryKind): KindLook {
  return LOOKS[kind];
}

/** The groups that the filter bar shows and hides together. */
export const KIND_GROUPS: readonly {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly EntryKind[];
}[] = [
  { id: 'events', label: 'Events', kinds: ['event'] },
  { id: 'comments', label: 'Comments', kinds: ['comment'] },
  { id: 'fields', label: 'Fields only', kinds: ['retry', 'id', 'no-data', 'blank'] },
  {
    id: 'odd',
    label: 'Oddities',
    kinds: ['unknown', 'incomplete', 'oversize', 'capture-notice', 'entries-dropped'],
  },
  {
    id: 'link',
    label: 'Connection',
    kinds: [
      'attempt-start',
      'token-used',
      'redirect',
      'response-head',
      'attempt-end',
      'retry-scheduled',
      'connection-closed',
      'steered',
      'resume-report',
      'tap-mark',
      'alert',
    ],
  },
];
