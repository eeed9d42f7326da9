import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/shared/session/index-record.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { describeSessionLog, frameRecord, recordsOf } from '../../../contract/session-log.ts';
import { attemptStart } from '../../../support/attempt-entries.ts';

describeSessionLog('The log in memory', async () => ({
  log: createMemoryLog({ sessionId: 'memory', maxBytes: 64 * 1024 * 1024 }),
}));

describe('a log in memory with a small budget', () => {
  function fill(maxBytes: number, frames: number) {
    const log = createMemoryLog({ sessionId: 'memory', maxBytes });
    log.appendEntry(attemptStart(1), 0);
    for (let at = 0; at < frames; at += 1) {
      const text = `data: ${String(at).padStart(40, '0')}\n\n`;
      const offset = log.wireBytes;
      log.appendWire(Buffer.from(text), at, 1);
      log.appendFrame(frameRecord({ offset, length: text.length, atMs: at, firstRead: at }), 'message');
    }
    return log;
  }

  it('stays within the budget and says what it dropped', async () => {
    const log = fill(16_384, 5_000);
    const notices = (await log.journal()).filter((line) => line.entry.kind === 'entries-dropped');
    const last = notices.at(-1)?.entry;
    if (last?.kind !== 'entries-dropped') throw new Error('nothing was dropped');
    expect(last.firstKeptSeq).toBeGreaterThan(4_000);
    expect(last.count).toBe(last.firstKeptSeq);
    expect(log.counts.bodyBytes).toBeLessThan(16_384);
    expect(log.counts.bodyBytes + last.bytes).toBe(log.wireBytes);
  });

  it('never renumbers: dropped entries read as dropped, kept ones as they were', async () => {
    const log = fill(16_384, 1_000);
    const records = await recordsOf(log);
    expect(records).toHaveLength(log.count);
    const firstKept = records.findIndex((record) => kindOf(record.kindNumber) !== 'entries-dropped');
    expect(firstKept).toBeGreaterThan(100);
    expect(await log.readJournal(records[0]!)).toMatchObject({
      kind: 'entries-dropped',
      firstKeptSeq: firstKept,
    });
    for (const record of records.slice(firstKept)) {
      if (kindOf(record.kindNumber) !== 'event') continue;
      const text = Buffer.from(await log.readWire(record.offset, record.length)).toString();
      expect(text).toBe(`data: ${String(record.atMs).padStart(40, '0')}\n\n`);
      const reads = await log.readsIn(record.offset, record.length);
      expect(reads.map((read) => read.atMs)).toEqual([record.atMs]);
    }
  });

  it('keeps the newest entry even when it alone is larger than the budget', async () => {
    const log = createMemoryLog({ sessionId: 'memory', maxBytes: 1024 });
    log.appendWire(Buffer.alloc(100_000, 'x'), 0, 1);
    log.appendFrame(frameRecord({ length: 100_000 }), 'message');
    expect(await log.readWire(0, 100_000)).toHaveLength(100_000);
  });
});
