/** Bytes with the times they are due, gathered into writes. */
import { assertNever } from '../base/assert.ts';
import type { ReplayCut } from './replay-options.ts';
import type { SourceFrame } from './source-frame.ts';

export interface TimedBytes {
  readonly bytes: Uint8Array;
  readonly atMs: number;
  readonly read: number;
  /** The frame that is whole with these bytes. */
  readonly completes: SourceFrame | null;
}

/** One write to the socket. */
export interface Write {
  readonly atMs: number;
  readonly bytes: Uint8Array;
  /** Frames that are whole with it. */
  readonly completes: readonly SourceFrame[];
}

export interface Cutter {
  add(piece: TimedBytes): Iterable<Write>;
  /** What is held back, because nothing more belongs to it. */
  flush(): Iterable<Write>;
  readonly isHolding: boolean;
}

/** Everything at once is at most this much in one write. */
const ALL_BYTES = 1024 * 1024;

export function createCutter(cut: ReplayCut): Cutter {
  let held: TimedBytes[] = [];
  let heldBytes = 0;

  function* flush(): Generator<Write> {
    if (held.length === 0) return;
    const pieces = held;
    held = [];
    heldBytes = 0;
    const write = joined(pieces, cut === 'all' ? (pieces[0] as TimedBytes).atMs : latest(pieces));
    if (cut === 'mid-char') yield* insideCharacters(write);
    else yield write;
  }

  function* add(piece: TimedBytes): Generator<Write> {
    if (cut === 'byte') {
      yield* singleBytes(piece);
      return;
    }
    if (!belongsTo(piece)) yield* flush();
    held.push(piece);
    heldBytes += piece.bytes.length;
    if (cut === 'event' && piece.completes) yield* flush();
  }

  function belongsTo(piece: TimedBytes): boolean {
    const last = held.at(-1);
    if (!last) return true;
    switch (cut) {
      case 'reads':
      case 'mid-char':
        return piece.read === last.read;
      case 'event':
        return true;
      case 'all':
        return heldBytes + piece.bytes.length <= ALL_BYTES;
      case 'byte':
        return false;
      default:
        return assertNever(cut, 'cut');
    }
  }

  return {
    add,
    flush,
    get isHolding() {
      return held.length > 0;
    },
  };
}

function latest(pieces: readonly TimedBytes[]): number {
  return pieces.reduce((most, { atMs }) => Math.max(most, atMs), 0);
}

function joined(pieces: readonly TimedBytes[], atMs: number): Write {
  const completes = pieces.flatMap((piece) => (piece.completes ? [piece.completes] : []));
  const [first] = pieces;
  if (first && pieces.length === 1) return { atMs, bytes: first.bytes, completes };
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.bytes, at);
    at += piece.bytes.length;
  }
  return { atMs, bytes, completes };
}

function* singleBytes({ bytes, atMs, completes }: TimedBytes): Generator<Write> {
  for (let at = 0; at < bytes.length; at += 1) {
    const isLast = at === bytes.length - 1;
    yield { atMs, bytes: bytes.subarray(at, at + 1), completes: isLast && completes ? [completes] : [] };
  }
}

/** Cut behind the first byte of each character that has several. */
function* insideCharacters({ bytes, atMs, completes }: Write): Generator<Write> {
  let from = 0;
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    if ((bytes[at] as number) < 0xc2 || ((bytes[at + 1] as number) & 0xc0) !== 0x80) continue;
    yield { atMs, bytes: bytes.subarray(from, at + 1), completes: [] };
    from = at + 1;
  }
  yield { atMs, bytes: bytes.subarray(from), completes };
}
