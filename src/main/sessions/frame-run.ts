/** Frames in a run with their bytes, for the window to read on from where it is. */
import type { FrameRun } from '../../shared/ipc/contract.ts';
import { isJournalKind, RECORD_BYTES, readRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

/** A run has at most this many entries. */
const RUN_ENTRIES = 4096;

/**
 * Entries from `fromSeq` on until their frames have `maxBytes`, at least one. A single frame that is longer is cut: then `wire`
 * is shorter than its record says.
 */
export async function readFrameRun(
  reader: SessionReader,
  fromSeq: number,
  maxBytes: number,
): Promise<FrameRun> {
  const from = Math.min(fromSeq, reader.count);
  const shared = await reader.readRecords(from, Math.min(reader.count, from + RUN_ENTRIES));
  const records = new Uint8Array(shared.buffer, shared.byteOffset, shared.byteLength).slice();
  const view = new DataView(records.buffer);
  let wireOffset = -1;
  let wireEnd = 0;
  let count = 0;
  while (count < records.length / RECORD_BYTES) {
    const { kindNumber, offset, length } = readRecord(view, count * RECORD_BYTES);
    if (!isJournalKind(kindNumber)) {
      const end = offset + length;
      if (wireOffset >= 0 && end - wireOffset > maxBytes) break;
      if (wireOffset < 0) wireOffset = offset;
      wireEnd = Math.max(wireEnd, end);
    }
    count += 1;
  }
  const wire =
    wireOffset < 0
      ? new Uint8Array(0)
      : await reader.readWire(wireOffset, Math.min(maxBytes, wireEnd - wireOffset));
  return {
    fromSeq: from,
    toSeq: from + count,
    records: records.slice(0, count * RECORD_BYTES),
    wireOffset: Math.max(0, wireOffset),
    wire,
  };
}
