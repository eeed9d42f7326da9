/** Streamscope's own exports as NDJSON and JSON. They are read line by line, so their size does not matter. */
import type { SessionOutcome } from '../../session/entry.ts';
import { CaptureError, type CaptureFile, type CaptureHead, type CaptureReading } from './capture.ts';
import { fileStart, parsedJson, textLines, wholeText } from './capture-text.ts';
import { entrySteps, type ImportedEntry } from './entry-steps.ts';
import { amountOf, isObject, listOf, textOf, type JsonObject } from './fields.ts';
import { importedEntry, startOfLine } from './streamscope-entries.ts';

const OUTCOMES: readonly CaptureHead['outcome'][] = ['ended', 'stopped', 'failed', 'interrupted'];

export function outcomeOf(value: unknown): CaptureHead['outcome'] {
  return OUTCOMES.find((known) => known === (value as SessionOutcome)) ?? 'ended';
}

/** The name of a file without its extension; what a session is called that has no name. */
export function nameOfFile(name: string): string {
  const base = name.replace(/^.*[\\/]/, '').replace(/\.[A-Za-z0-9-]{1,12}$/, '');
  return base === '' ? 'Imported' : base;
}

/** What the first entries tell of a session. */
export function headOfEntries(values: readonly unknown[], name: string): CaptureHead {
  const start = values.find((value) => isObject(value) && value['kind'] === 'attempt-start') as
    JsonObject | undefined;
  const url = textOf(start?.['url']) ?? '';
  const startedAt = values.map(startOfLine).find((time) => time !== null) ?? null;
  return {
    name: nameOfFile(name),
    method: textOf(start?.['method']) ?? 'GET',
    url,
    startedAt,
    outcome: 'ended',
  };
}

/** Entries looked at for the head of a session. */
const HEAD_LINES = 50;

export async function readNdjsonExport(file: CaptureFile): Promise<CaptureReading> {
  const first: unknown[] = [];
  for await (const { text, number } of textLines(file)) {
    if (text.trim() !== '') first.push(parsedLine(text, number));
    if (first.length === HEAD_LINES) break;
  }
  async function* entries(): AsyncGenerator<ImportedEntry, void, void> {
    for await (const { text, number } of textLines(file)) {
      if (text.trim() !== '') yield importedEntry(parsedLine(text, number), { line: number });
    }
  }
  const head = headOfEntries(first, file.name);
  const captures = [{ head, note: 'One entry a line', steps: () => entrySteps(entries()) }];
  return { format: 'NDJSON export of Streamscope', captures };
}

export function parsedLine(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CaptureError('This is no valid JSON. The file may have been cut off here.', { line });
  }
}

/** The export as it is laid out by us is read line by line; laid out differently, as one document. */
export async function readJsonExport(file: CaptureFile): Promise<CaptureReading> {
  const start = new TextDecoder().decode(await fileStart(file, 64 * 1024));
  const firstLine = start.slice(0, Math.max(0, start.indexOf('\n'))).replace(/^\uFEFF/, '');
  const head = headOfDocument(firstLine);
  if (head === null) return documentReading(parsedJson(await wholeText(file), file.name), file.name);
  checkVersion(head);
  async function* entries(): AsyncGenerator<ImportedEntry, void, void> {
    let closed = false;
    for await (const { text, number } of textLines(file)) {
      if (number === 1 || text.trim() === '') continue;
      if (/^\s*\]\s*\}\s*$/.test(text)) closed = true;
      else yield importedEntry(parsedLine(text.replace(/,\s*$/, ''), number), { line: number });
    }
    if (!closed)
      throw new CaptureError(
        'The document ends in the middle: the file was cut off. What came before was kept.',
      );
  }
  return {
    format: FORMAT,
    captures: [
      {
        head: headOfSession(head['session'], file.name),
        note: 'One document',
        steps: () => entrySteps(entries()),
      },
    ],
  };
}

const FORMAT = 'JSON export of Streamscope';

/** The first line of our layout: the document without its entries. */
function headOfDocument(firstLine: string): JsonObject | null {
  if (!firstLine.endsWith('"entries":[')) return null;
  try {
    const value: unknown = JSON.parse(`${firstLine}]}`);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A document that was parsed already. */
export function documentReading(value: unknown, name: string): CaptureReading {
  if (!isObject(value) || value['format'] !== 'streamscope-session')
    throw new CaptureError('This JSON document is no session of Streamscope.');
  checkVersion(value);
  const entries = listOf(value['entries']).map((entry, at) => ({ entry, where: { item: `entries[${at}]` } }));
  function* imported(): Generator<ImportedEntry, void, void> {
    for (const { entry, where } of entries) yield importedEntry(entry, where);
  }
  const head = headOfSession(value['session'], name);
  return { format: FORMAT, captures: [{ head, note: 'One document', steps: () => entrySteps(imported()) }] };
}

function checkVersion(document: JsonObject): void {
  const version = document['version'];
  if (version === 1) return;
  throw new CaptureError(
    typeof version === 'number'
      ? `This export has version ${version}, and this version of Streamscope reads version 1. Use the newer one that wrote it.`
      : 'This export does not say which version it has.',
  );
}

export function headOfSession(session: unknown, name: string): CaptureHead {
  if (!isObject(session)) throw new CaptureError('The document has no "session".');
  return {
    name: textOf(session['name']) ?? nameOfFile(name),
    method: textOf(session['method']) ?? 'GET',
    url: textOf(session['url']) ?? '',
    startedAt: amountOf(session['startedAt']),
    outcome: outcomeOf(session['outcome']),
  };
}
