/**
 * What must hold of a session that was opened, whatever had happened to its files: everything can be read, every byte is in
 * exactly one frame, and each frame is what its bytes say. Throws where it does not hold.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { summaryOf, type Manifest } from '../../src/main/capture/format.ts';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { readEntryDetail } from '../../src/main/sessions/entry-detail.ts';
import { createFrameText } from '../../src/main/sessions/frame-text.ts';
import { readRowPage } from '../../src/main/sessions/row-page.ts';
import { createTimelineQuery } from '../../src/main/sessions/timeline-query.ts';
import { createExportSource } from '../../src/shared/export/export-source.ts';
import { createExporters } from '../../src/shared/export/registry.ts';
import { attemptsOf } from '../../src/shared/session/attempts.ts';
import { describeEntry } from '../../src/shared/session/describe-entry.ts';
import { isJournalKind, kindOf, type IndexRecord } from '../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createBodyReader } from '../../src/shared/sse/body-reader.ts';
import { framingOf } from '../../src/shared/sse/framing.ts';
import { FRAME_FLAGS, type ParsedFrame } from '../../src/shared/sse/types.ts';
import { recordsOf } from '../contract/session-log.ts';

const byteText = createNodeByteText();
const frameText = createFrameText(byteText);

export interface OpenedContent {
  /** Events as "offset+length type", in order. */
  readonly events: readonly string[];
  /** Everything, an entry a text. */
  readonly entries: readonly string[];
}

/** Checks a session against its own files and returns what it holds. */
export async function checkOpened(
  folder: string,
  reader: SessionReader,
  manifest: Manifest,
): Promise<OpenedContent> {
  const { counts } = reader;
  const wireSize = await stat(join(folder, 'wire.bin')).then(
    ({ size }) => size,
    () => 0,
  );
  expect([counts.entries, counts.bodyBytes, reader.wireBytes]).toEqual([reader.count, wireSize, wireSize]);
  expect(manifest.counts).toEqual(counts);
  expect(Number.isFinite(reader.lastAtMs) && reader.lastAtMs >= 0).toBe(true);

  const records = await recordsOf(reader);
  const wire = await reader.readWire(0, reader.wireBytes);
  expect(wire.length).toBe(wireSize);
  const frames = records.filter(({ kindNumber }) => !isJournalKind(kindNumber));
  expect(frames.reduce((end, { offset, length }) => (offset === end ? end + length : NaN), 0)).toBe(wireSize);
  for (const record of frames) checkFrame(reader, record, wire);
  expect(counts.events).toBe(records.filter(({ kindNumber }) => kindNumber === 0).length);
  await checkJournal(reader, records);
  await checkReads(reader, frames);
  await checkViews(reader, records, manifest);
  return {
    events: frames
      .filter(({ kindNumber }) => kindNumber === 0)
      .map(({ offset, length, typeNumber }) => `${offset}+${length} ${reader.eventTypes[typeNumber] ?? ''}`),
    entries: await contentOf(reader, records, wire),
  };
}

/** The frame's bytes alone, cut again by the code that cuts bodies, are this frame. */
function checkFrame(reader: SessionReader, record: IndexRecord, wire: Uint8Array): void {
  const kind = kindOf(record.kindNumber);
  expect(Number.isFinite(record.atMs) && record.atMs >= 0).toBe(true);
  // Bytes of a body that is not read, or pieces of a frame: they say nothing by themselves.
  if (kind === 'unknown' || kind === 'oversize') return;
  const found: Pick<ParsedFrame, 'kind' | 'length' | 'eventType' | 'flags'>[] = [];
  const body = createBodyReader({
    byteText,
    onFrame: ({ kind: one, length, eventType, flags }) => found.push({ kind: one, length, eventType, flags }),
    onExtend: () => {
      const last = found.pop();
      if (last) found.push({ ...last, length: last.length + 1 });
    },
  });
  body.begin(0, framingOf(record.framing));
  body.push(wire.subarray(record.offset, record.offset + record.length));
  body.end();
  if (kind === 'incomplete' || kind === 'blank' || record.framing !== 0) {
    // Values of other framings depend on what stands around them; what is said of their text is checked by the rows.
    if (record.framing === 0) expect(found.filter((one) => one.kind === 'event')).toEqual([]);
    return;
  }
  const eventType = kind === 'event' ? (reader.eventTypes[record.typeNumber] ?? null) : null;
  const flags = record.flags & ~FRAME_FLAGS.opensArray;
  expect(found, describeFrame(record, wire)).toEqual([{ kind, length: record.length, eventType, flags }]);
}

