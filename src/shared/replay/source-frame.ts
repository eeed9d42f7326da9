/** What is played: frames of a recording with the socket reads that brought their bytes. */
import type { IndexRecord } from '../session/index-record.ts';

/** Bytes that arrived together. */
export interface Segment {
  readonly bytes: Uint8Array;
  /** On the recording's clock. */
  readonly atMs: number;
  /** Number of the socket read. What no read brought has numbers of its own below 0. */
  readonly read: number;
}

/** What a frame says. */
export interface FrameContent {
  /** Data of an event, text of a comment, else the text of the frame. */
  readonly text: string;
  /** Event type; "" for frames that are no events. */
  readonly type: string;
}

export interface SourceFrame {
  /** Number of its entry in the recording. */
  readonly seq: number;
  /** Number of the event among those that are played, from 1; 0: it is no event. */
  readonly eventNumber: number;
  /** The id that it sets, else null. */
  readonly id: string | null;
  readonly segments: readonly Segment[];
  readonly record: Readonly<IndexRecord>;
  /** What it says; read from its bytes when it is asked for. */
  content(): FrameContent;
}

export function frameBytes(frame: Pick<SourceFrame, 'segments'>): Uint8Array {
  const [first] = frame.segments;
  if (first && frame.segments.length === 1) return first.bytes;
  const length = frame.segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const { bytes } of frame.segments) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
