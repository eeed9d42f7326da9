/** A table for spreadsheets and scripts: one entry a row, the keys of the NDJSON export as columns. */
import type { ByteText } from '../sse/byte-text.ts';
import type { DecodedEntry } from './decoded-entries.ts';
import { csvRow, guarded } from './csv-cells.ts';
import { entryJson } from './entry-json.ts';
import type { Exporter } from './exporter.ts';

/** In this order; names are a promise. `fact` has the other keys of what is no frame, as JSON. */
export const CSV_COLUMNS = [
  'seq',
  'kind',
  'time',
  'atMs',
  'attempt',
  'type',
  'id',
  'lastEventId',
  'retryMs',
  'data',
  'comments',
  'text',
  'bytes',
  'framing',
  'offset',
  'length',
  'fact',
] as const;

export function createCsvExporter(byteText: ByteText): Exporter {
  return {
    id: 'csv',
    label: 'CSV',
    note: 'A table for spreadsheets: one entry a row. Texts that look like formulas get an apostrophe in front.',
    extension: 'csv',
    async *encode({ summary, entries: exported, onProgress }) {
      yield csvRow(CSV_COLUMNS);
      let done = 0;
      for await (const entries of exported()) {
        yield entries.map((entry) => csvRow(cellsOf(entry, summary.startedAt, byteText))).join('');
        done += entries.length;
        onProgress(done);
      }
    },
  };
}

function cellsOf(entry: DecodedEntry, startedAt: number, byteText: ByteText): readonly string[] {
  const { seq, kind, atMs, time, ...rest } = entryJson(entry, startedAt, byteText) as Record<string, unknown>;
  const values: Record<string, unknown> = { seq, kind, atMs, time, ...rest };
  if (entry.what === 'journal') {
    const { attempt, ...fact } = rest;
    return CSV_COLUMNS.map((name) =>
      cellOf(name === 'fact' ? fact : { seq, kind, atMs, time, attempt }[name as 'seq']),
    );
  }
  // An empty id is not the same as none, and a cell cannot tell them apart.
  if (entry.id === '' && values['text'] === undefined && values['bytes'] === undefined)
    values['text'] = byteText.utf8(entry.bytes, 0, entry.bytes.length);
  return CSV_COLUMNS.map((name) => cellOf(values[name]));
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return guarded(value);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
