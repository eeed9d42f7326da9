/** Walking a session's index in blocks, so that neither memory nor the event loop feels how long it is. */
import { readRecord, RECORD_BYTES, type IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

const BLOCK_RECORDS = 4096;

/**
 * The nearest entry before `seq` whose record passes, looking at `limit` records at most; null when there is none. The test
 * sees the index's bytes, because it runs often.
 */
export async function findBackwards(
  reader: SessionReader,
  seq: number,
  limit: number,
  test: (view: DataView, at: number) => boolean,
): Promise<{ readonly seq: number; readonly record: IndexRecord } | null> {
  const stop = Math.max(0, seq - limit);
  for (let to = Math.min(seq, reader.count); to > stop; to -= BLOCK_RECORDS) {
    const from = Math.max(stop, to - BLOCK_RECORDS);
    const view = await reader.readRecords(from, to);
    for (let at = view.byteLength - RECORD_BYTES; at >= 0; at -= RECORD_BYTES) {
      if (test(view, at)) return { seq: from + at / RECORD_BYTES, record: readRecord(view, at) };
    }
  }
  return null;
}

/** Records that stand closer than this are read together. */
const NEAR_RECORDS = 64;

/** The records of entries with rising numbers, with one read for each run of near ones. Numbers without an entry are left out. */
export async function readRecordsOf(
  reader: SessionReader,
  seqs: ArrayLike<number>,
): Promise<{ readonly seq: number; readonly record: IndexRecord }[]> {
  const found: { seq: number; record: IndexRecord }[] = [];
  for (let at = 0; at < seqs.length;) {
    const first = seqs[at] as number;
    let last = at;
    while (last + 1 < seqs.length && (seqs[last + 1] as number) - (seqs[last] as number) <= NEAR_RECORDS)
      last += 1;
    const view = await reader.readRecords(first, (seqs[last] as number) + 1);
    for (; at <= last; at += 1) {
      const seq = seqs[at] as number;
      const place = (seq - first) * RECORD_BYTES;
      if (place + RECORD_BYTES <= view.byteLength) found.push({ seq, record: readRecord(view, place) });
    }
  }
  return found;
}
