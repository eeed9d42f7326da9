/** Decoded entries of a log into completions. */
import type { Completion } from '../chat/completion.ts';
import { foldFrame } from '../chat/fold-frame.ts';
import { createFold, type CompletionFold } from '../chat/fold.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { decodedEntries, type DecodedEntry } from './decoded-entries.ts';
import type { ExportSource } from './exporter.ts';

export function foldEntry(fold: CompletionFold, entry: DecodedEntry, byteText: ByteText): void {
  if (entry.what === 'journal') {
    // What a reconnect brings later takes this back.
    if (entry.entry.kind === 'attempt-end') fold.end();
    return;
  }
  const { kind, seq, atMs, attempt, length, eventType, data, bytes } = entry;
  const event = () => (eventType === null ? null : { type: eventType, data });
  foldFrame(fold, { kind, seq, atMs, attempt, length, event, bytes: () => bytes }, byteText);
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
