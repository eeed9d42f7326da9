/** Bytes of a file as text: whole, by lines, or only how it begins. */
import { CaptureError, MOST_DOCUMENT_BYTES, type CaptureFile } from './capture.ts';

export interface NumberedLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** Longer than any sensible line; beyond this the file is something else. */
const MOST_LINE_CHARS = 256 * 1024 * 1024;

/** The lines without their ends (LF or CRLF); a byte order mark is passed over. */
export async function* textLines(file: CaptureFile): AsyncGenerator<NumberedLine, void, void> {
  const decoder = new TextDecoder('utf-8');
  let number = 0;
  let pieces: string[] = [];
  let length = 0;
  function* cut(text: string): Generator<NumberedLine, void, void> {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, at));
      number += 1;
      yield { text: withoutCr(pieces.join('')), number };
      pieces = [];
      length = 0;
      from = at + 1;
    }
    if (from < text.length) {
      pieces.push(text.slice(from));
      length += text.length - from;
    }
  }
  for await (const chunk of file.open()) {
    yield* cut(decoder.decode(chunk, { stream: true }));
    if (length > MOST_LINE_CHARS)
      throw new CaptureError('This line is too long to be read.', { line: number + 1 });
  }
  yield* cut(decoder.decode());
  if (pieces.length > 0) yield { text: withoutCr(pieces.join('')), number: number + 1 };
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

export async function wholeText(file: CaptureFile): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  const pieces: string[] = [];
  let bytes = 0;
  for await (const chunk of file.open()) {
    bytes += chunk.length;
    if (bytes > MOST_DOCUMENT_BYTES)
      throw new CaptureError(
        `A JSON document of more than ${MOST_DOCUMENT_BYTES / 1024 / 1024} MB cannot be read as a whole. Use NDJSON, CSV or the raw stream instead.`,
      );
    pieces.push(decoder.decode(chunk, { stream: true }));
  }
  pieces.push(decoder.decode());
  return pieces.join('');
}

/** At most `most` bytes from the beginning. */
export async function fileStart(file: CaptureFile, most: number): Promise<Uint8Array> {
  const start = new Uint8Array(most);
  let length = 0;
  for await (const chunk of file.open()) {
    const part = chunk.subarray(0, most - length);
    start.set(part, length);
    length += part.length;
    if (length === most) break;
  }
  return start.subarray(0, length);
}

/** The document, or an error that names the line. */
export function parsedJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(why)?.[1];
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length;
    throw new CaptureError(
      `${name === '' ? 'The text' : `"${name}"`} is no valid JSON (${why}). It may have been cut off.`,
      line === undefined ? {} : { line },
    );
  }
}
