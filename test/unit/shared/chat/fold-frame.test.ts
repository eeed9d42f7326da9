import { describe, expect, it } from 'vitest';
import { foldFrame, MAX_UNFRAMED_BYTES, type FrameToFold } from '../../../../src/shared/chat/fold-frame.ts';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import type { FrameKind } from '../../../../src/shared/sse/types.ts';

const CHUNK = '{"choices":[{"index":0,"delta":{"content":"x"}}]}';
const ERROR = 'error: {"message":"slot"}\n\n';

function frame(kind: FrameKind, text: string, more: Partial<FrameToFold> = {}): FrameToFold {
  const bytes = new TextEncoder().encode(text);
  return {
    kind,
    seq: 1,
    atMs: 2,
    attempt: 1,
    length: bytes.length,
    event: () => ({ type: 'message', data: text }),
    bytes: () => bytes,
    ...more,
  };
}

function endAfter(...frames: FrameToFold[]): string | undefined {
  const fold = createFold();
  for (const one of frames) foldFrame(fold, one, createPortableByteText());
  return fold.view()[0]?.end;
}

describe('folding frames', () => {
  it('takes the data of events', () => {
    expect(endAfter(frame('event', CHUNK))).toBe('streaming');
    expect(endAfter(frame('event', CHUNK, { event: () => null }))).toBeUndefined();
  });

  it.each(['unknown', 'incomplete'] as const)('looks for an error in a frame of kind %s', (kind) => {
    expect(endAfter(frame('event', CHUNK), frame(kind, ERROR))).toBe('error');
  });

  it.each(['comment', 'retry', 'id', 'no-data', 'blank', 'oversize'] as const)(
    'does not ask for the bytes of a frame of kind %s',
    (kind) => {
      const bytes = () => {
        throw new Error('asked for');
      };
      expect(endAfter(frame('event', CHUNK), frame(kind, ERROR, { bytes }))).toBe('streaming');
    },
  );

  it('does not search what is too long for a sentence', () => {
    const long = frame('unknown', ERROR, { length: MAX_UNFRAMED_BYTES + 1 });
    expect(endAfter(frame('event', CHUNK), long)).toBe('streaming');
  });
});
