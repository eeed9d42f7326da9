/** Finds out what a file or a pasted text is, and hands it to the reader that knows it. Its content decides before its name does. */
import type { ByteText } from '../../sse/byte-text.ts';
import { framingOfName, framingOfStart } from '../../sse/detect-framing.ts';
import type { Framing } from '../../sse/framing.ts';
import { CaptureError, type CaptureFile, type CaptureReading } from './capture.ts';
import { fileStart, parsedJson, wholeText } from './capture-text.ts';
import { csvSeparator, readCsv } from './csv-capture.ts';
import { readCurlOutput } from './curl-capture.ts';
import { entrySteps, type ImportedEntry } from './entry-steps.ts';
import { captureOfDocument, captureOfRows, eventRow, isEventRow } from './event-rows.ts';
import { isObject } from './fields.ts';
import { isHar, readHar } from './har-capture.ts';
import { readRawStream } from './raw-stream.ts';
import { importedEntry, isStreamscopeLine } from './streamscope-entries.ts';
import {
  documentReading,
  headOfEntries,
  nameOfFile,
  parsedLine,
  readJsonExport,
  readNdjsonExport,
} from './streamscope-files.ts';
import { textLines } from './capture-text.ts';

export const SUPPORTED_CAPTURES =
  'NDJSON, JSON and CSV exports of Streamscope, HAR files, raw event streams (.sse), NDJSON, what curl printed with -i or -v, and lists of events as JSON or CSV with data and event, id or time';

/** Enough for the heads of any answer and the first line of most files. */
const START_BYTES = 256 * 1024;

/** Rejects with a CaptureError that says what is wrong and where, or what is supported. */
export async function readCapture(file: CaptureFile, byteText: ByteText): Promise<CaptureReading> {
  const start = await fileStart(file, START_BYTES);
  if (start.length === 0) throw new CaptureError('There is nothing in it.');
  if (start[0] === 0x50 && start[1] === 0x4b)
    throw new CaptureError(
      'This is a ZIP archive. A .streamscope file is opened as a session, not imported.',
    );
  if (start[0] === 0x1f && start[1] === 0x8b)
    throw new CaptureError('This is compressed (gzip). Unpack it first.');
  const isWhole = start.length < START_BYTES;
  const text = byteText.utf8(start, 0, start.length).replace(/^\uFEFF/, '');
  const content = text.trimStart();
  const firstLine = /^[^\r\n]*/.exec(content)?.[0] ?? '';

  if (content.startsWith('{') || content.startsWith('['))
    return (
      (await readJson(file, content, firstLine, isWhole, byteText)) ??
      readRawStream(file, jsonFraming(file, start))
    );
  if (/^(?:HTTP\/\d|[*<>] |\s*% Total|[{}] \[\d+ bytes)/.test(text.trimStart())) {
    const curl = readCurlOutput(file, text);
    if (curl) return curl;
  }
  const separator = csvSeparator(firstLine);
  if (separator !== null) return readCsv(file, separator);
  const framing = framingOfName(file.name) ?? framingOfStart(start) ?? 'sse';
  if (framing === 'sse' && !isEventStream(content, start))
    throw new CaptureError(
      `It is not known what ${file.name === '' ? 'this text' : `"${file.name}"`} is. Supported are ${SUPPORTED_CAPTURES}.`,
    );
  return readRawStream(file, framing);
}

/** At least one line that an event stream has, and no bytes that no text has. */
function isEventStream(content: string, start: Uint8Array): boolean {
  if (start.subarray(0, 4096).includes(0) && !/^(?:data|event|id|retry)?:/m.test(content)) return false;
  return /^(?:data|event|id|retry)(?::|\r?$)|^:/m.test(content);
}

function jsonFraming(file: CaptureFile, start: Uint8Array): Framing {
  const named = framingOfName(file.name);
  return named !== null && named !== 'sse' ? named : (framingOfStart(start) ?? 'ndjson');
}

/** null: JSON of somebody else, to be read as the stream that it is. */
async function readJson(
  file: CaptureFile,
  content: string,
  firstLine: string,
  isWhole: boolean,
  byteText: ByteText,
): Promise<CaptureReading | null> {
  if (/^\{\s*"format"\s*:\s*"streamscope-session"/.test(content)) return readJsonExport(file);
  const first = content.startsWith('{') ? parsedOrNull(firstLine) : null;
  const isAlone = first !== null && content.slice(firstLine.length).trim() === '' && isWhole;
  if (first !== null && !isAlone) {
    if (isStreamscopeLine(first)) return readNdjsonExport(file);
    return isEventRow(first) ? readRowLines(file) : null;
  }
  if (isAlone && isStreamscopeLine(first)) return readNdjsonExport(file);
  const document = await jsonDocument(file, content);
  if (document === undefined) return null;
  if (isHar(document)) return readHar(document, file.name, byteText);
  if (isObject(document) && document['format'] === 'streamscope-session')
    return documentReading(document, file.name);
  if (Array.isArray(document) && document.length > 0 && document.every(isStreamscopeLine)) {
    const lines: readonly unknown[] = document;
    const entries = function* (): Generator<ImportedEntry, void, void> {
      for (const [at, line] of lines.entries()) yield importedEntry(line, { item: `[${at}]` });
    };
    const head = headOfEntries(lines.slice(0, 50), file.name);
    return {
      format: 'Entries of Streamscope',
      captures: [{ head, note: `${lines.length} entries`, steps: () => entrySteps(entries()) }],
    };
  }
  const captures = captureOfDocument(document, nameOfFile(file.name));
  return captures.length === 0 ? null : { format: 'List of events (JSON)', captures };
}

/** undefined: it is no single document, but values one after another or a stream that was cut off. */
async function jsonDocument(file: CaptureFile, content: string): Promise<unknown> {
  const text = (await wholeText(file)).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // What was meant to be one document says where it is broken; a stream may end anywhere.
    if (/^\{\s*"log"\s*:/.test(content) || /\.(?:har|json)$/i.test(file.name))
      return parsedJson(text, file.name);
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Events as one JSON a line. */
async function readRowLines(file: CaptureFile): Promise<CaptureReading> {
  let firstMs: number | null = null;
  for await (const { text, number } of textLines(file)) {
    if (text.trim() === '') continue;
    firstMs = eventRow(parsedLine(text, number), { line: number }).timeMs;
    break;
  }
  async function* rows() {
    for await (const { text, number } of textLines(file)) {
      if (text.trim() !== '') yield eventRow(parsedLine(text, number), { line: number });
    }
  }
  const facts = { name: nameOfFile(file.name), method: 'GET', url: '', firstMs };
  return {
    format: 'List of events (JSON, one a line)',
    captures: [captureOfRows(facts, 'One event a line', rows)],
  };
}
