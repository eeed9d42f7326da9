/**
 * Where the files of a session that was not closed properly are to be cut, so that they agree: the last whole record of
 * each, and nothing that speaks of bytes that never arrived in `wire.bin`. Body bytes are never cut.
 */
import type { AppendFile } from './append-file.ts';
import type { FileSizes } from './format.ts';
import { isTypeLine, readLines, type EntryLine, type PlacedLine } from './journal-line.ts';
import { READ_BYTES } from './reads-file.ts';
import type { LogFiles } from './stored-log.ts';
import { RECORD_BYTES } from '../../shared/session/index-record.ts';

export interface WholeParts {
  /** Sizes after the cut; the index only as far as whole records go. */
  readonly sizes: FileSizes;
  /** The journal's lines that stay. */
  readonly lines: readonly PlacedLine[];
}

/** `files` cover all that is on the disk. */
export async function findWholeParts(files: LogFiles): Promise<WholeParts> {
  const wire = files.wire.size;
  const lines = await wholeLines(files.journal, wire);
  const last = lines.at(-1);
  return {
    sizes: {
      wire,
      reads: await wholeReads(files.reads, wire),
      index: files.index.size - (files.index.size % RECORD_BYTES),
      journal: last ? last.offset + last.length : 0,
    },
    lines,
  };
}

/** Lines up to the first entry that came after bytes which are missing. */
async function wholeLines(journal: AppendFile, wireBytes: number): Promise<PlacedLine[]> {
  const lines: PlacedLine[] = [];
  let beyond = false;
  await readLines(journal.read, journal.size, (placed) => {
    beyond ||= !isTypeLine(placed.line) && placed.line.wire > wireBytes;
    if (!beyond) lines.push(placed);
  });
  return lines;
}

/** Reads begin one after the other, each within the bytes that there are. A power loss may leave zeros at the end. */
async function wholeReads(reads: AppendFile, wireBytes: number): Promise<number> {
  let count = Math.floor(reads.size / READ_BYTES);
  for (; count > 0; count -= 1) {
    const from = Math.max(0, count - 2);
    const bytes = await reads.read(from * READ_BYTES, count * READ_BYTES);
    const offset = bytes.readDoubleLE(bytes.length - READ_BYTES);
    const before = count > 1 ? bytes.readDoubleLE(0) : -1;
    if (offset > before && offset < wireBytes) break;
  }
  return count * READ_BYTES;
}

/** The entries among the lines, with their places. */
export function entriesOf(
  lines: readonly PlacedLine[],
): { line: EntryLine; offset: number; length: number }[] {
  return lines.flatMap(({ line, offset, length }) => (isTypeLine(line) ? [] : [{ line, offset, length }]));
}
