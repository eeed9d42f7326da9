/** Looks through sessions in this very thread, in slices that let other work run: where no other thread is to be had. */
import { highlightRanges } from '../../shared/filter/highlight.ts';
import { hasRegex, type Query } from '../../shared/filter/query.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { createBoundedRun } from '../sessions/bounded-run.ts';
import { createPause } from '../sessions/pause.ts';
import type { Scans } from '../sessions/scans.ts';
import { createBlockScan } from './block-scan.ts';

/** Entries that are decided together. */
const BLOCK_ENTRIES = 2048;
/** Well under a slice of work. */
const STRETCH_BYTES = 512 * 1024;

export interface LocalScansOptions {
  readonly frameText: FrameText;
  /** A regular expression that needs longer for a stretch would need for ever for the session. */
  readonly limitMs?: number;
}

export function createLocalScans({ frameText, limitMs = 1000 }: LocalScansOptions): Scans {
  function guardFor(query: Query): <T>(work: () => T) => T {
    return hasRegex(query) ? createBoundedRun(limitMs) : (work) => work();
  }

  return {
    scan({ reader, query, annotations, from, to, lastEventAtMs }, onFound) {
      let cancelled = false;
      async function run(): Promise<{ readonly lastEventAtMs: number | null }> {
        const pause = createPause();
        const guard = guardFor(query);
        const options = { source: reader, query, frameText, annotations, lastEventAtMs };
        const block = createBlockScan({ ...options, stretchBytes: STRETCH_BYTES, guard, pause });
        for (let at = from; at < to && !cancelled; at += BLOCK_ENTRIES) {
          const end = Math.min(to, at + BLOCK_ENTRIES);
          const found = await block.scan(at, end);
          if (cancelled as boolean) break;
          onFound(found, end);
          await pause();
        }
        return { lastEventAtMs: block.lastEventAtMs };
      }
      return { done: run(), cancel: () => void (cancelled = true) };
    },
    async ranges(query, texts) {
      const guard = guardFor(query);
      return Promise.resolve(texts.map((text) => guard(() => highlightRanges(query, text))));
    },
    close: () => Promise.resolve(),
  };
}
