/** When frames came, as an index says it: what is left of that where the socket reads themselves are lost. */
import { isJournalKind, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { AppendFile } from './append-file.ts';

/** When this frame came; null when the index has no such frame. To be asked with rising offsets. */
export type FrameTimes = (offset: number, length: number) => number | null;

/** Of the first `count` records, which were found to fit, and only of frames that end behind `from`. Held in memory. */
export async function readFrameTimes(index: AppendFile, count: number, from: number): Promise<FrameTimes> {
  const bytes = await index.read(0, count * RECORD_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return (offset, length) => {
    if (offset + length <= from) return null;
    for (; at < view.byteLength; at += RECORD_BYTES) {
      const record = readRecord(view, at);
      if (isJournalKind(record.kindNumber) || record.offset < offset) continue;
      return record.offset === offset && record.length === length ? record.atMs : null;
    }
    return null;
  };
}
