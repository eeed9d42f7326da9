/** Where a recording can be resumed: behind the first frame that sets an id. */
import { kindNumberOf } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { ResumePoint } from '../../shared/replay/client-chain.ts';
import type { Take } from '../../shared/replay/takes.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { blockOf } from './recorded-frames.ts';

const BLOCK_ENTRIES = 8192;
const BLOCK_BYTES = 1024 * 1024;
const EVENT = kindNumberOf('event');

/** null when no frame of these takes sets it. Frames are only understood where the bytes of the id occur. */
export async function findId(
  reader: SessionReader,
  frameText: FrameText,
  takes: readonly Take[],
  id: string,
): Promise<ResumePoint | null> {
  const wanted = Buffer.from(id, 'utf8');
  let eventNumber = 0;
  for (const { fromSeq, toSeq } of takes) {
    for (let next = fromSeq; next < toSeq;) {
      const { seen, frames } = await blockOf(
        reader,
        next,
        Math.min(toSeq, next + BLOCK_ENTRIES),
        BLOCK_BYTES,
      );
      if (seen === 0) return null;
      next += seen;
      const from = frames[0]?.record.offset ?? 0;
      const last = frames.at(-1)?.record;
      const mayHave = frames.some(({ record }) => (record.flags & FRAME_FLAGS.hasId) !== 0);
      const wire = last && mayHave ? await reader.readWire(from, last.offset + last.length - from) : null;
      const isThere =
        wire !== null && Buffer.from(wire.buffer, wire.byteOffset, wire.length).includes(wanted);
      for (const { seq, record } of frames) {
        if (record.kindNumber === EVENT) eventNumber += 1;
        if (!isThere || (record.flags & FRAME_FLAGS.hasId) === 0) continue;
        const bytes = wire.subarray(record.offset - from, record.offset - from + record.length);
        if (frameText.content(record, bytes).id === id) return { id, seq, eventNumber, atMs: record.atMs };
      }
    }
  }
  return null;
}
