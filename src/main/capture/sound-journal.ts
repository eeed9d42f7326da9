/**
 * The lines of a journal that can be believed. A crash leaves a torn end, which is cut; anything else that is no line, or whose
 * place among the bytes cannot be, is damage in the middle and is passed over.
 */
import { longestRising } from '../../shared/base/longest-rising.ts';
import type { AppendFile } from './append-file.ts';
import { isTypeLine, readLines, type PlacedLine } from './journal-line.ts';

export interface SoundJournal {
  readonly lines: readonly PlacedLine[];
  /** Bytes up to the end of the last of them. */
  readonly size: number;
  /** Whether there is something else between them. */
  readonly hasHoles: boolean;
}

export async function readSoundJournal(journal: AppendFile, wireBytes: number): Promise<SoundJournal> {
  const all: PlacedLine[] = [];
  await readLines(journal.read, journal.size, (placed) => all.push(placed));
  const lines = inOrder(all.slice(0, endOfWhole(all, wireBytes)), wireBytes);
  const last = lines.at(-1);
  const size = last ? last.offset + last.length : 0;
  const bytes = lines.reduce((sum, { length }) => sum + length, 0);
  return { lines, size, hasHoles: bytes !== size };
}

/** How many of the lines come before those of bytes that never arrived. */
function endOfWhole(lines: readonly PlacedLine[], wireBytes: number): number {
  const arrived = ({ line }: PlacedLine): boolean => !isTypeLine(line) && line.wire <= wireBytes;
  let end = lines.findLastIndex(arrived) + 1;
  while (end < lines.length && isTypeLine((lines[end] as PlacedLine).line)) end += 1;
  return end;
}

/** Entries stand in the order of the bytes that came before them. */
function inOrder(lines: readonly PlacedLine[], wireBytes: number): readonly PlacedLine[] {
  // Type lines have no place of their own.
  const entries = lines.filter(({ line }) => !isTypeLine(line));
  const wires = entries.map(({ line }) => (isTypeLine(line) || line.wire > wireBytes ? NaN : line.wire));
  const kept = new Set(longestRising(wires, false).map((at) => entries[at]));
  return kept.size === entries.length
    ? lines
    : lines.filter((placed) => isTypeLine(placed.line) || kept.has(placed));
}

/** The same lines as they stand in a journal of nothing else. */
export function closedUp(lines: readonly PlacedLine[]): PlacedLine[] {
  let offset = 0;
  return lines.map((placed) => {
    const moved = { ...placed, offset };
    offset += placed.length;
    return moved;
  });
}
