/** A text as rows of a fixed width, with the line that each row belongs to. Three integers a row; the text is not copied. Pure. */
import { isHiddenChar, symbolOf } from '../../ui/visible-text.ts';

export interface TextRows {
  readonly count: number;
  readonly lineCount: number;
  /** Number of the row's line from 1; 0 when the row goes on from the row before. */
  lineNumber(row: number): number;
  /** Number of the row's line from 1. */
  lineOf(row: number): number;
  text(row: number): string;
}

export function textRows(text: string, columns: number): TextRows {
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  let line = 0;
  let at = 0;
  do {
    const end = lineEnd(text, at);
    line += 1;
    let from = at;
    do {
      const to = wrap(text, from, end, columns);
      starts.push(from);
      ends.push(to);
      lines.push(line);
      from = to;
    } while (from < end);
    at = end + 1;
  } while (at <= text.length);
  return {
    count: starts.length,
    lineCount: line,
    lineNumber: (row) => (row > 0 && lines[row - 1] === lines[row] ? 0 : (lines[row] ?? 0)),
    lineOf: (row) => lines[row] ?? 0,
    text: (row) => text.slice(starts[row], ends[row]),
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** Room that a line may take beyond a place where it could be broken, so that words stay whole. */
const WORD = 16;

function wrap(text: string, from: number, end: number, columns: number): number {
  let cells = 0;
  let lastSpace = -1;
  let at = from;
  while (at < end) {
    const code = text.codePointAt(at) ?? 0;
    const width = cellsOf(code);
    if (cells + width > columns && at > from)
      return lastSpace > from && at - lastSpace <= WORD ? lastSpace + 1 : at;
    if (code === 0x20) lastSpace = at;
    cells += width;
    at += code > 0xffff ? 2 : 1;
  }
  return end;
}

function cellsOf(code: number): number {
  if (code < 0x7f && code >= 0x20) return 1;
  const char = String.fromCodePoint(code);
  if (isHiddenChar(char)) return symbolOf(char).length;
  return code >= 0x1100 ? 2 : 1;
}
