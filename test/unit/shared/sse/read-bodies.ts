/** Reads a body of any framing, cut into reads as a test wishes, and says what came out. */
import { createBodyReader } from '../../../../src/shared/sse/body-reader.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { createEventParser } from '../../../../src/shared/sse/event-parser.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';

export interface ReadFrame {
  readonly offset: number;
  readonly length: number;
  readonly kind: string;
  readonly flags: number;
  readonly type: string | null;
  readonly data: string;
}

/** `cuts`: where one read ends and the next begins, rising. Every frame is also interpreted again from its bytes alone. */
export function readBody(
  framing: Framing,
  body: Uint8Array,
  cuts: readonly number[] = [],
  maxFrameBytes?: number,
): ReadFrame[] {
  const byteText = createPortableByteText();
  const parser = createEventParser(byteText);
  const frames: ReadFrame[] = [];
  const reader = createBodyReader({
    byteText,
    ...(maxFrameBytes === undefined ? {} : { maxFrameBytes }),
    onFrame(frame) {
      const { offset, length, kind, flags, eventType, data } = frame;
      frames.push({ offset, length, kind, flags, type: eventType, data });
      const bytes = reader.frameBytes();
      if (bytes.length !== length) throw new Error('the bytes of the frame are not its bytes');
      const later = parser.interpret(bytes, 0, bytes.length, { kind, flags, framing });
      if ((later.event?.type ?? null) !== eventType || (later.event?.data ?? '') !== data) {
        throw new Error(`read again, the frame says ${JSON.stringify(later.event)}, and not ${data}`);
      }
    },
    onExtend() {},
  });
  reader.begin(0, framing);
  let from = 0;
  for (const to of [...cuts, body.length]) {
    // A copy that is overwritten, as a socket's buffer would be.
    const read = body.slice(from, to);
    reader.push(read);
    read.fill(0);
    from = to;
  }
  reader.end();
  return frames;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What the events say, and the kinds of what is no event. */
export function saidBy(frames: readonly ReadFrame[]): string[] {
  return frames.map(({ kind, data }) => (kind === 'event' ? data : `<${kind}>`));
}
