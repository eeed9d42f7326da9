/**
 * Builds the index again from bytes, reads and journal, through the same recorder that wrote it, so that the numbers come
 * out the same. Only the index is appended to.
 */
import { framingOfHead } from '../../shared/session/head-framing.ts';
import { createRecorder, type Recorder } from '../../shared/session/recorder.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import type { EntryLine } from './journal-line.ts';
import { READ_BYTES } from './reads-file.ts';
import type { LogFiles, StoredLog } from './stored-log.ts';

const WIRE_BLOCK_BYTES = 1024 * 1024;
const BLOCK_READS = 4096;

export interface PlacedEntry {
  readonly line: EntryLine;
  readonly offset: number;
  readonly length: number;
}

export interface ReindexFrom {
  /** Byte at which a frame begins. */
  readonly wireOffset: number;
  /** The read that brought it. */
  readonly readNumber: number;
  /** The body that it belongs to; null when no body is open there. */
  readonly body: { readonly attempt: number; readonly framing: Framing | null } | null;
  /** From this byte on nothing is known of the bodies: bytes are kept as `unknown` frames. Infinity: all is known. */
  readonly readableUntil: number;
}

export const FROM_THE_START: ReindexFrom = {
  wireOffset: 0,
  readNumber: 0,
  body: null,
  readableUntil: Infinity,
};

export interface ReindexJob {
  readonly log: StoredLog;
  readonly files: LogFiles;
  readonly byteText: ByteText;
  readonly from: ReindexFrom;
  /** Entries whose records are missing. */
  readonly entries: readonly PlacedEntry[];
  /** Whether nothing more will come, so that what is left is an incomplete frame. */
  readonly ended: boolean;
  /** Called now and then: a good time to write. */
  readonly onBlock: () => Promise<void>;
}

export async function reindex({
  log,
  files,
  byteText,
  from,
  entries,
  ended,
  onBlock,
}: ReindexJob): Promise<void> {
  let position = from.wireOffset;
  const target: Parameters<typeof createRecorder>[0]['log'] = {
    get wireBytes() {
      return position;
    },
    appendWire: (bytes) => void (position += bytes.length),
    appendFrame: log.appendFrame,
    extendLastFrame: log.extendLastFrame,
    // What the recorder has to say of the frames stands in the journal already.
    appendEntry: () => log.count,
    drained: async () => {},
  };
  const recorder = createRecorder({ log: target, byteText, firstRead: from.readNumber });
  const wire = createWireWindow(files.wire.read);
  let bodyOpen = from.body !== null;
  if (from.body) recorder.beginBody(from.body.attempt, from.body.framing);
  let nextEntry = 0;
  let unreadable = false;

  function placeEntriesUpTo(offset: number): void {
    for (let placed = entries[nextEntry]; placed && placed.line.wire <= offset; placed = entries[nextEntry]) {
      bodyOpen = placeEntry(placed, recorder, log, bodyOpen);
      if (placed.line.entry.kind === 'response-head') unreadable = false;
      nextEntry += 1;
    }
  }

  function beginUnreadable(): void {
    if (bodyOpen) recorder.endBody(log.lastAtMs);
    recorder.beginBody(log.counts.attempts, null);
    unreadable = bodyOpen = true;
  }

  await eachRead(
    files,
    from.readNumber,
    async (start, end, atMs) => {
      const begin = Math.max(start, position);
      placeEntriesUpTo(begin);
      // Bytes without a body lost the journal that told of it.
      if (!unreadable && (begin >= from.readableUntil || !bodyOpen)) beginUnreadable();
      if (end > begin) recorder.read(await wire(begin, end), atMs);
    },
    onBlock,
  );
  placeEntriesUpTo(Infinity);
  if (ended && bodyOpen) recorder.endBody(log.lastAtMs);
}

/** Whether a body is open after the entry. */
function placeEntry(placed: PlacedEntry, recorder: Recorder, log: StoredLog, bodyOpen: boolean): boolean {
  const { entry } = placed.line;
  // The driver ends a body before it records the end of its attempt.
  if (entry.kind === 'attempt-end' && bodyOpen) recorder.endBody(placed.line.atMs);
  log.indexEntry(placed.line, placed.offset, placed.length);
  if (entry.kind === 'response-head') recorder.beginBody(entry.attempt, framingOfHead(entry));
  return entry.kind === 'response-head' || (bodyOpen && entry.kind !== 'attempt-end');
}

async function eachRead(
  files: LogFiles,
  firstRead: number,
  visit: (start: number, end: number, atMs: number) => Promise<void> | void,
  onBlock: () => Promise<void>,
): Promise<void> {
  const count = files.reads.size / READ_BYTES;
  for (let from = firstRead; from < count; from += BLOCK_READS) {
    const bytes = await files.reads.read(from * READ_BYTES, (from + BLOCK_READS + 1) * READ_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const here = Math.min(BLOCK_READS, view.byteLength / READ_BYTES);
    for (let at = 0; at < here; at += 1) {
      const last = from + at + 1 === count;
      const end = last ? files.wire.size : view.getFloat64((at + 1) * READ_BYTES, true);
      await visit(view.getFloat64(at * READ_BYTES, true), end, view.getFloat64(at * READ_BYTES + 8, true));
    }
    await onBlock();
  }
}

/** Reads that follow each other are served from one block. */
function createWireWindow(read: LogFiles['wire']['read']): (from: number, to: number) => Promise<Buffer> {
  let block: Buffer = Buffer.alloc(0);
  let blockStart = 0;
  return async (from, to) => {
    if (from < blockStart || to > blockStart + block.length) {
      block = await read(from, Math.max(to, from + WIRE_BLOCK_BYTES));
      blockStart = from;
    }
    return block.subarray(from - blockStart, to - blockStart);
  };
}
