/**
 * What a frame of a log means, asked for when somebody looks at it: rows, the detail pane, completions, exports. The same
 * interpreter as in capture (block-parser), fed the bytes of one frame and what its index record says of it.
 */
import { createBlockParser } from './block-parser.ts';
import type { ByteText } from './byte-text.ts';
import type { Framing } from './framing.ts';
import { FRAME_FLAGS, type FrameEnd, type FrameKind, type FrameMeaning } from './types.ts';
import { valueEvent, type ValueFraming } from './value-frame.ts';

/** What capture found out about the frame. */
export interface FrameFacts {
  readonly kind: FrameKind;
  /** FRAME_FLAGS. */
  readonly flags: number;
  /** Only the beginning of the frame is at hand: its last line is read as far as it goes. Default false. */
  readonly cut?: boolean;
  /** What the body was read as. Default `sse`. */
  readonly framing?: Framing;
}

export interface EventParser {
  /**
   * Reads the frame in `bytes` from `start` (inclusive) to `end` (exclusive). `lastEventId` is the one in force before it.
   * The strings may be slices of the frame's text.
   */
  interpret(
    bytes: Uint8Array,
    start: number,
    end: number,
    facts: FrameFacts,
    lastEventId?: string,
  ): FrameMeaning;
}

export function createEventParser(byteText: ByteText): EventParser {
  const block = createBlockParser();
  return {
    interpret(bytes, start, end, facts, lastEventId = '') {
      const { framing = 'sse' } = facts;
      if (framing !== 'sse') {
        return interpretValue(framing, byteText, bytes, start, end, facts, lastEventId);
      }
      block.parse(textOf(byteText, bytes, start, end, facts), frameEndOf(facts.kind));
      const { eventType, data, id, comments, retryMs } = block.frame;
      const after = id ?? lastEventId;
      return {
        kind: facts.kind,
        event: eventType === null ? null : { type: eventType, data, lastEventId: after },
        id,
        comments,
        retryMs,
        lastEventId: after,
      };
    },
  };
}

function interpretValue(
  framing: ValueFraming,
  byteText: ByteText,
  bytes: Uint8Array,
  start: number,
  end: number,
  { kind, flags, cut }: FrameFacts,
  lastEventId: string,
): FrameMeaning {
  const last = cut ? lastWholeCharacter(bytes, start, end) : end;
  const event =
    kind === 'event' ? { ...valueEvent(framing, bytes, start, last, flags, byteText), lastEventId } : null;
  return { kind, event, id: null, comments: [], retryMs: null, lastEventId };
}

/** How a frame of this kind ended. */
export function frameEndOf(kind: FrameKind): FrameEnd {
  switch (kind) {
    case 'comment':
      return 'comment-line';
    case 'incomplete':
      return 'end-of-stream';
    case 'blank':
      return 'line-ends';
    case 'oversize':
      return 'cap';
    default:
      return 'blank-line';
  }
}

function textOf(
  byteText: ByteText,
  bytes: Uint8Array,
  start: number,
  end: number,
  facts: FrameFacts,
): string {
  const from = start + (facts.flags & FRAME_FLAGS.bom ? 3 : 0);
  if (!facts.cut) return byteText.utf8(bytes, from, end);
  return `${byteText.utf8(bytes, from, lastWholeCharacter(bytes, from, end))}\n\n`;
}

/** `end`, or the start of the character that it would cut in two. */
function lastWholeCharacter(bytes: Uint8Array, from: number, end: number): number {
  let lead = end - 1;
  while (lead > from && end - lead < 4 && ((bytes[lead] as number) & 0xc0) === 0x80) lead -= 1;
  const first = lead >= from ? (bytes[lead] as number) : 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + length > end ? lead : end;
}
