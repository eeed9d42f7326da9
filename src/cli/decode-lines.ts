/**
 * What `streamscope decode` prints for one frame. The keys and their order are a promise to scripts. Within a frame, lines
 * come in the order in which the standard lets them take effect: comments, retry, findings, and the event at the blank line.
 * A run of line ends that belongs to no block prints nothing.
 */
import type { ByteText } from '../shared/sse/byte-text.ts';
import { diagnoseFrame } from '../shared/sse/diagnostics.ts';
import type { Framing } from '../shared/sse/framing.ts';
import { FRAME_FLAGS, type ParsedFrame } from '../shared/sse/types.ts';

export interface FrameToPrint extends ParsedFrame {
  /** What its body was read as. */
  readonly framing: Framing;
  /** Number of the frame: from 0 in a stream of bytes; the entry's number in a session. */
  readonly seq: number;
  /** In force after the frame. */
  readonly lastEventId: string;
  readonly bytes: Uint8Array;
}

/** The lines of one frame, without line ends. */
export function frameLines(frame: FrameToPrint, byteText: ByteText): string[] {
  const { kind, offset, length } = frame;
  const lines = frame.comments.map((text) => JSON.stringify({ kind: 'comment', text }));
  if (frame.retryMs !== null) lines.push(JSON.stringify({ kind: 'retry', ms: frame.retryMs }));
  if (!isPlain(frame)) {
    for (const { code, message, offset: at } of diagnoseFrame(frame, byteText)) {
      // The tail has a line of its own that says so.
      if (code !== 'incomplete-at-end') lines.push(diagnosticLine(code, message, at));
    }
  }
  if (kind === 'event') {
    const { seq, eventType: type, data, lastEventId } = frame;
    lines.push(JSON.stringify({ kind, seq, type, data, lastEventId, offset, length }));
  } else if (kind === 'incomplete') {
    lines.push(JSON.stringify({ kind, offset, length }));
  }
  return lines;
}

export function diagnosticLine(code: string, message: string, offset: number): string {
  return JSON.stringify({ kind: 'diagnostic', code, message, offset });
}

/** An ASCII frame of nothing but one data line: there is nothing to find. Most frames are like that. */
function isPlain({ framing, kind, flags, bytes, data }: FrameToPrint): boolean {
  if (framing !== 'sse' || kind !== 'event' || flags !== FRAME_FLAGS.defaultType) return false;
  const end = bytes.length;
  const around = end - data.length;
  // "data:", perhaps a space, and two LF leave no room for another line.
  return (
    (around === 7 || around === 8) &&
    bytes[0] === 0x64 &&
    bytes[4] === 0x3a &&
    bytes[end - 2] === 0x0a &&
    bytes[end - 1] === 0x0a
  );
}
