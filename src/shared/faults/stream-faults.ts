/** Faults that happen at one place of a stream. */
import { assertNever } from '../base/assert.ts';
import type { PlayAction, PlayOut } from '../replay/playback.ts';
import type { FaultAction } from './fault.ts';

/** An endless line comes this many bytes at a time, this far apart. */
const LINE_PIECE_BYTES = 16 * 1024;
const LINE_PIECE_MS = 10;

const encoder = new TextEncoder();

/** `atMs` null: as soon as what is before it was sent. */
export function* performFault(
  action: FaultAction,
  fault: number,
  out: PlayOut,
  atMs: number | null,
): Generator<PlayAction> {
  yield* out.flush();
  const dueMs = atMs ?? out.latestMs;
  yield { do: 'fault', atMs: dueMs, fault };
  switch (action.kind) {
    case 'stall':
      if (action.ms === Infinity) yield { do: 'hang', atMs: dueMs };
      else out.shift(action.ms);
      return;
    case 'reset':
      yield { do: 'end', atMs: dueMs, how: 'reset' };
      return;
    case 'close':
      yield { do: 'end', atMs: dueMs, how: 'complete' };
      return;
    case 'truncate':
      yield { do: 'end', atMs: dueMs, how: 'cut' };
      return;
    case 'endless-line':
      yield* endlessLine(action.bytes, out, dueMs);
      return;
    case 'insert':
      yield* out.send(encoder.encode(action.text), dueMs, out.nextRead(), null);
      yield* out.flush();
      return;
    case 'drop':
    case 'duplicate':
    case 'reorder':
    case 'corrupt':
    case 'trickle':
    case 'status':
    case 'content-type':
    case 'redirect':
      return;
    default:
      assertNever(action, 'fault');
  }
}

function* endlessLine(bytes: number, out: PlayOut, dueMs: number): Generator<PlayAction> {
  const filler = new Uint8Array(LINE_PIECE_BYTES).fill(0x78);
  const beginning = encoder.encode('data: ');
  let left = bytes;
  let atMs = dueMs;
  for (let piece = beginning; left > 0; piece = filler) {
    const part = piece.subarray(0, Math.min(left, piece.length));
    out.notBefore(atMs);
    yield* out.send(part, atMs, out.nextRead(), null);
    yield* out.flush();
    left -= part.length;
    atMs += LINE_PIECE_MS;
  }
}
