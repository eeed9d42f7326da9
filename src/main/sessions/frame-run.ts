/** Frames in a run, records and bytes as they are stored, for whoever interprets many of them. */
import type { FrameRun } from '../../shared/ipc/contract.ts';
import { isJournalKind, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

const MAX_RECORDS = 16_384;

/**
 * Entries from `fromSeq` on, until records and bytes together reach `maxBytes`. At least one entry if there is one, however
 * large, so that a caller who goes on at `toSeq` always comes to the end.
 */
export async function readFrameRun(
  reader: SessionReader,
  fromSeq: number,
  maxBytes: number,
): Promise<FrameRun> {
  const limit = Math.max(1, Math.min(MAX_RECORDS, Math.floor(maxBytes / RECORD_BYTES)));
  const view = await reader.readRecords(fromSeq, fromSeq + limit);
  const found = view.byteLength / RECORD_BYTES;
  let wireOffset = -1;
  let wireEnd = -1;
  let count = 0;
  while (count < found) {
    const { kindNumber, offset, length } = readRecord(view, count * RECORD_BYTES);
    if (!isJournalKind(kindNumber)) {
      const start = wireOffset < 0 ? offset : wireOffset;
      const end = offset + length;
      if (count > 0 && end - start + (count + 1) * RECORD_BYTES > maxBytes) break;
      wireOffset = start;
      wireEnd = end;
    }
    count += 1;
  }
  const wire = wireOffset < 0 ? new Uint8Array(0) : await reader.readWire(wireOffset, wireEnd - wireOffset);
  // A copy: the view may be shared, and this is handed on.
  const records = new Uint8Array(view.buffer, view.byteOffset, count * RECORD_BYTES).slice();
  return { fromSeq, toSeq: fromSeq + count, records, wireOffset: Math.max(0, wireOffset), wire };
}
