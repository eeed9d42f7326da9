/**
 * Pages of rows, read from a session's log when somebody looks at them. Of each frame only the beginning is read, and frames
 * that lie near each other with one read.
 */
import { describeEntry } from '../../shared/session/describe-entry.ts';
import { isJournalKind, kindNumberOf, type IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { PREVIEW_CHARS, type RowPage } from '../../shared/session/row.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import { HEAD_BYTES, onOneLine, type FrameText } from './frame-text.ts';
import { readRecordsOf } from './record-blocks.ts';

/** Frames whose beginnings are closer than this are read together. */
const NEAR_BYTES = 4096;
const EVENT = kindNumberOf('event');

interface NumberedRecord {
  readonly seq: number;
  readonly record: IndexRecord;
}

/** What a row shows besides its record. */
interface RowText {
  readonly type: string;
  readonly id: string;
  readonly preview: string;
}

/** Rows of the entries `from` to `from + count - 1`, clamped to what there is. */
export async function readRowPage(
  reader: SessionReader,
  frameText: FrameText,
  from: number,
  count: number,
): Promise<RowPage> {
  const first = Math.min(from, reader.count);
  const seqs = Array.from(
    { length: Math.max(0, Math.min(count, reader.count - first)) },
    (_, at) => first + at,
  );
  return readRowsOf(reader, frameText, first, seqs);
}

/** Rows of the entries `seqs`, which rise; `from` is the number of the first row in its view. */
export async function readRowsOf(
  reader: SessionReader,
  frameText: FrameText,
  from: number,
  seqs: ArrayLike<number>,
): Promise<RowPage> {
  const rows = await readRecordsOf(reader, seqs);
  const heads = await readHeads(reader, rows);
  const texts = await Promise.all(
    rows.map(({ record }, at) => rowText(reader, frameText, record, heads[at] ?? null)),
  );
  const types = [...new Set(texts.map(({ type }) => type))];
  return {
    from,
    count: rows.length,
    seq: Float64Array.from(rows, ({ seq }) => seq),
    atMs: Float64Array.from(rows, ({ record }) => record.atMs),
    bytes: Float64Array.from(rows, ({ record }) => (isJournalKind(record.kindNumber) ? 0 : record.length)),
    attempt: Uint16Array.from(rows, ({ record }) => record.attempt),
    kind: Uint8Array.from(rows, ({ record }) => record.kindNumber),
    flags: Uint8Array.from(rows, ({ record }) => record.flags),
    type: Uint16Array.from(texts, ({ type }) => types.indexOf(type)),
    types,
    ids: texts.map(({ id }) => id),
    previews: texts.map(({ preview }) => preview),
  };
}

/** The first bytes of each frame; null for journal entries. */
async function readHeads(
  reader: SessionReader,
  rows: readonly NumberedRecord[],
): Promise<(Uint8Array | null)[]> {
  const heads: (Uint8Array | null)[] = rows.map(() => null);
  const jobs: Promise<void>[] = [];
  let run: { readonly start: number; end: number; readonly rows: number[] } | null = null;
  const readRun = async ({ start, end, rows: members }: NonNullable<typeof run>): Promise<void> => {
    const bytes = await reader.readWire(start, end - start);
    for (const at of members) {
      const record = rows[at]?.record as IndexRecord;
      const begin = record.offset - start;
      heads[at] = bytes.subarray(begin, begin + Math.min(record.length, HEAD_BYTES));
    }
  };
  rows.forEach(({ record }, at) => {
    if (isJournalKind(record.kindNumber)) return;
    const end = record.offset + Math.min(record.length, HEAD_BYTES);
    if (run && record.offset >= run.start && record.offset - run.end <= NEAR_BYTES) {
      run.end = Math.max(run.end, end);
      run.rows.push(at);
      return;
    }
    if (run) jobs.push(readRun(run));
    run = { start: record.offset, end, rows: [at] };
  });
  if (run) jobs.push(readRun(run));
  await Promise.all(jobs);
  return heads;
}

async function rowText(
  reader: SessionReader,
  frameText: FrameText,
  record: IndexRecord,
  head: Uint8Array | null,
): Promise<RowText> {
  if (!head) {
    const sentence = describeEntry(await reader.readJournal(record));
    return { type: '', id: '', preview: onOneLine(sentence, PREVIEW_CHARS) };
  }
  const meaning = frameText.meaning(record, head);
  const type =
    record.kindNumber === EVENT ? (reader.eventTypes[record.typeNumber] ?? meaning.event?.type ?? '') : '';
  const preview = onOneLine(frameText.textOf(record, head, meaning), PREVIEW_CHARS);
  const id = await idOf(reader, frameText, record, head, meaning.id);
  return { type, id: id ?? '', preview };
}

/** The id of a frame of which `head` was read. Of a long frame the end is read too: some servers write the id last. */
async function idOf(
  reader: SessionReader,
  frameText: FrameText,
  record: IndexRecord,
  head: Uint8Array,
  inHead: string | null,
): Promise<string | null> {
  if (!(record.flags & FRAME_FLAGS.hasId) || head.length === record.length) return inHead;
  const tail = await reader.readWire(record.offset + record.length - HEAD_BYTES, HEAD_BYTES);
  return frameText.idInTail(tail) ?? inHead;
}
