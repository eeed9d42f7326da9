/** What the kinds of entries are called wherever the window names one: the list and the detail. Pure. */
import type { EntryKind } from '../../shared/session/entry.ts';

export const ENTRY_WORDS: Readonly<Record<EntryKind, string>> = {
  event: 'event',
  comment: 'comment',
  retry: 'retry',
  id: 'id',
  'no-data': 'no data',
  unknown: 'ignored',
  blank: 'blank',
  incomplete: 'incomplete',
  oversize: 'oversize',
  'attempt-start': 'request',
  'token-used': 'token',
  redirect: 'redirect',
  'response-head': 'response',
  'attempt-end': 'end',
  'retry-scheduled': 'waiting',
  'connection-closed': 'closed',
  'capture-notice': 'notice',
  'entries-dropped': 'dropped',
  steered: 'steered',
  'resume-report': 'resumed',
  'tap-mark': 'tap',
  alert: 'alert',
};
