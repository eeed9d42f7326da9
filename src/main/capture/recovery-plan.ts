/**
 * What of a session that was not closed properly, or was damaged, can be kept as it is, and what is to be read again from its
 * bytes. Looks only; repair.ts acts.
 */
import { framingOfHead } from '../../shared/session/head-framing.ts';
import { kindNumberOf, RECORD_BYTES } from '../../shared/session/index-record.ts';
import { createCountTally, type CountTally } from '../../shared/session/session-counts.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { AppendFile } from './append-file.ts';
import type { FileSizes } from './format.ts';
import { readFrameTimes, type FrameTimes } from './frame-times.ts';
import { auditIndex, tallyRecords, type AuditFacts, type IndexAudit, type LostEntry } from './index-audit.ts';
import { isTypeLine, type PlacedLine } from './journal-line.ts';
import { READ_BYTES } from './reads-file.ts';
import { FROM_THE_START, type PlacedEntry, type PlacedStep, type ReindexFrom } from './reindex.ts';
import { isSmall } from './seal.ts';
import { closedUp, readSoundJournal } from './sound-journal.ts';
import { findSoundReads } from './sound-reads.ts';
import type { LogFiles } from './stored-log.ts';

export interface RecoveryPlan {
  /** Sizes of the files when what is torn has been cut off. The index: what is kept of it. */
  readonly sizes: FileSizes;
  /** What the file should hold instead, where it was damaged before its end. */
  readonly mended: { readonly journal: boolean; readonly reads: Buffer | null };
  /** Of the journal, as they will stand there. */
  readonly lines: readonly PlacedLine[];
  /** Where those lines stand yet. */
  readonly places: readonly PlacedLine[];
  /** Where the entries stand in the part of the index that is kept. */
  readonly entrySeqs: readonly number[];
  readonly tally: CountTally;
  /** Arrival of the last record that is kept. */
  readonly lastAtMs: number;
  /** When frames came of which the reads do not tell it for certain; null: the reads are all there is. */
  readonly times: FrameTimes | null;
  readonly from: ReindexFrom;
  /** Entries whose records are missing. */
  readonly steps: readonly PlacedStep[];
}

export interface PlanOptions {
  /** All that is on the disk. */
  readonly files: LogFiles;
  /** Nothing of the index is to be kept. */
  readonly wholeIndex: boolean;
  /** Called now and then with how many bytes of the index have been looked at. */
  readonly onBlock: (done: number) => void;
}

const BODY_KINDS = new Set(
  ['attempt-start', 'response-head', 'attempt-end'].map((kind) => kindNumberOf(kind as never)),
);

export async function planRecovery({ files, wholeIndex, onBlock }: PlanOptions): Promise<RecoveryPlan> {
  const wireBytes = files.wire.size;
  const journal = await readSoundJournal(files.journal, wireBytes);
  const readCount = Math.ceil(files.reads.size / READ_BYTES);
  const facts: AuditFacts = { wireBytes, readCount, lines: journal.lines };
  const audit = await auditIndex(files.index, facts, onBlock);
  // The places of lost entries are places in the journal as it stands.
  const steps = inJournalOrder(journal.lines, audit.lost);
  const reads = await findSoundReads(files.reads, wireBytes, steps);
  const lines = closedUp(journal.lines);
  const sizes: FileSizes = {
    wire: wireBytes,
    reads: reads.mended?.length ?? reads.size,
    index: 0,
    journal: lines.reduce((sum, { length }) => sum + length, 0),
  };
  // Bytes behind the last read that there is may have come with later ones.
  const trustedUntil = reads.mended ? 0 : reads.lastOffset;
  const anew: RecoveryPlan = {
    sizes,
    mended: { journal: journal.hasHoles, reads: reads.mended },
    lines,
    places: journal.lines,
    entrySeqs: [],
    tally: createCountTally(),
    lastAtMs: 0,
    times: isSmall(files) ? await readFrameTimes(files.index, audit.count, trustedUntil) : null,
    from: FROM_THE_START,
    steps: placedAnew(steps, lines),
  };
  if (wholeIndex || journal.hasHoles || reads.mended) return anew;
  const explained = await explainedPart(files, facts, audit);
  return (await keptPart(files, anew, explained)) ?? anew;
}

/** Records up to the first that speaks of a line which the journal does not have: a power loss can take its end alone. */
async function explainedPart(files: LogFiles, facts: AuditFacts, audit: IndexAudit): Promise<IndexAudit> {
  const until = Math.min(audit.lost[0]?.seq ?? Infinity, audit.unexplainedSeq ?? Infinity);
  return until < audit.count ? auditIndex(firstRecords(files.index, until), facts, () => undefined) : audit;
}

