/**
 * Builds the index again from bytes, reads and journal, through the same recorder that wrote it, so that the numbers come
 * out the same. Only the index is appended to.
 */
import { framingOfHead } from '../../shared/session/head-framing.ts';
import { createRecorder } from '../../shared/session/recorder.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import type { JournalKind } from '../../shared/session/entry.ts';
import type { FrameTimes } from './frame-times.ts';
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

/** An entry that the journal no longer has, although the index does: a body began, ended or was given up there. */
export interface LostStep {
  readonly lostAt: number;
}

export type PlacedStep = PlacedEntry | LostStep;

/** How many body bytes there were. */
export function wireOf(step: PlacedStep): number {
  return 'line' in step ? step.line.wire : step.lostAt;
}

export interface ReindexFrom {
  /** Byte at which a frame begins. */
  readonly wireOffset: number;
  /** The read that brought it. */
  readonly readNumber: number;
  /** The body that it belongs to; null when no body is open there. */
  readonly body: { readonly attempt: number; readonly framing: Framing | null } | null;
}

export const FROM_THE_START: ReindexFrom = {
  wireOffset: 0,
  readNumber: 0,
  body: null,
};

export interface ReindexJob {
  readonly log: StoredLog;
  readonly files: LogFiles;
  readonly byteText: ByteText;
  readonly from: ReindexFrom;
  /** Entries whose records are missing, in order; each stands between two reads. */
  readonly steps: readonly PlacedStep[];
  /** Knows better than the reads when frames came; null: the reads know it. */
  readonly times: FrameTimes | null;
  /** Whether nothing more will come, so that what is left is an incomplete frame. */
  readonly ended: boolean;
  /** Called now and then with how many body bytes have been read: a good time to write. */
  readonly onBlock: (position: number) => Promise<void>;
}

export async function reindex({
  log,
  files,
  byteText,
  from,
  steps,
  times,
  ended,
  onBlock,
}: ReindexJob): Promise<void> {
  let position = from.wireOffset;
  const target: Parameters<typeof createRecorder>[0]['log'] = {
    get wireBytes() {
      return position;
    },
    appendWire: (bytes) => void (position += bytes.length),
    appendFrame(record, type) {
      const atMs = times?.(record.offset, record.length) ?? record.atMs;
      return log.appendFrame({ ...record, atMs }, type);
    },
    extendLastFrame: log.extendLastFrame,
    // What the recorder has to say of the frames stands in the journal already.
    appendEntry: () => log.count,
    drained: async () => {},
  };
  const recorder = createRecorder({ log: target, byteText, firstRead: from.readNumber });
  const wire = createWireWindow(files.wire.read);
  let bodyOpen = from.body !== null;
  if (from.body) recorder.beginBody(from.body.attempt, from.body.framing);
  let nextStep = 0;

  function endBody(atMs: number): void {
    if (bodyOpen) recorder.endBody(atMs);
    bodyOpen = false;
  }

  function placeStepsUpTo(offset: number): void {
    for (let step = steps[nextStep]; step && wireOf(step) <= offset; step = steps[(nextStep += 1)]) {
      if ('line' in step) placeEntry(step);
      else endBody(log.lastAtMs);
    }
  }

  function placeEntry({ line, offset, length }: PlacedEntry): void {
    const { entry, atMs } = line;
    // The driver ends a body before it records the end of its attempt; where that is lost, the next attempt says so.
    if (ENDS_BODY.has(entry.kind)) endBody(atMs);
    log.indexEntry(line, offset, length);
    if (entry.kind !== 'response-head') return;
    recorder.beginBody(entry.attempt, framingOfHead(entry));
    bodyOpen = true;
  }

  await eachRead(
    files,
    from.readNumber,
    async (start, end, atMs) => {
      const begin = Math.max(start, position);
      placeStepsUpTo(begin);
      if (!bodyOpen) {
        // Bytes without a body lost the journal that told of it: they are kept as `unknown` frames.
        recorder.beginBody(log.counts.attempts, null);
        bodyOpen = true;
      }
      if (end > begin) recorder.read(await wire(begin, end), atMs);
    },
    () => onBlock(position),
  );
  placeStepsUpTo(Infinity);
  if (ended) endBody(log.lastAtMs);
}

/** What cannot stand within a body. */
const ENDS_BODY: ReadonlySet<JournalKind> = new Set(['attempt-start', 'response-head', 'attempt-end']);

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
