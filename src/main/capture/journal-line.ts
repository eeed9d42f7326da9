/**
 * Lines of `journal.ndjson`: an entry with its place in the log, or the name of an event type. Names stand here because the
 * index has only their numbers.
 */
import type { JournalEntry } from '../../shared/session/entry.ts';
import { asJournalEntry } from '../../shared/session/parse-entry.ts';

export interface EntryLine {
  readonly seq: number;
  readonly atMs: number;
  /** Body bytes that the log had when the entry was appended: where it stands between the socket reads. */
  readonly wire: number;
  readonly entry: JournalEntry;
}

export interface TypeLine {
  readonly type: number;
  readonly name: string;
}

export type JournalLine = EntryLine | TypeLine;

export function encodeLine(line: JournalLine): Buffer {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Reads a line without its line end; null when it is torn or was never a line of a journal. */
export function decodeLine(text: string): JournalLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { type, name, seq, atMs, wire, entry } = value as Readonly<Record<string, unknown>>;
  if (typeof type === 'number' && typeof name === 'string') return { type, name };
  const known = asJournalEntry(entry);
  return known && isPlace(seq) && isPlace(wire) && isTime(atMs) ? { seq, atMs, wire, entry: known } : null;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

export function isTypeLine(line: JournalLine): line is TypeLine {
  return 'type' in line;
}

/** A line with the bytes that it takes in the file, line end included. */
export interface PlacedLine {
  readonly line: JournalLine;
  readonly offset: number;
  readonly length: number;
}

const BLOCK_BYTES = 256 * 1024;

/**
 * Reads all whole lines up to `size`, a block at a time, so that a large journal does not hold up other work. Lines that
 * cannot be read are passed over; what follows the last line end is not looked at.
 */
export async function readLines(
  read: (from: number, to: number) => Promise<Buffer>,
  size: number,
  visit: (line: PlacedLine) => void,
): Promise<void> {
  let rest: Buffer[] = [];
  for (let at = 0; at < size; at += BLOCK_BYTES) {
    const block = await read(at, Math.min(size, at + BLOCK_BYTES));
    const linesEnd = block.lastIndexOf(0x0a) + 1;
    if (linesEnd > 0) {
      const whole = Buffer.concat([...rest, block.subarray(0, linesEnd)]);
      visitLines(whole, at + linesEnd - whole.length, visit);
      rest = [];
    }
    rest.push(block.subarray(linesEnd));
  }
}

function visitLines(bytes: Buffer, offset: number, visit: (line: PlacedLine) => void): void {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from);
    const line = decodeLine(bytes.toString('utf8', from, end));
    if (line) visit({ line, offset: offset + from, length: end + 1 - from });
    from = end + 1;
  }
}
