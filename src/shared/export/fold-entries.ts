/** Decoded entries into a fold: which frames a completion is rebuilt from is said here alone. */
import type { Completion } from '../chat/completion.ts';
import { createFold, type CompletionFold } from '../chat/fold.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { decodedEntries, type DecodedEntry } from './decoded-entries.ts';
import type { ExportSource } from './exporter.ts';

/** Longer frames without an event are not searched for an error: what is said there is a sentence, not a body. */
export const MAX_UNFRAMED_BYTES = 64 * 1024;

export function foldEntry(fold: CompletionFold, entry: DecodedEntry, byteText: ByteText): void {
  if (entry.what === 'journal') return;
  const { kind, seq, atMs, attempt, bytes } = entry;
  if (kind === 'event') {
    fold.push({ type: entry.eventType ?? 'message', data: entry.data, seq, atMs, attempt });
  } else if ((kind === 'unknown' || kind === 'incomplete') && bytes.length <= MAX_UNFRAMED_BYTES) {
    fold.pushUnframed({ text: byteText.utf8(bytes, 0, bytes.length), seq, atMs, attempt });
  }
}

/** The completions in a range. `isLive`: the stream goes on, so that an answer without an end is still streaming. */
export async function completionsOf(
  source: Omit<ExportSource, 'summary'>,
  byteText: ByteText,
  isLive: boolean,
): Promise<readonly Completion[]> {
  const fold = createFold();
  let done = 0;
  for await (const entries of decodedEntries(source.reader, source.range, byteText)) {
    for (const entry of entries) foldEntry(fold, entry, byteText);
    done += entries.length;
    source.onProgress(done);
  }
  if (!isLive) fold.end();
  return fold.view();
}
