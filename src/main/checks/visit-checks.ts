/** The runs of checks that one page has open: gives them ids, tells their results, ends them when the page is gone. */
import { readChecks } from '../../shared/checks/read-checks.ts';
import type { CheckProgress } from '../../shared/checks/check-progress.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { OpenSessions } from '../live/open-sessions.ts';
import { startCheckRun } from './check-run.ts';
import { createSchemaFiles } from './schema-files.ts';

export interface VisitChecksDeps {
  readonly sessions: OpenSessions;
  readonly byteText: ByteText;
  readonly summary: (sessionId: string) => Promise<SessionSummary>;
  /** Where schemas are that checks name. */
  readonly folder: () => string;
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly onProgress: (progress: CheckProgress) => void;
}

export interface VisitChecks {
  /** Answers at once; the results arrive as progress. */
  open(sessionId: string, text: string): Promise<{ readonly runId: string }>;
  /** Nothing happens when it is closed already. */
  close(runId: string): void;
  closeAll(): void;
}

/** A page needs one run; more than this are forgotten ones, and the oldest go. */
const MAX_RUNS = 8;

export function createVisitChecks(deps: VisitChecksDeps): VisitChecks {
  const runs = new Map<string, () => void>();
  let opened = 0;
  let over = false;

  function close(runId: string): void {
    const end = runs.get(runId);
    runs.delete(runId);
    end?.();
  }

  return {
    async open(sessionId, text) {
      const { checks, problems } = readChecks(text, { fileText: createSchemaFiles(deps.folder()) });
      const session = await deps.sessions.hold(sessionId);
      opened += 1;
      const runId = `checks-${opened}`;
      const tell = (progress: Pick<CheckProgress, 'results' | 'over' | 'failure'>) =>
        deps.onProgress({ runId, problems, ...progress });
      const end = startCheckRun({
        reader: session.reader,
        checks,
        byteText: deps.byteText,
        summary: () => deps.summary(sessionId),
        after: deps.after,
        onResults: (results, isOver) => tell({ results, over: isOver, failure: null }),
        onFailure: (error) => tell({ results: [], over: true, failure: error.message }),
      });
      runs.set(runId, () => {
        end();
        session.release();
      });
      if (over) close(runId);
      for (const oldest of [...runs.keys()].slice(0, -MAX_RUNS)) close(oldest);
      return { runId };
    },
    close,
    closeAll() {
      over = true;
      for (const runId of [...runs.keys()]) close(runId);
    },
  };
}
