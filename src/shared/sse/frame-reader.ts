/**
 * A body on its way into frames: takes reads as they come and hands out each frame with its meaning as soon as its last
 * byte is there. It parses every byte once, keeps nothing but the bytes of the frame in hand, and never lets a frame grow
 * beyond the cap. Frames are cut by frame-splitter and read by block-parser, but for those that are one data line.
 */
import { invariant } from '../base/assert.ts';
import { createBlockParser } from './block-parser.ts';
import { detached, type ByteText } from './byte-text.ts';
import { beginsWithData, createDataLineFrame } from './data-line-frame.ts';
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
   * counted and not framed. `maxFrameBytes`, where given, holds from here on.
   */
  begin(wireOffset: number, asEvents: boolean, maxFrameBytes?: number): void;
  /** One read of the body. The bytes may be reused after the call. */
  push(bytes: Uint8Array): void;
  /** Bytes of the frame in hand; only during `onFrame`, and not to be kept. */
  frameBytes(): Uint8Array;
  /** The body is over: what is left becomes an `incomplete`, `blank` or `oversize` frame. */
  end(): void;
}

const NO_BYTES = new Uint8Array(0);
const SPACE_FOR_RUNS = 1024;

export function createFrameReader(options: FrameReaderOptions): FrameReader {
  const { byteText, onFrame, onExtend } = options;
  const block = createBlockParser();
  const { frame } = block;
  const line = createDataLineFrame(byteText);
  const pending = createPendingBytes();

  let framing = false;
  /** No frame of the body has been read: a BOM may be in front of this one. */
  let firstOfBody = true;
  /** Offset of the read in hand, and after it of the next. */
  let readOffset = 0;
  let bytes: Uint8Array = NO_BYTES;
  /** The read, one character a byte. */
  let text = '';
  let ascii = true;
  /** Where the next line that begins with "data:" is in `text`: at its line end before; -1 when there is none, -2 when not looked for. */
  let nextDataLine = -2;
  let lastEventId = '';
  /** Where the frame in hand is, relative to the read. */
  let handedFrom = 0;
  let handedTo = 0;

  /**
   * Frames of an ASCII read that are sure to dispatch an event wait here and are parsed as one text: the k-th event is the
   * k-th frame. That is a third quicker than frame by frame.
   */
  let runEnds = new Int32Array(SPACE_FOR_RUNS);
  let runStart = 0;
  let runCount = 0;
  let runDone = 0;

  const splitter = createFrameSplitter({
    maxFrameBytes: options.maxFrameBytes ?? MAX_FRAME_BYTES,
    onFrame: frameFound,
    onLine: lineFound,
    onExtend,
  });

  /** Whether a frame in the read in hand has a `data` line, which is all that an event needs. */
  function dispatches(from: number, to: number): boolean {
    if (beginsWithData(text, from)) return true;
    if (nextDataLine !== -1 && nextDataLine < from) nextDataLine = text.indexOf('\ndata:', from);
    return nextDataLine >= 0 && nextDataLine + 1 < to;
  }

  function frameFound(from: number, to: number, end: FrameEnd): void {
    if (ascii && end === 'blank-line' && from >= 0 && dispatches(from, to)) {
      if (runCount === 0) runStart = from;
      if (runCount === runEnds.length) growRun();
      runEnds[runCount] = to;
      runCount += 1;
      return;
    }
    parseRun();
    parseOne(from, to, end);
    firstOfBody = false;
    handOut(from, to);
    pending.clear();
  }

  function lineFound(from: number, lineEnd: number): void {
    if (!line.read(from, lineEnd)) return frameFound(from, lineEnd + 2, 'blank-line');
    parseRun();
    firstOfBody = false;
    handedFrom = from;
    handedTo = lineEnd + 2;
    line.frame.offset = readOffset + from;
    line.frame.length = handedTo - from;
    onFrame(line.frame);
  }

  function handOut(from: number, to: number): void {
    handedFrom = from;
    handedTo = to;
    frame.offset = readOffset + from;
    frame.length = to - from;
    onFrame(frame);
  }

  /** What came of the frame before, with its part of the read in hand. */
  function joinPending(from: number, to: number): Uint8Array {
    if (pending.length < to - from) pending.append(bytes, 0, to);
    return pending.bytes();
  }

  function growRun(): void {
    const larger = new Int32Array(runEnds.length * 2);
    larger.set(runEnds);
    runEnds = larger;
  }

  function parseRun(): void {
    if (runCount === 0) return;
    firstOfBody = false;
    runDone = 0;
    block.parseEvents(text.slice(runStart, runEnds[runCount - 1]), eventParsed);
    invariant(runDone === runCount, 'every frame with a data line dispatches one event');
    runCount = 0;
  }

  function eventParsed(): void {
    const end = runEnds[runDone] as number;
    const start = runDone === 0 ? runStart : (runEnds[runDone - 1] as number);
    runDone += 1;
    handOut(start, end);
  }

  function parseOne(from: number, to: number, end: FrameEnd): void {
    if (end === 'cap' || end === 'line-ends') {
      block.parse('', end);
    } else if (from >= 0 && ascii) {
      block.parse(text.slice(from, to), end);
    } else if (from >= 0) {
      parseBytes(bytes, from, to, end);
    } else {
      parseBytes(joinPending(from, to), 0, to - from, end);
    }
  }

  /**
   * For frames that may not be ASCII: decodes the bytes of the frame alone, which is quicker than a whole read at a time.
   * Outside ASCII a character has fewer units in a string than bytes, but for a byte that is none.
   */
  function parseBytes(source: Uint8Array, from: number, to: number, end: FrameEnd): void {
    const decoded = byteText.utf8(source, from, to);
    const nonAscii = decoded.length !== to - from || decoded.includes('\uFFFD');
    const hasBom = firstOfBody && decoded.startsWith('\uFEFF');
    block.parse(hasBom ? decoded.slice(1) : decoded, end);
    if (nonAscii) frame.flags |= FRAME_FLAGS.nonAscii;
    if (hasBom) frame.flags |= FRAME_FLAGS.bom;
  }

  return {
    get lastEventId() {
      return block.lastEventId;
    },
    set lastEventId(id) {
      block.lastEventId = lastEventId = id;
    },
    begin(wireOffset, asEvents, maxFrameBytes) {
      framing = asEvents;
      firstOfBody = true;
      readOffset = wireOffset;
      pending.clear();
      block.begin();
      splitter.begin(maxFrameBytes);
    },
    push(read) {
      if (framing && read.length > 0) {
        bytes = read;
        text = byteText.latin1(read, 0, read.length);
        ascii = byteText.isAscii(read, 0, read.length);
        nextDataLine = -2;
        line.begin(read, text, ascii);
        splitter.push(text);
        parseRun();
        const open = splitter.openBytes;
        if (open > 0) pending.append(read, Math.max(0, read.length - open), read.length);
        bytes = NO_BYTES;
        text = '';
        line.end();
        // An ID that outlives the read must not keep the whole read alive.
        if (block.lastEventId !== lastEventId) lastEventId = block.lastEventId = detached(block.lastEventId);
      }
      readOffset += read.length;
    },
    frameBytes() {
      return handedFrom < 0 ? joinPending(handedFrom, handedTo) : bytes.subarray(handedFrom, handedTo);
    },
    end() {
      if (framing) splitter.end();
      framing = false;
    },
  };
}
