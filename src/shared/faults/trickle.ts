/** Bytes that come slowly, a few at a time. */
import type { PlayAction, PlayOut } from '../replay/playback.ts';
import type { SourceFrame } from '../replay/source-frame.ts';

/** Pieces are at least this far apart, so that a fast trickle is not made of single bytes. */
const PIECE_MS = 50;

export function* trickled(
  bytes: Uint8Array,
  bytesPerSecond: number,
  out: PlayOut,
  dueMs: number,
  completes: SourceFrame | null,
): Generator<PlayAction> {
  const step = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1000));
  let atMs = Math.max(dueMs, out.latestMs);
  for (let from = 0; from < bytes.length; from += step) {
    const piece = bytes.subarray(from, from + step);
    atMs += (piece.length / bytesPerSecond) * 1000;
    out.notBefore(atMs);
    const isLast = from + step >= bytes.length;
    yield* out.send(piece, atMs, out.nextRead(), isLast ? completes : null);
    yield* out.flush();
  }
}
