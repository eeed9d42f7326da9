/** Rows of a CSV file (RFC 4180), as they come: quoted cells may hold commas, quotes and line ends. */
import { CaptureError, type CaptureFile } from './capture.ts';

export interface CsvRow {
  readonly cells: readonly string[];
  /** On which it begins, from 1. */
  readonly line: number;
}

/** A quote that is never closed would take the rest of the file into one cell. */
const MOST_CELL_CHARS = 256 * 1024 * 1024;

const ENDS_PLAIN = new Set(['\n', '\r']);

export async function* csvRows(file: CaptureFile, separator = ','): AsyncGenerator<CsvRow, void, void> {
  const decoder = new TextDecoder('utf-8');
  let cells: string[] = [];
  let pieces: string[] = [];
  let pieceChars = 0;
  let line = 1;
  let rowLine = 1;
  let quoteLine = 1;
  // Typed wide: it changes inside the functions below.
  let state = 'start' as 'start' | 'plain' | 'quoted' | 'quote';
  let afterCr = false;

  const endCell = (): void => {
    cells.push(pieces.join(''));
    pieces = [];
    pieceChars = 0;
    state = 'start';
  };
  const add = (text: string): void => {
    pieces.push(text);
    pieceChars += text.length;
    if (pieceChars > MOST_CELL_CHARS)
      throw new CaptureError('The quote that begins here is not closed.', { line: quoteLine });
  };
  function* take(text: string): Generator<CsvRow, void, void> {
    let at = 0;
    while (at < text.length) {
      const character = text.charAt(at);
      if (state === 'quoted') {
        const end = text.indexOf('"', at);
        const part = text.slice(at, end < 0 ? text.length : end);
        if (part !== '') add(part);
        for (let next = part.indexOf('\n'); next >= 0; next = part.indexOf('\n', next + 1)) line += 1;
        if (end < 0) return;
        state = 'quote';
        at = end + 1;
        continue;
      }
      at += 1;
      if (afterCr && character === '\n') {
        afterCr = false;
        continue;
      }
      afterCr = false;
      if (character === '"' && state === 'quote') {
        add('"');
        state = 'quoted';
      } else if (character === '"' && state === 'start') {
        state = 'quoted';
        quoteLine = line;
      } else if (character === separator) {
        endCell();
      } else if (character === '\n' || character === '\r') {
        afterCr = character === '\r';
        endCell();
        line += 1;
        yield { cells, line: rowLine };
        cells = [];
        rowLine = line;
      } else if (state === 'quote') {
        throw new CaptureError('There is text behind the quote that closes a cell.', { line });
      } else {
        state = 'plain';
        let end = at;
        while (end < text.length && !ENDS_PLAIN.has(text.charAt(end)) && text.charAt(end) !== separator)
          end += 1;
        add(text.slice(at - 1, end));
        at = end;
      }
    }
  }

  for await (const chunk of file.open()) yield* take(decoder.decode(chunk, { stream: true }));
  yield* take(decoder.decode());
  if (state === 'quoted')
    throw new CaptureError('The quote that begins here is not closed: the file was cut off.', {
      line: quoteLine,
    });
  if (cells.length > 0 || pieces.length > 0 || state === 'quote') {
    endCell();
    yield { cells, line: rowLine };
  }
}
