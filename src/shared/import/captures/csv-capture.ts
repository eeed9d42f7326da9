/** Tables of events: our own CSV export, and tables of others with columns such as `event,id,data,time`. */
import { CSV_COLUMNS } from '../../export/csv.ts';
import { unguarded } from '../../export/csv-cells.ts';
import { CaptureError, type CaptureFile, type CaptureReading } from './capture.ts';
import { csvRows } from './csv-table.ts';
import { entrySteps, type ImportedEntry } from './entry-steps.ts';
import { captureOfRows, eventRow, isEventRow, type EventRow } from './event-rows.ts';
import { importedEntry } from './streamscope-entries.ts';
import { headOfEntries, nameOfFile, parsedLine } from './streamscope-files.ts';

const NUMBERS = new Set(['seq', 'atMs', 'attempt', 'retryMs', 'offset', 'length']);
const HEAD_ROWS = 50;

/** The character between the cells of a header row that names events; null when it is none. */
export function csvSeparator(firstLine: string): string | null {
  for (const separator of [',', ';', '\t']) {
    const names = firstLine
      .replace(/^\uFEFF/, '')
      .split(separator)
      .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const sample = Object.fromEntries(names.map((name) => [keyOf(name), 'x']));
    if (names.length > 1 && names.every((name) => /^[\w .()-]{1,40}$/.test(name)) && isEventRow(sample))
      return separator;
  }
  return null;
}

/** "Last Event ID", "last_event_id" and "lastEventId" are the same. */
function keyOf(name: string): string {
  const words = name
    .trim()
    .replace(/\s*\(.*\)$/, '')
    .split(/[ _-]+/);
  if (words.length === 1 && /[a-z]/.test(name))
    return `${name.charAt(0).toLowerCase()}${name.slice(1)}`.trim();
  return words
    .map((word, at) =>
      at === 0 ? word.toLowerCase() : `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
    )
    .join('')
    .replace(/Id$/, 'Id');
}

export async function readCsv(file: CaptureFile, separator: string): Promise<CaptureReading> {
  let header: readonly string[] = [];
  const first: Record<string, unknown>[] = [];
  for await (const { cells, line } of csvRows(file, separator)) {
    if (line === 1) header = cells.map((cell) => cell.replace(/^\uFEFF/, ''));
    else first.push(isOwn(header) ? ownValue(header, cells, line) : otherValue(header, cells));
    if (first.length === HEAD_ROWS) break;
  }
  const names = header;
  if (isOwn(names)) {
    async function* entries(): AsyncGenerator<ImportedEntry, void, void> {
      for await (const { cells, line } of csvRows(file, separator)) {
        if (line > 1 && !isBlank(cells)) yield importedEntry(ownValue(names, cells, line), { line });
      }
    }
    const head = headOfEntries(first, file.name);
    return {
      format: 'CSV export of Streamscope',
      captures: [{ head, note: 'A table', steps: () => entrySteps(entries()) }],
    };
  }
  async function* rows(): AsyncGenerator<EventRow, void, void> {
    for await (const { cells, line } of csvRows(file, separator)) {
      if (line > 1 && !isBlank(cells)) yield eventRow(otherValue(names, cells), { line });
    }
  }
  const firstMs = first.map((row) => eventRow(row, { line: 2 }).timeMs).find((time) => time !== null) ?? null;
  const facts = { name: nameOfFile(file.name), method: 'GET', url: '', firstMs };
  return { format: 'Table of events (CSV)', captures: [captureOfRows(facts, 'A table', rows)] };
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === '';
}

function isOwn(header: readonly string[]): boolean {
  return CSV_COLUMNS.slice(0, 4).every((name, at) => header[at] === name) && header.includes('fact');
}

function ownValue(
  header: readonly string[],
  cells: readonly string[],
  line: number,
): Record<string, unknown> {
  if (cells.length !== header.length)
    throw new CaptureError(`This row has ${cells.length} cells, and the header has ${header.length}.`, {
      line,
    });
  const value: Record<string, unknown> = {};
  header.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (NUMBERS.has(name)) {
      if (cell !== '') value[name] = Number(cell);
    } else if (name === 'fact' || name === 'comments') {
      if (cell !== '') value[name] = parsedLine(unguarded(cell), line);
    } else if (cell !== '') {
      value[name] = unguarded(cell);
    }
  });
  const { fact, ...rest } = value;
  if (rest['kind'] === 'event') rest['data'] ??= '';
  return typeof fact === 'object' && fact !== null ? { ...rest, ...fact } : rest;
}

function otherValue(header: readonly string[], cells: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    header.flatMap((name, at) => {
      const cell = cells[at];
      const key = keyOf(name);
      // A cell of data may be empty and is there all the same.
      return cell === undefined || (cell === '' && key !== 'data') ? [] : [[key, cell]];
    }),
  );
}
