/** Wire bytes of a chat stream as the steps that a fold takes: events, and the text of frames that dispatched none. */
import type { CompletionFold, FoldEvent, UnframedText } from '../../src/shared/chat/fold.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { createBodyReader } from '../../src/shared/sse/body-reader.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';

export type ChatStep =
  | { readonly kind: 'event'; readonly event: FoldEvent }
  | { readonly kind: 'unframed'; readonly frame: UnframedText };

/** Frames are numbered from 0 and come 10 ms apart. */
export function chatSteps(bytes: Uint8Array, framing: Framing = 'sse'): ChatStep[] {
  const byteText = createPortableByteText();
  const steps: ChatStep[] = [];
  let seq = 0;
  const reader = createBodyReader({
    byteText,
    onFrame({ kind, eventType, data, offset, length }) {
      const place = { seq, atMs: seq * 10 };
      seq += 1;
      if (kind === 'event') steps.push({ kind, event: { type: eventType ?? 'message', data, ...place } });
      else if (kind === 'unknown' || kind === 'incomplete') {
        const text = byteText.utf8(bytes, offset, offset + length);
        steps.push({ kind: 'unframed', frame: { text, ...place } });
      }
    },
    onExtend() {},
  });
  reader.begin(0, framing);
  reader.push(bytes);
  reader.end();
  return steps;
}

export function applyStep(fold: CompletionFold, step: ChatStep): void {
  if (step.kind === 'event') fold.push(step.event);
  else fold.pushUnframed(step.frame);
}