function describeFrame({ offset, length }: IndexRecord, wire: Uint8Array): string {
  return `the frame ${JSON.stringify(byteText.utf8(wire, offset, offset + length))}`;
}

async function checkJournal(reader: SessionReader, records: readonly IndexRecord[]): Promise<void> {
  const journal = await reader.journal();
  const placed = records.flatMap((record, seq) =>
    isJournalKind(record.kindNumber) ? [{ record, seq }] : [],
  );
  expect(journal.map(({ seq }) => seq)).toEqual(placed.map(({ seq }) => seq));
  for (const [at, { record }] of placed.entries()) {
    const entry = await reader.readJournal(record);
    expect(entry).toEqual(journal[at]?.entry);
    expect(kindOf(record.kindNumber)).toBe(entry.kind);
    expect(describeEntry(entry)).toEqual(expect.any(String));
  }
  attemptsOf(journal);
}

/** Reads lie end to end and cover the bytes. */
async function checkReads(reader: SessionReader, frames: readonly IndexRecord[]): Promise<void> {
  const reads = await reader.readsIn(0, reader.wireBytes);
  let end = 0;
  for (const { offset, length } of reads) {
    expect(offset).toBe(end);
    expect(length).toBeGreaterThan(0);
    end += length;
  }
  expect(end).toBe(reader.wireBytes);
  for (const { firstRead, offset } of frames) {
    const read = reads[firstRead];
    expect(read && read.offset <= offset && offset < read.offset + read.length).toBe(true);
  }
}

async function checkViews(
  reader: SessionReader,
  records: readonly IndexRecord[],
  manifest: Manifest,
): Promise<void> {
  const page = await readRowPage(reader, frameText, 0, reader.count);
  expect(page.count).toBe(records.length);
  expect(page.previews.every((preview) => typeof preview === 'string')).toBe(true);
  const step = Math.max(1, Math.floor(reader.count / 5));
  for (let seq = 0; seq < reader.count; seq += step) await readEntryDetail(reader, frameText, seq, 1024);
  const slice = await createTimelineQuery(reader).slice({
    fromMs: 0,
    toMs: Math.max(1, reader.lastAtMs),
    buckets: 100,
  });
  const shown = slice.lanes.reduce((sum, { counts }) => sum + counts.reduce((some, one) => some + one, 0), 0);
  expect(shown).toBe(records.filter(({ kindNumber }) => !isJournalKind(kindNumber)).length);
  const summary = summaryOf('session', manifest, { diskBytes: 0, marked: false });
  const source = createExportSource({ summary, reader, byteText, redactor: null });
  for (const exporter of createExporters(byteText, '1.2.3').all())
    for await (const part of exporter.encode(source)) void part;
}

async function contentOf(
  reader: SessionReader,
  records: readonly IndexRecord[],
  wire: Uint8Array,
): Promise<string[]> {
  const journal = new Map((await reader.journal()).map((line) => [line.seq, line.entry]));
  const bytes = Buffer.from(wire).toString('latin1');
  return records.map((record, seq) => {
    const { offset, length, kindNumber, typeNumber, attempt, flags, framing } = record;
    if (isJournalKind(kindNumber)) return JSON.stringify(journal.get(seq));
    const type = kindNumber === 0 ? reader.eventTypes[typeNumber] : '';
    const text = bytes.slice(offset, offset + length);
    return JSON.stringify({ offset, kind: kindOf(kindNumber), type, attempt, flags, framing, text });
  });
}
