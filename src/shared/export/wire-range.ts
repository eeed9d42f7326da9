/** Body bytes of a range of a log, read in slices: the bytes as they came, nothing decoded, nothing added. */
import type { SeqNo } from '../base/clock.ts';
import { isJournalKind, readRecord, RECORD_BYTES } from '../session/index-record.ts';
import type { SessionReader } from '../session/log.ts';
import type { ExportRange } from './exporter.ts';

const SLICE_BYTES = 256 * 1024;
const SLICE_RECORDS = 2048;

export async function* wireOf(
  reader: SessionReader,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array, void, void> {
  for (let offset = from; offset < to;) {
    // The bytes may be the log's own memory: a copy outlives the next read.
    const bytes = (await reader.readWire(offset, Math.min(SLICE_BYTES, to - offset))).slice();
    if (bytes.length === 0) return;
    yield bytes;
    offset += bytes.length;
  }
}

/** The bytes at the end of the log that are in no frame yet. */
export async function* looseWire(reader: SessionReader): AsyncGenerator<Uint8Array, void, void> {
  const { count, wireBytes } = reader;
  for (let at = count; at > 0; at -= SLICE_RECORDS) {
    const bounds = await frameBounds(reader, Math.max(0, at - SLICE_RECORDS), at);
    if (bounds) return yield* wireOf(reader, bounds.to, wireBytes);
  }
  yield* wireOf(reader, 0, wireBytes);
}

/** The bytes from the first frame of the range to its last. A range that ends with the log includes what is in no frame yet. */
export async function wireRange(
  reader: SessionReader,
  range: ExportRange,
): Promise<{ readonly from: number; readonly to: number }> {
  const count = reader.count;
  const wireBytes = reader.wireBytes;
  const last = Math.min(range.to, count);
  const isToTheEnd = last === count;
  let from: number | null = null;
  for (let at = Math.max(0, range.from); at < last && from === null; at += SLICE_RECORDS) {
    from = (await frameBounds(reader, at, Math.min(last, at + SLICE_RECORDS)))?.from ?? null;
  }
  if (from === null) return { from: 0, to: isToTheEnd && range.from <= 0 ? wireBytes : 0 };
  if (isToTheEnd) return { from, to: wireBytes };
  for (let at = last; at > range.from; at -= SLICE_RECORDS) {
    const bounds = await frameBounds(reader, Math.max(0, range.from, at - SLICE_RECORDS), at);
    if (bounds) return { from, to: bounds.to };
  }
  return { from, to: from };
}

/** Where the bytes of the frames among these entries begin and end; null when there is no frame. */
async function frameBounds(
  reader: SessionReader,
  from: SeqNo,
  to: SeqNo,
): Promise<{ readonly from: number; readonly to: number } | null> {
  const view = await reader.readRecords(from, to);
  let bounds: { from: number; to: number } | null = null;
  for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
    const { kindNumber, offset, length } = readRecord(view, at);
    if (isJournalKind(kindNumber)) continue;
    bounds ??= { from: offset, to: offset };
    bounds.to = offset + length;
  }
  return bounds;
}
