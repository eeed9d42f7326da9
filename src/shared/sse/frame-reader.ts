/**
 * A body on its way into frames: takes reads as they come and hands out each frame with its meaning as soon as its last
 * byte is there. It parses every byte once, keeps nothing but the bytes of the frame in hand, and never lets a frame grow
 * beyond the cap. Frames are cut by frame-splitter and read by block-parser.
 */
import { createBlockParser } from './block-parser.ts';
import { detached, type ByteText } from './byte-text.ts';
import { createFrameSplitter } from './frame-splitter.ts';
import { createPendingBytes } from './pending-bytes.ts';
import { FRAME_FLAGS, type FrameEnd, type ParsedFrame } from './types.ts';

/** Frames longer than this are cut into pieces of kind `oversize`. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024 + 64 * 1024;

export interface FrameReaderOptions {
  readonly byteText: ByteText;
  /** Default MAX_FRAME_BYTES. */
  readonly maxFrameBytes?: number;
  /** A frame is complete. The object is reused: it is valid during the call only. */
  readonly onFrame: (frame: Readonly<ParsedFrame>) => void;
  /** The LF of a CRLF arrived after its CR had ended the last frame: that frame is one byte longer than was said. */
  readonly onExtend: () => void;
}

export interface FrameReader {
  /** The last event ID string: it outlives bodies, as the standard has it. May be set to take up a session again. */
  lastEventId: string;
  /**
   * A body begins at `wireOffset`: one BOM may come, and nothing is left of the body before. `asEvents` false: its bytes are
   * counted and not framed.
   */
  begin(wireOffset: number, asEvents: boolean): void;
  /** One read of the body. The bytes may be reused after the call. */
  push(bytes: Uint8Array): void;
  /** The body is over: what is left becomes an `incomplete`, `blank` or `oversize` frame. */
  end(): void;
}

type Draft = { -readonly [K in keyof ParsedFrame]: ParsedFrame[K] };

const NO_BYTES = new Uint8Array(0);

export function createFrameReader(options: FrameReaderOptions): FrameReader {
  const { byteText, onFrame, onExtend } = options;
  const block = createBlockParser();
  const pending = createPendingBytes();
  const frame: Draft = {
    offset: 0,
    length: 0,
    kind: 'unknown',
    flags: 0,
    eventType: null,
    data: '',
    id: null,
    retryMs: null,
    comments: [],
  };

  let framing = false;
  let bodyOffset = 0;
  /** Offset of the read in hand, and after it of the next. */
  let readOffset = 0;
  let bytes: Uint8Array = NO_BYTES;
  /** The read, one character a byte. */
  let text = '';
  let ascii = true;
  let idChanged = false;

  const splitter = createFrameSplitter({
    maxFrameBytes: options.maxFrameBytes ?? MAX_FRAME_BYTES,
    onFrame: frameFound,
    onExtend,
  });

  function frameFound(offset: number, length: number, end: FrameEnd): void {
    const from = offset - readOffset;
    let flags = 0;
    if (end === 'cap' || end === 'line-ends') {
      pending.clear();
      block.parse('', end);
    } else if (from >= 0 && ascii) {
      block.parse(text.slice(from, from + length), end);
    } else {
      flags = parseBytes(offset, length, end);
    }
    const { reading } = block;
    frame.offset = offset;
    frame.length = length;
    frame.kind = reading.kind;
    frame.flags = reading.flags | flags;
    frame.eventType = reading.eventType;
    frame.data = reading.data;
    frame.id = reading.id;
    frame.retryMs = reading.retryMs;
    frame.comments = reading.comments;
    if (reading.id !== null) idChanged = true;
    onFrame(frame);
  }

  /** For frames that are not ASCII or began in an earlier read: decodes the bytes of the frame alone. Returns flags. */
  function parseBytes(offset: number, length: number, end: FrameEnd): number {
    let source = bytes;
    let from = offset - readOffset;
    if (from < 0) {
      pending.append(bytes, 0, from + length);
      source = pending.bytes();
      from = 0;
    }
    const to = from + length;
    let flags = 0;
    if (byteText.isAscii(source, from, to)) {
      block.parse(byteText.latin1(source, from, to), end);
    } else {
      flags = FRAME_FLAGS.nonAscii;
      const decoded = byteText.utf8(source, from, to);
      if (offset === bodyOffset && decoded.startsWith('\uFEFF')) {
        flags |= FRAME_FLAGS.bom;
        block.parse(decoded.slice(1), end);
      } else {
        block.parse(decoded, end);
      }
    }
    if (offset < readOffset) pending.clear();
    return flags;
  }

  return {
    get lastEventId() {
      return block.lastEventId;
    },
    set lastEventId(id) {
      block.lastEventId = id;
    },
    begin(wireOffset, asEvents) {
      framing = asEvents;
      bodyOffset = readOffset = wireOffset;
      pending.clear();
      block.begin();
      splitter.begin(wireOffset);
    },
    push(read) {
      if (framing && read.length > 0) {
        bytes = read;
        text = byteText.latin1(read, 0, read.length);
        ascii = byteText.isAscii(read, 0, read.length);
        splitter.push(text);
        const rest = Math.max(0, splitter.frameStart - readOffset);
        if (rest < read.length) pending.append(read, rest, read.length);
        bytes = NO_BYTES;
        text = '';
        // An ID kept over reads must not keep a whole read alive.
        if (idChanged) block.lastEventId = detached(block.lastEventId);
        idChanged = false;
      }
      readOffset += read.length;
    },
    end() {
      if (framing) splitter.end();
      framing = false;
    },
  };
}
