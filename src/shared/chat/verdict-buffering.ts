/**
 * Whether something between server and client holds the stream back. Chunks that came with the same socket read have the same
 * time; many of them in each read, with long silence between the reads, are how a buffering proxy looks. Careful on purpose.
 */
import type { SeqNo } from '../base/clock.ts';
import type { Completion } from './completion.ts';
import { MAX_PROOFS, type Verdict, type VerdictContext } from './verdict.ts';

const LEAST_CHUNKS = 40;
/** Chunks in a read, on average, that a server which flushes does not send. */
const CHUNKS_A_READ = 8;
const SILENCE_MS = 500;
/** Share of the time that must be such silence. */
const SILENT_SHARE = 0.8;
/** A whole answer that comes at once after so long was held back. */
const HELD_MS = 2000;

/** What turns it off in the proxy that is met most. */
const HINT =
  'Behind nginx, send the header "X-Accel-Buffering: no" with the answer, or set "proxy_buffering off".';

/** What is known of the times of an answer; grows with it. */
interface Bursts {
  taken: number;
  reads: number;
  silentMs: number;
  readonly afterSilence: SeqNo[];
}

const known = new WeakMap<readonly number[], Bursts>();

export function bufferingVerdicts({ timing }: Completion, { requestSentMs }: VerdictContext): Verdict[] {
  const { deltaAtMs, deltaSeqs } = timing;
  const count = deltaAtMs.length;
  if (count < LEAST_CHUNKS) return [];
  const bursts = burstsOf(deltaAtMs, deltaSeqs);
  const first = deltaAtMs[0] ?? 0;
  const spanMs = (deltaAtMs[count - 1] ?? 0) - first;
  const heldMs = requestSentMs === null || requestSentMs === undefined ? 0 : first - requestSentMs;
  if (bursts.reads === 1 && heldMs >= HELD_MS) {
    return [
      verdict(
        `All ${count} chunks came at once, after ${seconds(heldMs)}`,
        'They came with one socket read. A server that streams sends them one by one',
        [deltaSeqs[0] ?? 0],
      ),
    ];
  }
  const isBursty = count / bursts.reads >= CHUNKS_A_READ;
  if (!isBursty || bursts.afterSilence.length < 2 || bursts.silentMs < spanMs * SILENT_SHARE) return [];
  return [
    verdict(
      `Chunks came in ${bursts.reads} bursts of about ${Math.round(count / bursts.reads)}`,
      `Between the bursts there was silence of more than ${SILENCE_MS} ms, ${seconds(bursts.silentMs)} in all`,
      bursts.afterSilence,
    ),
  ];
}

function verdict(text: string, found: string, seqs: readonly SeqNo[]): Verdict {
  return {
    code: 'buffered',
    severity: 'warn',
    text: `${text}: something buffers`,
    explanation: `${found}. Look for a proxy, a gateway or compression that gathers before it sends on. ${HINT}`,
    seqs,
  };
}

function burstsOf(atMs: readonly number[], seqs: readonly SeqNo[]): Bursts {
  let bursts = known.get(atMs);
  if (!bursts) known.set(atMs, (bursts = { taken: 0, reads: 0, silentMs: 0, afterSilence: [] }));
  for (; bursts.taken < atMs.length; bursts.taken += 1) {
    const gapMs = bursts.taken === 0 ? null : (atMs[bursts.taken] ?? 0) - (atMs[bursts.taken - 1] ?? 0);
    if (gapMs === 0) continue;
    bursts.reads += 1;
    if (gapMs === null || gapMs < SILENCE_MS) continue;
    bursts.silentMs += gapMs;
    if (bursts.afterSilence.length < MAX_PROOFS) bursts.afterSilence.push(seqs[bursts.taken] ?? 0);
  }
  return bursts;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
