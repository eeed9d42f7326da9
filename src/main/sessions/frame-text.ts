/** What a stored frame says, read from as few of its bytes as will do: the text of its row, and its id. */
import { kindOf, type IndexRecord } from '../../shared/session/index-record.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createEventParser, type EventParser } from '../../shared/sse/event-parser.ts';
import { framingOf } from '../../shared/sse/framing.ts';
import { FRAME_FLAGS, type FrameKind, type FrameMeaning } from '../../shared/sse/types.ts';

/** Bytes of a frame's beginning, and of its end, that are read for a row. */
export const HEAD_BYTES = 1024;

/** What a query asks of a frame beyond its record. */
export interface FrameContent {
  /** What its row shows, whole: data, comment, or a sentence. */
  readonly text: string;
  /** Event type; "" for frames that are no events. */
  readonly type: string;
  /** The id that it sets, else null. */
  readonly id: string | null;
}

export interface FrameText {
  /** The frame's meaning; `bytes` are its first ones, all of them or not. */
  meaning(record: Readonly<IndexRecord>, bytes: Uint8Array): FrameMeaning;
  /** Data, comment or a sentence, as it stands; line breaks included. */
  textOf(record: Readonly<IndexRecord>, bytes: Uint8Array, meaning: FrameMeaning): string;
  /** What a filter asks of a frame; `bytes` are all of it. */
  content(record: Readonly<IndexRecord>, bytes: Uint8Array): FrameContent;
  /** The id in the last bytes of a frame of which the beginning was read before; null when there is none. */
  idInTail(tail: Uint8Array): string | null;
}

export function createFrameText(byteText: ByteText): FrameText {
  const parser: EventParser = createEventParser(byteText);

  function rawText(record: Readonly<IndexRecord>, bytes: Uint8Array): string {
    return byteText.utf8(bytes, record.flags & FRAME_FLAGS.bom ? 3 : 0, bytes.length);
  }

  function meaningOf(record: Readonly<IndexRecord>, bytes: Uint8Array): FrameMeaning {
    // Journal entries never get here.
    const kind = kindOf(record.kindNumber) as FrameKind;
    const cut = bytes.length < record.length;
    const { flags } = record;
    const framing = framingOf(record.framing);
    return parser.interpret(bytes, 0, bytes.length, { kind, flags, framing, cut });
  }

  function textOf(record: Readonly<IndexRecord>, bytes: Uint8Array, meaning: FrameMeaning): string {
    switch (meaning.kind) {
      case 'event':
        return meaning.event?.data ?? '';
      case 'comment':
        return meaning.comments.join(' ');
      case 'retry':
        return `Reconnection time: ${meaning.retryMs ?? '?'} ms`;
      case 'id':
        return meaning.id === '' ? 'Last event ID: none' : `Last event ID: ${meaning.id ?? '?'}`;
      default:
        return rawText(record, bytes);
    }
  }

  return {
    meaning: meaningOf,
    textOf,
    content(record, bytes) {
      const meaning = meaningOf(record, bytes);
      return { text: textOf(record, bytes, meaning), type: meaning.event?.type ?? '', id: meaning.id };
    },
    idInTail(tail) {
      const text = byteText.utf8(tail, 0, tail.length);
      // The first line of the tail may be the end of a longer one.
      const lines = text.split(/\r\n|\r|\n/).slice(1);
      const line = lines.findLast((candidate) => /^id(:|$)/.test(candidate) && !candidate.includes('\0'));
      return line === undefined ? null : line.slice(3).replace(/^ /, '');
    },
  };
}

/** At most `maxChars` on one line, whole characters only. */
export function onOneLine(text: string, maxChars: number): string {
  const line = text
    .slice(0, maxChars * 2)
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim()
    .slice(0, maxChars);
  const last = line.charCodeAt(line.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? line.slice(0, -1) : line;
}
