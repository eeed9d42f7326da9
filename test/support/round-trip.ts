/** Exports a log and imports what was written, as a user would who passes the file on. */
import { createExportSource, type ExportSourceOptions } from '../../src/shared/export/export-source.ts';
import { createExporters } from '../../src/shared/export/registry.ts';
import { decodedEntries, type DecodedEntry } from '../../src/shared/export/decoded-entries.ts';
import type { CaptureFile, CaptureReading, FoundCapture } from '../../src/shared/import/captures/capture.ts';
import { readCapture } from '../../src/shared/import/captures/read-capture.ts';
import { recordSteps } from '../../src/shared/import/captures/record-steps.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { summaryOf } from './recorded-log.ts';

const byteText = createPortableByteText();

/** A file in memory, handed out in pieces of `pieceBytes`. */
export function memoryFile(name: string, content: string | Uint8Array, pieceBytes = 7919): CaptureFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    },
  };
}

export async function exportedBytes(
  formatId: string,
  reader: SessionReader,
  options: Partial<ExportSourceOptions> = {},
): Promise<Uint8Array> {
  const exporter = createExporters(byteText, '1.2.3').get(formatId);
  if (!exporter) throw new Error(`There is no exporter "${formatId}"`);
  const source = createExportSource({
    summary: summaryOf(reader),
    reader,
    byteText,
    redactor: null,
    ...options,
  });
  const parts: Uint8Array[] = [];
  for await (const part of exporter.encode(source))
    parts.push(typeof part === 'string' ? new TextEncoder().encode(part) : part.slice());
  return new Uint8Array(Buffer.concat(parts));
}

export function readMemory(name: string, content: string | Uint8Array): Promise<CaptureReading> {
  return readCapture(memoryFile(name, content), byteText);
}

export async function recorded(capture: FoundCapture | undefined): Promise<SessionReader> {
  if (!capture) throw new Error('There is no capture');
  const log = createMemoryLog({ sessionId: 'imported', maxBytes: 256 * 1024 * 1024 });
  await recordSteps(capture.steps(), log, byteText);
  return log;
}

export async function roundTrip(
  formatId: string,
  reader: SessionReader,
  options: Partial<ExportSourceOptions> = {},
): Promise<{ readonly capture: FoundCapture; readonly log: SessionReader; readonly bytes: Uint8Array }> {
  const extension = createExporters(byteText, '1.2.3').get(formatId)?.extension ?? formatId;
  const bytes = await exportedBytes(formatId, reader, options);
  const { captures } = await readMemory(`session.${extension}`, bytes);
  const [capture] = captures;
  if (!capture || captures.length !== 1) throw new Error(`There are ${captures.length} captures`);
  return { capture, log: await recorded(capture), bytes };
}

export async function allEntries(reader: SessionReader): Promise<readonly DecodedEntry[]> {
  const all: DecodedEntry[] = [];
  for await (const slice of decodedEntries(reader, { from: 0, to: reader.count }, byteText))
    all.push(...slice);
  return all;
}

/** What must survive of an event in any format that has events. */
export async function eventsOf(reader: SessionReader): Promise<readonly object[]> {
  return (await allEntries(reader)).flatMap((entry) =>
    entry.what === 'frame' && entry.eventType !== null
      ? [
          {
            type: entry.eventType,
            data: entry.data,
            id: entry.id,
            retryMs: entry.retryMs,
            attempt: entry.attempt,
          },
        ]
      : [],
  );
}

/** Everything about the entries, bytes included. */
export async function wholeEntries(reader: SessionReader): Promise<readonly object[]> {
  return (await allEntries(reader)).map((entry) =>
    entry.what === 'frame' ? { ...entry, bytes: Buffer.from(entry.bytes).toString('latin1') } : entry,
  );
}
