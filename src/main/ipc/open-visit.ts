/** Opens a page's visit: what is its alone (the tail it follows, views, comparisons) beside what all of them share. */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createDispatcher } from '../../shared/ipc/dispatcher.ts';
import { createVisitChecks } from '../checks/visit-checks.ts';
import { createVisitDiffs } from '../diff/visit-diffs.ts';
import { createLibrarySearch } from '../search/library-search.ts';
import { createHandlers, type HandlerDeps } from './handlers.ts';
import { createTailFeed } from './tail-feed.ts';
import type { TailSource, TickTimer } from './tail-watch.ts';
import { createVisitViews } from './visit-views.ts';
import type { OpenVisit, SendFeed } from './visit.ts';

export interface OpenVisitDeps extends Omit<HandlerDeps, 'tail' | 'views' | 'diffs' | 'search' | 'checks'> {
  readonly openTail: (sessionId: string) => Promise<TailSource>;
  readonly byteText: ByteText;
  readonly timer: TickTimer;
  /** The pages that are there now. */
  readonly visits: Set<SendFeed>;
  readonly onFault: (what: string, error: unknown) => void;
}

export function createOpenVisit(deps: OpenVisitDeps): OpenVisit {
  const { openTail, timer, visits, onFault, sessions, frameText } = deps;
  return (send) => {
    const tail = createTailFeed({
      open: openTail,
      send: (batch) => send('session:batch', batch),
      timer,
      onError: (error) => onFault('reading the tail of a session', error),
    });
    const views = createVisitViews({
      sessions,
      frameText,
      scans: deps.scans,
      annotationsOf: deps.annotations.open,
      onProgress: (progress) => send('view:progress', progress),
      onError: (error) => onFault('filtering a session', error),
    });
    const diffs = createVisitDiffs({
      sessions,
      frameText,
      onProgress: (progress) => send('diff:progress', progress),
    });
    const search = createLibrarySearch({
      list: deps.live.list,
      hold: sessions.hold,
      annotationsOf: deps.annotations.open,
      scans: deps.scans,
      frameText,
      onProgress: (progress) => send('search:progress', progress),
    });
    const checks = createVisitChecks({
      sessions,
      byteText: deps.byteText,
      summary: deps.live.summary,
      folder: () => deps.workspace.folder,
      after: timer.after,
      onProgress: (progress) => send('checks:progress', progress),
    });
    const handlers = createHandlers({ ...deps, tail, views, diffs, search, checks });
    visits.add(send);
    return {
      dispatch: createDispatcher(handlers, (command, error) => onFault(`the command ${command}`, error)),
      close() {
        visits.delete(send);
        tail.close();
        views.closeAll();
        diffs.closeAll();
        search.cancel();
        checks.closeAll();
      },
    };
  };
}
