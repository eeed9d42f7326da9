/** A frame with bytes that are not what they were. */
import { frameBytes, type SourceFrame } from '../replay/source-frame.ts';
import { pickAt } from './chance.ts';
import type { FaultAction } from './fault.ts';

export function corrupted(
  frame: SourceFrame,
  action: Extract<FaultAction, { kind: 'corrupt' }>,
  seed: number,
  ...place: readonly number[]
): SourceFrame {
  const bytes = frameBytes(frame).slice();
  if (bytes.length === 0) return frame;
  for (let count = 0; count < action.bytes; count += 1) {
    const at = action.at ?? pickAt(bytes.length, seed, ...place, frame.seq, count);
    if (at >= bytes.length) break;
    const was = bytes[at] as number;
    // 1 to 255: never what it was.
    bytes[at] = action.to ?? was ^ (1 + pickAt(255, seed, ...place, frame.seq, count, 1));
  }
  let from = 0;
  const segments = frame.segments.map((segment) => {
    const to = from + segment.bytes.length;
    const part = { ...segment, bytes: bytes.subarray(from, to) };
    from = to;
    return part;
  });
  return { ...frame, segments };
}
