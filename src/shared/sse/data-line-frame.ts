/**
 * The frame that most streams are made of: one `data` line and its blank line, both ended by LF alone. It can mean one thing only,
 * an event of the default type with that line as its data, so nobody has to be asked: the parser would cost more than everything
 * else that is done for it. A test compares it with eventsource-parser for whatever is accepted here (decision 0001). The data is
 * cut out when somebody looks at it.
 */
import type { ByteText } from './byte-text.ts';
import { FRAME_FLAGS, type ParsedFrame } from './types.ts';

type Draft = { -readonly [K in keyof Omit<ParsedFrame, 'data'>]: ParsedFrame[K] } & { readonly data: string };

export interface DataLineFrame {
  /** Owned and filled again, but for `offset` and `length`, which are the reader's. */
  readonly frame: Draft;
  /** A read begins: its bytes, the same with one character a byte, and whether all of it is ASCII. */
  begin(bytes: Uint8Array, text: string, ascii: boolean): void;
  /** The read is over: nothing of it is kept. */
  end(): void;
  /** Whether the line at `from` is a `data` line; its text ends at `lineEnd`, where one LF follows and then another. */
  read(from: number, lineEnd: number): boolean;
}

const NO_BYTES = new Uint8Array(0);
const NON_ASCII = /[\x80-\xff]/g;
const NAME_LENGTH = 'data:'.length;
const SPACE = 32;

export function createDataLineFrame(byteText: ByteText): DataLineFrame {
  let bytes: Uint8Array = NO_BYTES;
  let text = '';
  let start = 0;
  let end = 0;
  /** The first place outside ASCII at or after the frames that were read. */
  let nonAsciiAt = Infinity;

  function hasNonAscii(from: number): boolean {
    if (nonAsciiAt < from) {
      NON_ASCII.lastIndex = from;
      nonAsciiAt = NON_ASCII.exec(text)?.index ?? Infinity;
    }
    return nonAsciiAt < end;
  }

  const frame: Draft = {
    offset: 0,
    length: 0,
    kind: 'event',
    flags: FRAME_FLAGS.defaultType,
    eventType: 'message',
    get data() {
      return frame.flags & FRAME_FLAGS.nonAscii ? byteText.utf8(bytes, start, end) : text.slice(start, end);
    },
    id: null,
    retryMs: null,
    comments: [],
  };

  return {
    frame,
    begin(read, readText, ascii) {
      bytes = read;
      text = readText;
      nonAsciiAt = ascii ? Infinity : -1;
    },
    end() {
      bytes = NO_BYTES;
      text = '';
    },
    read(from, lineEnd) {
      if (!beginsWithData(text, from)) return false;
      start = from + (text.charCodeAt(from + NAME_LENGTH) === SPACE ? NAME_LENGTH + 1 : NAME_LENGTH);
      end = lineEnd;
      frame.flags = FRAME_FLAGS.defaultType;
      if (nonAsciiAt !== Infinity && hasNonAscii(from)) frame.flags |= FRAME_FLAGS.nonAscii;
      return true;
    },
  };
}

/** Whether "data:" stands at `at`. Character by character is several times quicker than startsWith. */
export function beginsWithData(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 100 &&
    text.charCodeAt(at + 1) === 97 &&
    text.charCodeAt(at + 2) === 116 &&
    text.charCodeAt(at + 3) === 97 &&
    text.charCodeAt(at + 4) === 58
  );
}
