/**
 * Checks over a session's log, while it grows or when it is complete: reads what is new in slices of bounded size and hands it
 * on, each socket read before the first entry that has bytes of it. Never waits for anything but the log.
 */
import { idInForce } from '../session/entry.ts';
import { decodedEntries, type DecodedEntry } from '../export/decoded-entries.ts';
import type { SessionReader, SocketRead } from '../session/log.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Evaluation } from './evaluation.ts';

export interface LogEvaluationDeps {
  readonly byteText: ByteText;
  /** Runs what may have a regular expression of a user in it. */
  readonly bounded: <T>(work: () => T) => T;
  /** Lets others have their turn between slices. */
  readonly pause: () => Promise<void> | undefined;
  /** Asked between slices: nobody wants the results any more. */
  readonly cancelled?: () => boolean;
  /** Entries that were done. */
  readonly onProgress?: (done: number) => void;
}

export interface LogEvaluation {
  /**
   * Takes in everything that the log has now. To be called again when it has more; not while a call goes on. `final`: it will
   * have no more; else a frame at the very end that may still grow by the LF of a CRLF is left for later.
   */
  advance(final: boolean): Promise<void>;
}

export function createLogEvaluation(
  reader: SessionReader,
  evaluation: Evaluation,
  { byteText, bounded, pause, cancelled, onProgress }: LogEvaluationDeps,
): LogEvaluation {
  const run = evaluation.hasRegex ? bounded : <T>(work: () => T): T => work();
  let lastEventId = '';
  let lastRead = -1;
  /** Where the last frame that was taken ends. */
  let doneBytes = 0;

  async function readsOf(entries: readonly DecodedEntry[]): Promise<readonly SocketRead[]> {
    const last = entries.findLast((entry) => entry.what === 'frame');
    if (!evaluation.needsReads || !last) return [];
    const reads = await reader.readsIn(doneBytes, last.offset + last.length - doneBytes);
    return reads.filter(({ number }) => number > lastRead);
  }

  function take(entries: readonly DecodedEntry[], reads: readonly SocketRead[]): void {
    let at = 0;
    for (const entry of entries) {
      if (entry.what === 'frame') {
        for (let read = reads[at]; read && read.offset < entry.offset + entry.length; read = reads[at]) {
          evaluation.read(read);
          lastRead = read.number;
          at += 1;
        }
        lastEventId = entry.lastEventId;
        doneBytes = entry.offset + entry.length;
      } else if (entry.entry.kind === 'attempt-start') {
        lastEventId = idInForce(entry.entry) ?? lastEventId;
      }
      evaluation.entry(entry);
    }
  }

  return {
    async advance(final) {
      const range = { from: evaluation.next, to: reader.count };
      for await (const slice of decodedEntries(reader, range, byteText, lastEventId)) {
        const last = slice.at(-1);
        const entries = !final && last?.seq === range.to - 1 && mayGrow(last) ? slice.slice(0, -1) : slice;
        const reads = await readsOf(entries);
        run(() => take(entries, reads));
        onProgress?.(evaluation.next);
        if (cancelled?.()) return;
        await pause();
      }
    },
  };
}

function mayGrow(entry: DecodedEntry): boolean {
  return entry.what === 'frame' && entry.bytes.at(-1) === CR;
}

const CR = 13;
