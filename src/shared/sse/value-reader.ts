/**
 * A body that is no event stream on its way into frames, as frame-reader is for event streams: takes reads as they come, hands
 * out each frame as soon as its last byte is there, keeps nothing but the bytes of the frame in hand.
 */
import { createAwsSplitter } from './aws-splitter.ts';
import type { ByteText } from './byte-text.ts';
import { detached } from './byte-text.ts';
import type { ByteSplitter, CutEnd, OnCut } from './frame-cutter.ts';
import { createJsonArraySplitter } from './json-array-splitter.ts';
import { createJsonSeqSplitter } from './json-seq-splitter.ts';
import { createLineSplitter } from './line-splitter.ts';
import { createPendingBytes } from './pending-bytes.ts';
import { FRAME_FLAGS, type FrameKind, type ParsedFrame } from './types.ts';
import { isAsciiData, valueEvent, valueKind, type ValueEvent, type ValueFraming } from './value-frame.ts';

export interface ValueReaderOptions {
  readonly byteText: ByteText;
  /** A frame is complete. The object is reused: it is valid during the call only. */
  readonly onFrame: (frame: Readonly<ParsedFrame>) => void;
}

export interface ValueReader {
  /** A body begins. Frames longer than `maxFrameBytes` are cut into pieces. */
  begin(wireOffset: number, framing: ValueFraming, maxFrameBytes: number): void;
  push(bytes: Uint8Array): void;
  /** Bytes of the frame in hand; only during `onFrame`, and not to be kept. */
  frameBytes(): Uint8Array;
  end(): void;
}

const NO_BYTES = new Uint8Array(0);
const NO_COMMENTS: readonly string[] = [];
/** Names of event types that are kept, so that the usual handful is copied once and not once an event. */
const MAX_NAMES = 256;

export function createValueReader({ byteText, onFrame }: ValueReaderOptions): ValueReader {
  const pending = createPendingBytes();
  const names = new Map<string, string>();
  let framing: ValueFraming = 'text';
  let splitter: ByteSplitter | null = null;
  let readOffset = 0;
  let bodyOffset = 0;
  let bytes: Uint8Array = NO_BYTES;
  let frameBytes: Uint8Array = NO_BYTES;
  let event: ValueEvent | null = null;

  const frame = {
    offset: 0,
    length: 0,
    kind: 'unknown' as FrameKind,
    flags: 0,
    id: null,
    retryMs: null,
    comments: NO_COMMENTS,
    get eventType(): string | null {
      return frame.kind === 'event' ? nameOf(eventOf().type) : null;
    },
    /** Decoded when it is asked for, which capture does not. */
    get data(): string {
      return frame.kind === 'event' ? eventOf().data : '';
    },
  };

  function eventOf(): ValueEvent {
    event ??= valueEvent(framing, frameBytes, 0, frameBytes.length, frame.flags, byteText);
    return event;
  }

  function nameOf(type: string): string {
    const known = names.get(type);
    if (known !== undefined) return known;
    const own = detached(type);
    if (names.size < MAX_NAMES) names.set(own, own);
    return own;
  }

  function frameFound(from: number, to: number, end: CutEnd): void {
    frameBytes = from >= 0 ? bytes.subarray(from, to) : joinPending(from, to);
    event = null;
    frame.offset = readOffset + from;
    frame.length = to - from;
    frame.flags = flagsOf(end);
    frame.kind = valueKind(framing, end, frameBytes, frame.flags, byteText);
    onFrame(frame);
    frameBytes = NO_BYTES;
    pending.clear();
  }

  /** What came of the frame before, with its part of the read in hand. */
  function joinPending(from: number, to: number): Uint8Array {
    if (pending.length < to - from) pending.append(bytes, 0, to);
    return pending.bytes().subarray(0, to - from);
  }

  function flagsOf(end: CutEnd): number {
    const hasBom = frame.offset === bodyOffset && framing !== 'aws-event-stream' && beginsWithBom(frameBytes);
    // Only a whole message has a payload to be told from its envelope.
    const isAscii =
      end === 'whole'
        ? isAsciiData(framing, frameBytes, byteText)
        : byteText.isAscii(frameBytes, 0, frameBytes.length);
    return (
      (splitter?.flags ?? 0) |
      FRAME_FLAGS.defaultType |
      (hasBom ? FRAME_FLAGS.bom : 0) |
      (isAscii ? 0 : FRAME_FLAGS.nonAscii)
    );
  }

  return {
    begin(wireOffset, newFraming, maxFrameBytes) {
      framing = newFraming;
      splitter = splitterOf(framing, maxFrameBytes, frameFound);
      readOffset = bodyOffset = wireOffset;
      pending.clear();
      splitter.begin();
    },
    push(read) {
      if (read.length === 0 || !splitter) return;
      bytes = read;
      splitter.push(read);
      const open = splitter.openBytes;
      if (open > 0) pending.append(read, Math.max(0, read.length - open), read.length);
      bytes = NO_BYTES;
      readOffset += read.length;
    },
    frameBytes: () => frameBytes,
    end: () => splitter?.end(),
  };
}

function splitterOf(framing: ValueFraming, maxFrameBytes: number, onCut: OnCut): ByteSplitter {
  switch (framing) {
    case 'json-seq':
      return createJsonSeqSplitter(maxFrameBytes, onCut);
    case 'json-array':
      return createJsonArraySplitter(maxFrameBytes, onCut);
    case 'aws-event-stream':
      return createAwsSplitter(maxFrameBytes, onCut);
    case 'ndjson':
    case 'text':
      return createLineSplitter(maxFrameBytes, onCut);
  }
}

function beginsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
