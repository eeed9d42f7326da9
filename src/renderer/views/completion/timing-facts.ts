/** Times of an answer as facts with their definitions. Everything is measured here, in this window's session clock. */
import type { Completion } from '../../../shared/chat/completion.ts';
import { objectOf } from '../../../shared/chat/json-read.ts';
import type { NumberedJournalEntry } from '../../../shared/session/entry.ts';

export interface TimingFact {
  readonly name: string;
  /** Milliseconds, or a rate a second. */
  readonly value: number;
  readonly unit: 'ms' | 'per-second';
  /** What exactly it is. */
  readonly definition: string;
  /** The entry that it ends at; null when it is no moment. */
  readonly seq: number | null;
}

/** When the request of the attempt that brought entry `seq` was sent, and when its head came; null where it is not known. */
export function requestTimes(
  journal: readonly NumberedJournalEntry[],
  seq: number,
): { readonly sentAtMs: number | null; readonly headAtMs: number | null } {
  let sentAtMs: number | null = null;
  let headAtMs: number | null = null;
  for (const { seq: at, atMs, entry } of journal) {
    if (at > seq) break;
    if (entry.kind === 'attempt-start') {
      sentAtMs = atMs;
      headAtMs = null;
    } else if (entry.kind === 'response-head') headAtMs = atMs;
  }
  return { sentAtMs, headAtMs };
}

export function timingFacts(completion: Completion, journal: readonly NumberedJournalEntry[]): TimingFact[] {
  const { timing, firstSeq } = completion;
  const { sentAtMs, headAtMs } = requestTimes(journal, firstSeq);
  const from = sentAtMs ?? timing.firstEventMs ?? 0;
  const since = sentAtMs === null ? 'since the first event of the answer' : 'since the request was sent';
  const facts: TimingFact[] = [];
  const moment = (name: string, atMs: number | null, what: string, seq: number | null): void => {
    if (atMs !== null)
      facts.push({ name, value: atMs - from, unit: 'ms', definition: `${what}, ${since}.`, seq });
  };
  if (sentAtMs !== null) moment('Response head', headAtMs, 'When status and headers had come', null);
  moment('First event', timing.firstEventMs, 'The first event of the answer, whatever is in it', firstSeq);
  moment(
    'First reasoning',
    timing.firstReasoningMs,
    'The first chunk with reasoning',
    timing.firstReasoningSeq,
  );
  moment(
    'First answer chunk',
    timing.firstContentMs,
    'The first chunk with content, a refusal or a tool call; reasoning does not count',
    timing.firstContentSeq,
  );
  moment(
    'Last chunk',
    timing.lastContentMs,
    'The last chunk with any part of the answer',
    timing.deltaSeqs.at(-1) ?? null,
  );
  return facts;
}

export interface GapFacts {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** The chunk after the longest gap. */
  readonly maxSeq: number;
}

/** Gaps between chunks; null when there are fewer than two. */
export function gapFacts({ timing }: Completion): GapFacts | null {
  const { deltaAtMs, deltaSeqs, deltaCount } = timing;
  if (deltaCount < 2) return null;
  const gaps = new Float64Array(deltaCount - 1);
  let longest = 0;
  for (let at = 0; at < gaps.length; at += 1) {
    gaps[at] = (deltaAtMs[at + 1] as number) - (deltaAtMs[at] as number);
    if ((gaps[at] as number) > (gaps[longest] as number)) longest = at;
  }
  const max = gaps[longest] as number;
  gaps.sort();
  return {
    p50: quantile(gaps, 0.5),
    p95: quantile(gaps, 0.95),
    max,
    maxSeq: deltaSeqs[longest + 1] as number,
  };
}

/** Nearest rank. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** Output tokens a second by the provider's own count; null when it told none or there is no time to divide by. */
export function tokenRate({ usage, timing }: Completion): TimingFact | null {
  const tokens = usage?.['completion_tokens'] ?? usage?.['output_tokens'];
  const first = timing.deltaAtMs[0];
  const last = timing.lastContentMs;
  if (typeof tokens !== 'number' || tokens < 2 || first === undefined || last === null || last <= first)
    return null;
  return {
    name: 'Tokens/s, measured',
    value: ((tokens - 1) * 1000) / (last - first),
    unit: 'per-second',
    definition: `The ${tokens} output tokens that usage says, without the first, over the time from the first chunk to the last.`,
    seq: null,
  };
}

export interface UsageRow {
  readonly name: string;
  readonly value: string;
  readonly depth: number;
}

const MAX_USAGE_ROWS = 100;

/** The provider's usage as rows, nested objects indented. Its names are kept. */
export function usageRows(usage: Readonly<Record<string, unknown>>, depth = 0): UsageRow[] {
  const rows: UsageRow[] = [];
  for (const [name, value] of Object.entries(usage)) {
    if (value === null || rows.length >= MAX_USAGE_ROWS) continue;
    const nested = objectOf(value);
    if (nested && depth < 3) rows.push({ name, value: '', depth }, ...usageRows(nested, depth + 1));
    else rows.push({ name, value: valueText(value), depth });
  }
  return rows.slice(0, MAX_USAGE_ROWS);
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '…';
}
