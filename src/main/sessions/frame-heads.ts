/**
 * The beginnings of frames, for rows: a list shows a line of each, so a long frame is never read whole. Frames that lie together
 * are read together.
 */
import { isJournalKind } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { NumberedRecord } from './copy-records.ts';

/** A frame up to this size is read whole. */
const WHOLE_BYTES = 4096;
/** Of a longer one this much is read. */
const HEAD_BYTES = 2048;
/** Frames that lie together are read in one go up to this size. */
const STRETCH_BYTES = 256 * 1024;

export interface FrameHead {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The frame goes on behind `end`. */
  readonly cut: boolean;
}

/** Reads the heads of the frames among `records`, by seq. Records of a gapped list cost a read each. */
export async function readFrameHeads(
  reader: SessionReader,
  records: readonly NumberedRecord[],
): Promise<ReadonlyMap<number, FrameHead>> {
  const heads = new Map<number, FrameHead>();
  const frames = records.filter((record) => !isJournalKind(record.kindNumber));
  let at = 0;
  while (at < frames.length) {
    const first = frames[at] as NumberedRecord;
    if (first.length > WHOLE_BYTES) {
      const bytes = await reader.readWire(first.offset, HEAD_BYTES);
      heads.set(first.seq, { bytes, start: 0, end: bytes.length, cut: true });
      at += 1;
      continue;
    }
    let next = at;
    let end = first.offset;
    while (next < frames.length) {
      const frame = frames[next] as NumberedRecord;
      const fits = frame.length <= WHOLE_BYTES && frame.offset + frame.length - first.offset <= STRETCH_BYTES;
      if (frame.offset !== end || !fits) break;
      end += frame.length;
      next += 1;
    }
    const bytes = await reader.readWire(first.offset, end - first.offset);
    for (const frame of frames.slice(at, next)) {
      const start = Math.min(frame.offset - first.offset, bytes.length);
      const stop = Math.min(start + frame.length, bytes.length);
      heads.set(frame.seq, { bytes, start, end: stop, cut: false });
    }
    at = next;
  }
  return heads;
}
