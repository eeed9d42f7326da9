/** The bytes of a range as they came, after Content-Encoding was undone: nothing is decoded, nothing is added. */
import type { SeqNo } from '../base/clock.ts';
import { isJournalKind, readRecord, RECORD_BYTES } from '../session/index-record.ts';
import type { SessionReader } from '../session/log.ts';
import type { ExportRange, Exporter } from './exporter.ts';

const SLICE_BYTES = 256 * 1024;
const SLICE_RECORDS = 2048;

export function createSseExporter(): Exporter {
  return {
    id: 'sse',
    label: 'Raw stream (.sse)',
    note: 'The bytes exactly as they came, whatever the stream was, to be replayed or fed to another parser.',
    extension: 'sse',
    async *encode({ reader, range, onProgress }) {
      const { from, to } = await wireRange(reader, range);
      const entries = Math.max(0, Math.min(range.to, reader.count) - range.from);
      for (let offset = from; offset < to;) {
        // The bytes may be the log's own memory: a copy outlives the next read.
        const bytes = (await reader.readWire(offset, Math.min(SLICE_BYTES, to - offset))).slice();
        if (bytes.length === 0) return;
        yield bytes;
        offset += bytes.length;
        onProgress(Math.round((entries * (offset - from)) / (to - from)));
      }
    },
  };
}

/** The bytes from the first frame of the range to its last. A range that ends with the log includes what is in no frame yet. */
async function wireRange(reader: SessionReader, range: ExportRange): Promise<{ from: number; to: number }> {
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