/** Keeps the records before the last event and goes on from there; null when that event cannot be trusted to begin a frame. */
async function keptPart(
  files: LogFiles,
  anew: RecoveryPlan,
  audit: IndexAudit,
): Promise<RecoveryPlan | null> {
  const isWhole = audit.frameEnd === files.wire.size;
  const from = isWhole ? wholeFrom(audit, anew.sizes) : await resumeAt(files, anew, audit);
  const count = isWhole ? audit.count : audit.lastEvent?.seq;
  if (!from || count === undefined) return null;
  const tally = createCountTally();
  const kept = firstRecords(files.index, count);
  const entrySeqs = isWhole ? audit.entrySeqs : audit.entrySeqs.filter((seq) => seq < count);
  if (!isWhole) await tallyRecords(kept, tally);
  return {
    ...anew,
    sizes: { ...anew.sizes, index: kept.size },
    entrySeqs,
    tally: isWhole ? audit.tally : tally,
    lastAtMs: audit.lastAtMs,
    from,
    steps: withoutFirstEntries(anew.steps, entrySeqs.length),
  };
}

function wholeFrom({ frameEnd }: IndexAudit, sizes: FileSizes): ReindexFrom {
  return { wireOffset: frameEnd, readNumber: sizes.reads / READ_BYTES, body: null };
}

/** Where to read again: at the last event that the index has right. */
async function resumeAt(
  files: LogFiles,
  { steps, sizes }: RecoveryPlan,
  { lastEvent, entrySeqs }: IndexAudit,
): Promise<ReindexFrom | null> {
  if (!lastEvent) return null;
  const { seq, record } = lastEvent;
  const before = entrySeqs.filter((at) => at < seq).length;
  const entries = steps.filter((step): step is PlacedEntry => 'line' in step).slice(0, before);
  const head = entries.findLast(
    ({ line: { entry } }) => entry.kind === 'response-head' && entry.attempt === record.attempt,
  )?.line.entry;
  // An event belongs to a body that was accepted; without its head the index and the journal do not fit.
  if (head?.kind !== 'response-head' || !head.accepted) return null;
  if ((await readAt(files, sizes, record.offset)) !== record.firstRead) return null;
  const framing = framingOfHead(head);
  // What an item of an array begins with depends on whether its array is open, which only the items before it tell.
  if (framing === 'json-array' && !(record.flags & FRAME_FLAGS.opensArray)) return null;
  const body = { attempt: record.attempt, framing };
  return { wireOffset: record.offset, readNumber: record.firstRead, body };
}

/** The number of the read that brought this byte. */
async function readAt(files: LogFiles, sizes: FileSizes, offset: number): Promise<number> {
  let low = 0;
  let high = sizes.reads / READ_BYTES;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const bytes = await files.reads.read(middle * READ_BYTES, (middle + 1) * READ_BYTES);
    if (bytes.readDoubleLE(0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function firstRecords(index: AppendFile, count: number): Pick<AppendFile, 'size' | 'read'> {
  return { size: count * RECORD_BYTES, read: index.read };
}

/** The entries of the journal, at the places that they have yet, with the lost ones between them. */
function inJournalOrder(lines: readonly PlacedLine[], lost: readonly LostEntry[]): PlacedStep[] {
  const steps: PlacedStep[] = [];
  const gone = lost.filter(({ kindNumber }) => BODY_KINDS.has(kindNumber));
  let next = 0;
  let wire = 0;
  function addLostBefore(offset: number, mostWire: number): void {
    for (let one = gone[next]; one && one.offset < offset; one = gone[(next += 1)]) {
      wire = Math.max(wire, Math.min(one.wire, mostWire));
      steps.push({ lostAt: wire });
    }
  }
  for (const { line, offset, length } of lines) {
    if (isTypeLine(line)) continue;
    addLostBefore(offset, line.wire);
    wire = line.wire;
    steps.push({ line, offset, length });
  }
  addLostBefore(Infinity, Infinity);
  return steps;
}

/** The same steps with the places that the lines have now. */
function placedAnew(steps: readonly PlacedStep[], lines: readonly PlacedLine[]): PlacedStep[] {
  const places = lines.filter(({ line }) => !isTypeLine(line)).values();
  return steps.map((step) => {
    if (!('line' in step)) return step;
    const place = places.next();
    return { ...step, offset: place.done ? step.offset : place.value.offset };
  });
}

/** What comes after the first `count` entries. */
function withoutFirstEntries(steps: readonly PlacedStep[], count: number): readonly PlacedStep[] {
  let at = 0;
  for (let left = count; left > 0 && at < steps.length; at += 1)
    if ('line' in (steps[at] as PlacedStep)) left -= 1;
  return steps.slice(at);
}
