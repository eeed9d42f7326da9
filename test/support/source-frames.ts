/** Frames to play, from texts and times. */
import type { IndexRecord } from '../../src/shared/session/index-record.ts';
import { kindNumberOf } from '../../src/shared/session/index-record.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { createFrameReader } from '../../src/shared/sse/frame-reader.ts';
import type { SourceFrame } from '../../src/shared/replay/source-frame.ts';

/** Each text is one socket read, `gapMs` after the one before it. A read may hold several frames, or a part of one. */
export function sourceFrames(reads: readonly string[], gapMs = 100): SourceFrame[] {
  const encoder = new TextEncoder();
  const chunks = reads.map((text) => encoder.encode(text));
  const found: {
    offset: number;
    length: number;
    kind: string;
    type: string;
    text: string;
    id: string | null;
  }[] = [];
  const reader = createFrameReader({
    byteText: createPortableByteText(),
    onFrame({ offset, length, kind, eventType, data, id, comments }) {
      const text = kind === 'event' ? data : comments.join(' ');
      found.push({ offset, length, kind, type: eventType ?? '', text, id });
    },
    onExtend: () => {},
  });
  reader.begin(0, true);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();

  let events = 0;
  return found.map(({ offset, length, kind, type, text, id }, seq) => {
    if (kind === 'event') events += 1;
    let start = 0;
    const segments = chunks.flatMap((chunk, read) => {
      const from = Math.max(start, offset);
      const to = Math.min(start + chunk.length, offset + length);
      const bytes = chunk.subarray(from - start, Math.max(from, to) - start);
      start += chunk.length;
      return to > from ? [{ bytes, atMs: (read + 1) * gapMs, read }] : [];
    });
    const record: IndexRecord = {
      offset,
      length,
      atMs: segments.at(-1)?.atMs ?? 0,
      attempt: 1,
      typeNumber: 0,
      kindNumber: kindNumberOf(kind as 'event'),
      flags: id === null ? 0 : 1,
      firstRead: 0,
      framing: 0,
    };
    const eventNumber = kind === 'event' ? events : 0;
    return { seq, eventNumber, id, segments, record, content: () => ({ text, type }) };
  });
}
