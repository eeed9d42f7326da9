import { describe, expect, it } from 'vitest';
import { NO_REQUEST, requestTimes } from '../../../../../src/shared/chat/timing/request-times.ts';
import type { JournalEntry } from '../../../../../src/shared/session/entry.ts';
import { recordedLog } from '../../../../support/recorded-log.ts';
import { timedJournal } from '../../../../support/timed-answer.ts';

describe('the times of a request', () => {
  it('are those of the attempt that brought the entry', () => {
    const again = { kind: 'attempt-start', attempt: 2 } as JournalEntry;
    const journal = [...timedJournal(100, 150), { seq: 40, atMs: 900, entry: again }];
    expect(requestTimes(journal, 39)).toEqual({ sentAtMs: 100, headAtMs: 150, firstByteAtMs: null });
    expect(requestTimes(journal, 41)).toEqual({ sentAtMs: 900, headAtMs: null, firstByteAtMs: null });
  });

  it('take the first byte from the end of the attempt', () => {
    expect(requestTimes(timedJournal(100, 150, 70), 10).firstByteAtMs).toBe(170);
  });

  it('are not known before the first attempt', async () => {
    expect(requestTimes([], 3)).toEqual(NO_REQUEST);
    const journal = await recordedLog([{ reads: ['data: a\n\n'] }]).journal();
    expect(requestTimes(journal, 1)).toEqual({ sentAtMs: 0, headAtMs: null, firstByteAtMs: null });
  });
});
