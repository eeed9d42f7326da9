/**
 * How fast the answer came over its course: the time from the first chunk to the last in equal steps, with the text that came in
 * each. The first chunk is where the clock starts, so its text counts in none.
 */
import type { SeqNo } from '../../base/clock.ts';
import type { Completion } from '../completion.ts';
import { chunkLengths } from './chunk-lengths.ts';
import type { Basis } from './metric.ts';
import type { TokenCount } from './token-count.ts';

export interface SpeedStep {
  /** Session clock. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Tokens or characters a second. */
  readonly rate: number;
  readonly chunks: number;
  /** The first chunk in it; null when none came. */
  readonly seq: SeqNo | null;
}

export interface SpeedCurve {
  /** Tokens where their number is known; each chunk's share is that of its characters. */
  readonly unit: 'tokens' | 'characters';
  readonly basis: Basis;
  readonly steps: readonly SpeedStep[];
  /** The highest rate of a step. */
  readonly peak: number;
}

const MOST_STEPS = 48;
const LEAST_STEPS = 6;
/** Shorter steps show the pattern of packets and not the speed of the model. */
const LEAST_STEP_MS = 100;

/** null when there are fewer than three chunks, no text, or less than a millisecond between them. */
export function speedCurve(completion: Completion, tokens: TokenCount | null): SpeedCurve | null {
  const { deltaAtMs, deltaSeqs } = completion.timing;
  const start = deltaAtMs[0];
  const end = deltaAtMs.at(-1);
  if (start === undefined || end === undefined || deltaAtMs.length < 3 || !(end - start >= 1)) return null;
  const lengths = chunkLengths(completion);
  const characters = lengths.reduce((sum, length) => sum + length, 0);
  if (characters === 0) return null;
  const unit = tokens && tokens.streamed > 0 ? tokens.streamed / characters : 1;

  const count = Math.min(MOST_STEPS, Math.max(LEAST_STEPS, Math.ceil((end - start) / LEAST_STEP_MS)));
  const width = (end - start) / count;
  const sums = new Float64Array(count);
  const chunks = new Float64Array(count);
  const firsts: (SeqNo | undefined)[] = [];
  for (let at = 1; at < deltaAtMs.length; at += 1) {
    const step = Math.max(0, Math.min(count - 1, Math.floor(((deltaAtMs[at] ?? 0) - start) / width)));
    sums[step] = (sums[step] ?? 0) + (lengths[at] ?? 0) * unit;
    chunks[step] = (chunks[step] ?? 0) + 1;
    firsts[step] ??= deltaSeqs[at];
  }
  let peak = 0;
  const steps = Array.from(sums, (sum, step): SpeedStep => {
    const rate = (sum * 1000) / width;
    peak = Math.max(peak, rate);
    const fromMs = start + step * width;
    return { fromMs, toMs: fromMs + width, rate, chunks: chunks[step] ?? 0, seq: firsts[step] ?? null };
  });
  const counted = tokens !== null && tokens.streamed > 0;
  return {
    unit: counted ? 'tokens' : 'characters',
    basis: counted ? tokens.basis : 'measured',
    steps,
    peak,
  };
}
