/** What every exporter must do: give back what is in the log, in ranges too, in bounded reads, with honest progress. */
import { describe, expect, it } from 'vitest';
import { createExportSource, type ExportSourceOptions } from '../../src/shared/export/export-source.ts';
import type { Exporter, ExportRange } from '../../src/shared/export/exporter.ts';
import { createExporters } from '../../src/shared/export/registry.ts';
import { RECORD_BYTES } from '../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { recordedLog, summaryOf, type RecordedAttempt } from '../support/recorded-log.ts';

export interface Exported {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly parts: number;
  readonly progress: readonly number[];
  /** The longest read of the body, and the most records read at once. */
  readonly longestRead: number;
  readonly mostRecords: number;
}

export const ODD_ATTEMPTS: readonly RecordedAttempt[] = [
  {
    lastEventId: 'begin',
    reads: [
      '\uFEFFid: 1\nevent: goal\ndata: {"home":"Ärs',
      'enal"}\n\n: keep-alive\n\nretry: 1500\n\nevent: ping\n\nnonsense\n\n',
      'data: a\ndata: b\nid: 2\n: aside\n\n',
      new Uint8Array([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xc3, 0x28, 0x0a, 0x0a]),
      'data: ends without',
    ],
  },
  { lastEventId: '2', reads: ['id\ndata: reset\n\n', 'id: only\n\n'] },
  { reads: ['{"error":"not found"}', new Uint8Array([0, 255])], asEvents: false },
];

export async function exported(
  id: string,
  reader: SessionReader,
  range?: ExportRange,
  options: Partial<ExportSourceOptions> = {},
): Promise<Exported> {
  const exporter = exporterOf(id);
  let longestRead = 0;
  let mostRecords = 0;
  // Getters of the log must stay getters: a copy would freeze its counts.
  const watched: SessionReader = Object.create(reader, {
    readWire: {
      value: async (offset: number, length: number) => {
        longestRead = Math.max(longestRead, length);
        return reader.readWire(offset, length);
      },
    },
    readRecords: {
      value: async (from: number, to: number) => {
        const view = await reader.readRecords(from, to);
        mostRecords = Math.max(mostRecords, view.byteLength / RECORD_BYTES);
        return view;
      },
    },
  }) as SessionReader;
  const progress: number[] = [];
  const parts: Uint8Array[] = [];
  const byteText = createPortableByteText();
  const source = createExportSource({
    summary: summaryOf(reader),
    reader: watched,
    range: range ?? null,
    byteText,
    redactor: null,
    onProgress: (done: number) => void progress.push(done),
    ...options,
  });
  for await (const part of exporter.encode(source)) {
    parts.push(typeof part === 'string' ? new TextEncoder().encode(part) : part);
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  return {
    bytes,
    text: new TextDecoder().decode(bytes),
    parts: parts.length,
    progress,
    longestRead,
    mostRecords,
  };
}

function exporterOf(id: string): Exporter {
  const exporter = createExporters(createPortableByteText(), '1.2.3').get(id);
  if (!exporter) throw new Error(`There is no exporter "${id}"`);
  return exporter;
}

/** `entriesIn` counts the entries that an export shows; null for formats that do not show entries. */
export function describeExporter(id: string, entriesIn: ((text: string) => number) | null): void {
  describe(`the exporter ${id}`, () => {
    it('describes itself', () => {
      const { label, note, extension } = exporterOf(id);
      expect(label).not.toBe('');
      expect(note).toMatch(/\.$/);
      expect(extension).toMatch(/^[a-z]+$/);
    });

    it('exports an empty session', async () => {
      const { text } = await exported(id, recordedLog([]));
      if (entriesIn) expect(entriesIn(text)).toBe(0);
    });

    it('exports nothing of an empty range', async () => {
      const { text } = await exported(id, recordedLog(ODD_ATTEMPTS), { from: 3, to: 3 });
      if (entriesIn) expect(entriesIn(text)).toBe(0);
    });

    it('is not stopped by a range that is longer than the log', async () => {
      const log = recordedLog(ODD_ATTEMPTS);
      const whole = await exported(id, log);
      const longer = await exported(id, log, { from: 0, to: log.count + 1000 });
      expect(longer.text).toBe(whole.text);
    });

    it('reads 10,000 entries in bounded slices and tells how far it is', async () => {
      const event = (at: number) => `id: ${at}\ndata: {"n":${at},"pad":"${'x'.repeat(300)}"}\n\n`;
      const reads = Array.from({ length: 100 }, (_, read) =>
        Array.from({ length: 100 }, (__, at) => event(read * 100 + at)).join(''),
      );
      const log = recordedLog([{ reads }]);
      const result = await exported(id, log);
      expect(result.longestRead).toBeLessThanOrEqual(1024 * 1024);
      expect(result.longestRead).toBeLessThan(log.wireBytes);
      expect(result.mostRecords).toBeLessThanOrEqual(4096);
      expect(result.progress.length).toBeGreaterThan(2);
      expect([...result.progress].sort((a, b) => a - b)).toEqual(result.progress);
      expect(result.progress.at(-1)).toBe(log.count);
      if (entriesIn) expect(entriesIn(result.text)).toBe(log.count);
    });
  });
}
