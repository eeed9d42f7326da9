import { describe, expect, it } from 'vitest';
import { describeEntry } from '../../../../src/shared/session/describe-entry.ts';
import { JOURNAL_KINDS, type JournalEntry } from '../../../../src/shared/session/entry.ts';
import { asJournalEntry } from '../../../../src/shared/session/parse-entry.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';

const WHOLE: readonly JournalEntry[] = [
  attemptStart(1),
  { kind: 'token-used', attempt: 1, tokenUrl: 'http://127.0.0.1/token', fresh: true, again: false },
  { kind: 'redirect', attempt: 1, status: 302, from: 'http://a/', to: 'http://b/' },
  responseHead(1),
  { ...attemptEnd(1), failure: { code: 'reset', message: 'Reset.', cause: 'ECONNRESET' } } as JournalEntry,
  { kind: 'retry-scheduled', attempt: 1, delayMs: 1000, source: 'backoff', why: 'because' },
  { kind: 'connection-closed', attempt: 1, state: 'closed', why: 'You stopped it' },
  { kind: 'capture-notice', code: 'disk', message: 'Full.' },
  { kind: 'entries-dropped', count: 1, bytes: 2, firstKeptSeq: 3 },
  { kind: 'steered', attempt: 1, by: 'user', action: 'drop', message: 'You dropped it' },
  {
    kind: 'resume-report',
    attempt: 2,
    afterId: '1',
    firstId: '4',
    ids: 'numeric',
    missing: 2,
    gaps: [[2, 3]],
    repeated: 0,
    repeatedIds: [],
    forgot: false,
  },
  { kind: 'tap-mark', attempt: 1, what: 'edited', message: 'Edited.', event: 2, sent: 'data: x' },
  { kind: 'alert', attempt: 1, rule: 'match', message: 'Event #3 matches error.', count: 2 },
];
const STRANGE: readonly unknown[] = [undefined, null, true, -1.5, NaN, 'other', [], {}, [[1, 2, 3]]];

describe('an entry that is read from a journal', () => {
  it('is tried for every kind here', () => {
    expect(WHOLE.map(({ kind }) => kind).sort()).toEqual([...JOURNAL_KINDS].sort());
  });

  it.each(WHOLE.map((entry) => [entry.kind, entry] as const))('%s is taken as it is', (_, entry) => {
    expect(asJournalEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    expect(asJournalEntry({ ...entry, later: 1 })).toEqual({ ...entry, later: 1 });
  });

  it.each(WHOLE.map((entry) => [entry.kind, entry] as const))(
    '%s is either refused or can be described, whatever its fields hold',
    (_, entry) => {
      let refused = 0;
      for (const name of Object.keys(entry)) {
        for (const value of STRANGE) {
          const taken = asJournalEntry({ ...entry, [name]: value });
          if (taken) expect(describeEntry(taken)).toEqual(expect.any(String));
          else refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(Object.keys(entry).length);
    },
  );

  it.each([null, 1, 'x', [], {}, { kind: 'event' }, { kind: 'toString' }, { kind: 5 }])(
    '%j is none',
    (value) => {
      expect(asJournalEntry(value)).toBeNull();
    },
  );
});
