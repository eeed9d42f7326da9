/** Decoded entries of a log into what can be rebuilt from them: completions and exchanges. */
import type { Completion } from '../chat/completion.ts';
import { measuredAnswers } from '../chat/timing/measured-answers.ts';
import type { MeasuredAnswer } from '../chat/timing/measured-answer.ts';
import type { Exchange } from '../protocol/exchange.ts';
import { createFold, type CompletionFold } from '../chat/fold.ts';
import { createStreamFold, type StreamFold } from '../protocol/stream-fold.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { decodedEntries, type DecodedEntry } from './decoded-entries.ts';
import type { NumberedJournalEntry } from '../session/entry.ts';
import type { SessionReader } from '../session/log.ts';
import type { ExportRange, ExportSource } from './exporter.ts';

export function foldEntry(fold: StreamFold, entry: DecodedEntry): void {
  if (entry.what === 'journal') return fold.entry(entry.entry, entry.seq, entry.atMs);
  const { kind, seq, atMs, attempt, length, eventType, data, id, bytes } = entry;
  const event = () => (eventType === null ? null : { type: eventType, data, id });
  fold.frame({ kind, seq, atMs, attempt, length, event, bytes: () => bytes });
}

/** What was rebuilt, in the order of the stream. */
export interface Rebuilt {
  readonly completions: readonly Completion[];
  readonly exchanges: readonly Exchange[];
  /** One a completion; missing where the times of the events are not known. */
  readonly measured?: readonly MeasuredAnswer[];
}

/** What the stream of an export holds. */
export async function rebuiltFromSource(
  source: ExportSource,
  byteText: ByteText,
  entries: AsyncIterable<readonly DecodedEntry[]> = source.entries(),
  onProgress: (done: number) => void = source.onProgress,
): Promise<Rebuilt> {
  const { summary, journal } = source;
  return folded(entries, byteText, summary.outcome === 'live', createFold(), onProgress, journal);
}

/** What a range of a log holds. `isLive`: the stream goes on, so that what has no end is still going on. */
export async function rebuiltFrom(
  { reader, range, onProgress }: LogRange,
  byteText: ByteText,
  isLive: boolean,
  chat: CompletionFold = createFold(),
): Promise<Rebuilt> {
  const entries = decodedEntries(reader, range, byteText);
  return folded(entries, byteText, isLive, chat, onProgress, () => reader.journal());
}

export interface LogRange {
  readonly reader: SessionReader;
  readonly range: ExportRange;
  readonly onProgress: (done: number) => void;
}

async function folded(
  slices: AsyncIterable<readonly DecodedEntry[]>,
  byteText: ByteText,
  isLive: boolean,
  chat: CompletionFold,
  onProgress: (done: number) => void,
  journal: () => Promise<readonly NumberedJournalEntry[]>,
): Promise<Rebuilt> {
  const fold = createStreamFold(byteText, chat);
  let done = 0;
  for await (const entries of slices) {
    for (const entry of entries) foldEntry(fold, entry);
    done += entries.length;
    onProgress(done);
  }
  if (!isLive) fold.end();
  const completions = fold.completions();
  const measured = await measuredAnswers(completions, await journal());
  return { completions, exchanges: fold.exchanges(), measured };
}
