/** The filtered views that one page has open: gives them ids, tells their progress, closes them when the page is gone. */
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import type { ViewProgress } from '../../shared/ipc/contract.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { AnnotationReader } from '../../shared/session/annotations.ts';
import type { RowPage } from '../../shared/session/row.ts';
import type { HeldSession, OpenSessions } from '../live/open-sessions.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { readRowsOf } from '../sessions/row-page.ts';
import type { Scans } from '../sessions/scans.ts';
import { createRowView, type RowView } from '../sessions/row-view.ts';

/** A page needs one view a session it shows; more than this are forgotten ones, and the oldest go. */
const MAX_VIEWS = 32;

export interface VisitViewsDeps {
  readonly sessions: OpenSessions;
  readonly frameText: FrameText;
  readonly scans: Scans;
  readonly annotationsOf: (sessionId: string) => Promise<AnnotationReader>;
  readonly onProgress: (progress: ViewProgress) => void;
  readonly onError: (error: unknown) => void;
}

export interface VisitViews {
  /** Throws `CodedError` when the filter cannot be read. */
  open(sessionId: string, filter: RowFilter): Promise<ViewProgress>;
  rows(viewId: string, from: number, count: number): Promise<RowPage>;
  /** The row that shows this entry, or the nearest one after it. */
  rowOfEntry(viewId: string, seq: number): number;
  /** Entry numbers of its rows of the entries `fromSeq` to `toSeq - 1`. */
  within(viewId: string, fromSeq: number, toSeq: number): Uint32Array;
  /** It looks no further. Nothing happens when it is closed already. */
  stop(viewId: string): void;
  /** Nothing happens when it is closed already. */
  close(viewId: string): void;
  closeAll(): void;
}

interface OpenView {
  readonly session: HeldSession;
  readonly view: RowView;
}

export function createVisitViews(deps: VisitViewsDeps): VisitViews {
  const { sessions, frameText, scans, onProgress, onError } = deps;
  const views = new Map<string, OpenView>();
  let opened = 0;
  let over = false;

  function viewOf(viewId: string): OpenView {
    const found = views.get(viewId);
    if (!found) throw new CodedError('not-found', 'This filter is not in use any more. Set it again.');
    return found;
  }

  function close(viewId: string): void {
    const found = views.get(viewId);
    if (!found) return;
    views.delete(viewId);
    found.view.close();
    found.session.release();
  }

  return {
    async open(sessionId, filter) {
      const session = await sessions.hold(sessionId);
      opened += 1;
      const viewId = `view-${opened}`;
      try {
        const view = createRowView({
          reader: session.reader,
          filter,
          scans,
          annotations: await deps.annotationsOf(sessionId),
          onProgress: (progress) => onProgress({ viewId, ...progress }),
          onError,
        });
        views.set(viewId, { session, view });
        const progress = { viewId, ...view.progress() };
        if (over) close(viewId);
        for (const oldest of [...views.keys()].slice(0, -MAX_VIEWS)) close(oldest);
        return progress;
      } catch (error) {
        session.release();
        throw error;
      }
    },
    async rows(viewId, from, count) {
      const { session, view } = viewOf(viewId);
      return readRowsOf(session.reader, frameText, from, view.seqs(from, count));
    },
    rowOfEntry: (viewId, seq) => viewOf(viewId).view.rowOfEntry(seq),
    within: (viewId, fromSeq, toSeq) => viewOf(viewId).view.within(fromSeq, toSeq),
    stop: (viewId) => views.get(viewId)?.view.stop(),
    close,
    closeAll() {
      over = true;
      for (const viewId of [...views.keys()]) close(viewId);
    },
  };
}
