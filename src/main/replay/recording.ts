/** A session as something that can be played, to many at once: its attempts, its frames, and where an id is. */
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { ResumePoint } from '../../shared/replay/client-chain.ts';
import type { SourceFrame } from '../../shared/replay/source-frame.ts';
import { takesOf, type Take, type Takes } from '../../shared/replay/takes.ts';
import { createFrameText } from '../sessions/frame-text.ts';
import { findId } from './find-id.ts';
import { blockOf, recordedFrames, type FrameStart } from './recorded-frames.ts';

export interface Recording {
  /** As the session is now: one that lives has more a moment later. */
  takes(): Promise<Takes>;
  frames(takes: readonly Take[], start: FrameStart): AsyncIterable<readonly SourceFrame[]>;
  findId(takes: readonly Take[], id: string): Promise<ResumePoint | null>;
  /** Where the bytes of the first frame at or after `seq` begin; null when there is none. */
  offsetOf(takes: readonly Take[], seq: number): Promise<number | null>;
  /** Bytes of the body from there on. */
  bytesAfter(offset: number): number;
}

export function createRecording(reader: SessionReader, byteText: ByteText): Recording {
  const frameText = createFrameText(byteText);
  let known: { readonly count: number; readonly takes: Promise<Takes> } | null = null;
  return {
    takes() {
      const { count, lastAtMs } = reader;
      if (known?.count !== count)
        known = { count, takes: reader.journal().then((journal) => takesOf(journal, count, lastAtMs)) };
      return known.takes;
    },
    frames: (takes, start) => recordedFrames(reader, frameText, takes, start),
    findId: (takes, id) => findId(reader, frameText, takes, id),
    async offsetOf(takes, seq) {
      for (const { fromSeq, toSeq } of takes) {
        for (let next = Math.max(fromSeq, seq); next < toSeq;) {
          const { seen, frames } = await blockOf(reader, next, Math.min(toSeq, next + 64));
          if (frames[0]) return frames[0].record.offset;
          if (seen === 0) break;
          next += seen;
        }
      }
      return null;
    },
    bytesAfter: (offset) => Math.max(0, reader.wireBytes - offset),
  };
}
