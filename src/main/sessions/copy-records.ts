/** Index records as values. The reader may reuse its buffer, so they are copied out before anything is awaited. */
import { readRecord, RECORD_BYTES, type IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

export interface NumberedRecord extends IndexRecord {
  readonly seq: number;
}

/** Records `from` (inclusive) to `to` (exclusive), clamped to what there is. */
export async function copyRecords(
  reader: SessionReader,
  from: number,
  to: number,
): Promise<readonly NumberedRecord[]> {
  const end = Math.min(to, reader.count);
  if (from >= end) return [];
  const view = await reader.readRecords(from, end);
  const records: NumberedRecord[] = [];
  for (let at = 0; at + RECORD_BYTES <= view.byteLength; at += RECORD_BYTES) {
    records.push({ seq: from + at / RECORD_BYTES, ...readRecord(view, at) });
  }
  return records;
}
