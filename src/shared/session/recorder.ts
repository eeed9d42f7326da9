/**
 * Takes what a connection brings and appends it to a log: socket reads become wire bytes and frames with their meaning,
 * everything else becomes journal entries. The only place where capture parses, once a byte.
 */
import type { MonotonicMs } from '../base/clock.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { createBodyReader } from '../sse/body-reader.ts';
import { framingNumberOf, type Framing } from '../sse/framing.ts';
import { FRAME_FLAGS, type ParsedFrame } from '../sse/types.ts';
import type { JournalEntry } from './entry.ts';
import { kindNumberOf, type IndexRecord } from './index-record.ts';
import type { SessionLog } from './log.ts';

/** What the connection machine needs to know of a read. */
export interface ReadOutcome {
  /** Events dispatched by this read. */
  readonly events: number;
  /** The last `retry` that counted in this read, else null. */
  readonly retryMs: number | null;
  /** An event of this body outgrew the cap in this read, for the first time. */
  readonly longEvent: boolean;
}

export interface Recorder {
  /** The last event ID string, as the standard keeps it over reconnects. */
  readonly lastEventId: string;
  /** A response body begins: new decoder and parser state, one BOM may come. `framing` null: bytes are kept, as frames of kind `unknown`. Frames longer than `maxFrameBytes` (default MAX_FRAME_BYTES) are cut up. */
  beginBody(attempt: number, framing: Framing | null, maxFrameBytes?: number): void;
  /** One socket read of the decoded body. */
  read(bytes: Uint8Array, atMs: MonotonicMs): ReadOutcome;
  /** The body is over: what has no blank line becomes an `incomplete` frame. A `retry` in it still counts. */
  endBody(atMs: MonotonicMs): ReadOutcome;
  entry(entry: JournalEntry, atMs: MonotonicMs): void;
  /** The last event ID string is this one from now on: the user chose it. */
  takeUpFrom(lastEventId: string): void;
  /** Hands every frame to `watcher` when it is stored; the object is reused. One watcher a recorder. */
  watchFrames(watcher: (frame: Readonly<ParsedFrame>) => void): void;
  /** Resolves when the log can take more. */
  drained(): Promise<void>;
}

/** Bodies that are not read are cut into frames of about this size, at the ends of reads. */
const RUN_BYTES = 64 * 1024;
const UNKNOWN = kindNumberOf('unknown');
const OVERSIZE = kindNumberOf('oversize');

export interface RecorderOptions {
  /** Empty, or one whose reads are numbered on from `firstRead`. */
  readonly log: Pick<
    SessionLog,
    'wireBytes' | 'appendWire' | 'appendFrame' | 'extendLastFrame' | 'appendEntry' | 'drained'
  >;
  readonly byteText: ByteText;
  /** The last event ID string to begin with. Default "". */
  readonly lastEventId?: string;
  /** Frames longer than this are cut up. Default MAX_FRAME_BYTES. */
  readonly maxFrameBytes?: number;
  /** Number of the first read. Default 0. */
  readonly firstRead?: number;
}

/**
 * Creates the recorder of one log. Every byte of a body ends up in exactly one frame: bodies that are read by the body
 * reader; others as frames of kind `unknown`, each a run of whole reads, which is closed when it has RUN_BYTES and at
 * the end of the body, so that a short error page is one entry.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { log, byteText } = options;
  const record: IndexRecord = {
    offset: 0,
    atMs: 0,
    length: 0,
    attempt: 0,
    typeNumber: 0,
    kindNumber: 0,
    flags: 0,
    firstRead: 0,
    framing: 0,
  };
  let readNumber = (options.firstRead ?? 0) - 1;
  /** Where the read in hand begins in the body bytes. */
  let readStart = log.wireBytes;
  /** The read that brought the first byte of the frame that is not complete yet. */
  let openFrameRead = 0;
  /** Offset of the first byte that is in no frame yet. */
  let openFrameStart = readStart;
  let attempt = 0;
  let isRead = true;
  let lastByteAtMs: MonotonicMs = 0;
  let events = 0;
  let retryMs: number | null = null;
  /** Only in bodies that are not read. */
  let runFlags = 0;
  let oversizeFrame = false;
  let oversizeSeen = false;
  let watcher: ((frame: Readonly<ParsedFrame>) => void) | null = null;

  function appendFrame(
    offset: number,
    length: number,
    kindNumber: number,
    flags: number,
    type: string | null,
  ): void {
    record.offset = offset;
    record.atMs = lastByteAtMs;
    record.length = length;
    record.attempt = attempt;
    record.kindNumber = kindNumber;
    record.flags = flags;
    record.firstRead = offset >= readStart ? readNumber : openFrameRead;
    log.appendFrame(record, type);
    openFrameStart = offset + length;
    if (openFrameStart >= readStart) openFrameRead = readNumber;
  }

  const frames = createBodyReader({
    byteText,
    ...(options.maxFrameBytes === undefined ? {} : { maxFrameBytes: options.maxFrameBytes }),
    onFrame(frame) {
      const kindNumber = kindNumberOf(frame.kind);
      appendFrame(frame.offset, frame.length, kindNumber, frame.flags, frame.eventType);
      if (frame.kind === 'event') events += 1;
      watcher?.(frame);
      if (frame.retryMs !== null) retryMs = frame.retryMs;
      if (kindNumber === OVERSIZE && !oversizeSeen) oversizeFrame = oversizeSeen = true;
    },
    onExtend() {
      log.extendLastFrame();
      openFrameStart += 1;
    },
  });
  frames.lastEventId = options.lastEventId ?? '';

  function closeRun(): void {
    const length = log.wireBytes - openFrameStart;
    if (length > 0) appendFrame(openFrameStart, length, UNKNOWN, runFlags, null);
    runFlags = 0;
  }

  /** What happened since the last call. */
  function outcome(): ReadOutcome {
    const result = { events, retryMs, longEvent: oversizeFrame };
    events = 0;
    retryMs = null;
    if (oversizeFrame) {
      oversizeFrame = false;
      const message =
        'An event is longer than Streamscope reads as one. Its bytes are kept in pieces, without their meaning.';
      log.appendEntry({ kind: 'capture-notice', code: 'oversize', message }, lastByteAtMs);
    }
    return result;
  }

  return {
    get lastEventId() {
      return frames.lastEventId;
    },
    beginBody(newAttempt, framing, maxFrameBytes) {
      attempt = newAttempt;
      isRead = framing !== null;
      record.framing = framingNumberOf(framing ?? 'sse');
      oversizeSeen = false;
      openFrameStart = log.wireBytes;
      frames.begin(log.wireBytes, framing, maxFrameBytes);
    },
    read(bytes, atMs) {
      if (bytes.length === 0) return outcome();
      readStart = log.wireBytes;
      readNumber += 1;
      if (openFrameStart === readStart) openFrameRead = readNumber;
      lastByteAtMs = atMs;
      log.appendWire(bytes, atMs, attempt);
      if (isRead) {
        frames.push(bytes);
      } else {
        if (!byteText.isAscii(bytes, 0, bytes.length)) runFlags = FRAME_FLAGS.nonAscii;
        if (log.wireBytes - openFrameStart >= RUN_BYTES) closeRun();
      }
      return outcome();
    },
    endBody() {
      if (isRead) frames.end();
      else closeRun();
      return outcome();
    },
    entry: (entry, atMs) => void log.appendEntry(entry, atMs),
    takeUpFrom(lastEventId) {
      frames.lastEventId = lastEventId;
    },
    watchFrames(next) {
      watcher = next;
    },
    drained: () => log.drained(),
  };
}
