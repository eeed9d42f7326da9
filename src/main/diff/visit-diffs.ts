/** The comparisons of sessions that one page has open: works them out in slices, tells how far, closes them when the page is gone. */
import { contentReader } from '../../shared/diff/compared-content.ts';
import type { DiffPage, DiffProgress, DiffRequest, DiffShown } from '../../shared/diff/diff-page.ts';
import { diffSessions, type SessionDiff } from '../../shared/diff/session-diff.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { HeldSession, OpenSessions } from '../live/open-sessions.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { createPause } from '../sessions/pause.ts';
import { readDiffPage } from './diff-page.ts';
import { readDigests } from './read-digests.ts';

/** A page shows one; the oldest go. */
const MAX_DIFFS = 4;
const REPORT_MS = 50;

export interface VisitDiffsDeps {
  readonly sessions: OpenSessions;
  readonly frameText: FrameText;
  readonly onProgress: (progress: DiffProgress) => void;
}

export interface VisitDiffs {
  /** Answers before anything is compared; the result comes as progress. */
  open(request: DiffRequest): Promise<DiffProgress>;
  rows(diffId: string, shown: DiffShown, from: number, count: number): Promise<DiffPage>;
  /** Nothing happens when it is closed already. */
  close(diffId: string): void;
  closeAll(): void;
}

interface OpenDiff {
  readonly left: HeldSession;
  readonly right: HeldSession;
  diff: SessionDiff | null;
  closed: boolean;
}

export function createVisitDiffs({ sessions, frameText, onProgress }: VisitDiffsDeps): VisitDiffs {
  const diffs = new Map<string, OpenDiff>();
  let opened = 0;
  let over = false;

  async function work(diffId: string, open: OpenDiff, request: DiffRequest): Promise<void> {
    const total = open.left.reader.count + open.right.reader.count;
    let before = 0;
    let toldMs = performance.now();
    const tell = (progress: Partial<DiffProgress>) => {
      if (!open.closed) onProgress({ diffId, done: total, total, result: null, failure: null, ...progress });
    };
    const options = {
      frameText,
      contentOf: contentReader(request),
      pause: createPause(),
      isCancelled: () => open.closed,
      onProgress(entries: number) {
        if (performance.now() - toldMs < REPORT_MS) return;
        toldMs = performance.now();
        tell({ done: before + entries });
      },
    };
    try {
      const left = await readDigests(open.left.reader, options);
      before = open.left.reader.count;
      const right = await readDigests(open.right.reader, options);
      if (open.closed) return;
      const diff = diffSessions(left, right, request.by);
      open.diff = diff;
      tell({
        result: {
          rows: diff.rows,
          counts: diff.counts,
          leftFirstMs: left.atMs[0] ?? null,
          rightFirstMs: right.atMs[0] ?? null,
        },
      });
    } catch (error) {
      tell({ failure: error instanceof Error ? error.message : String(error) });
    }
  }

  function close(diffId: string): void {
    const found = diffs.get(diffId);
    if (!found) return;
    diffs.delete(diffId);
    found.closed = true;
    found.left.release();
    found.right.release();
  }

  return {
    async open(request) {
      const left = await sessions.hold(request.left);
      const right = await sessions.hold(request.right).catch((error: unknown) => {
        left.release();
        throw error;
      });
      opened += 1;
      const diffId = `diff-${opened}`;
      const open: OpenDiff = { left, right, diff: null, closed: false };
      diffs.set(diffId, open);
      for (const oldest of [...diffs.keys()].slice(0, -MAX_DIFFS)) close(oldest);
      if (over) close(diffId);
      // After this answer, so that the page knows the number by then.
      setImmediate(() => void work(diffId, open, request));
      return { diffId, done: 0, total: left.reader.count + right.reader.count, result: null, failure: null };
    },
    async rows(diffId, shown, from, count) {
      const found = diffs.get(diffId);
      if (!found?.diff)
        throw new CodedError('not-found', 'This comparison is not open any more. Compare again.');
      const { diff, left, right } = found;
      return readDiffPage(diff, { left: left.reader, right: right.reader }, frameText, shown, from, count);
    },
    close,
    closeAll() {
      over = true;
      for (const diffId of [...diffs.keys()]) close(diffId);
    },
  };
}
