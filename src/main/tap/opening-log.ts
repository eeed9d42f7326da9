/** A log of the store that takes entries from the first moment: what comes before its files are open waits in memory. */
import type { CaptureStore, NewSession } from '../../shared/session/capture-store.ts';
import type { SessionOutcome } from '../../shared/session/entry.ts';
import type { SessionLog } from '../../shared/session/log.ts';
import type { Recorder } from '../../shared/session/recorder.ts';

export interface OpeningLog {
  /** Runs now, or when the log is open; never when the log failed. */
  run(act: (recorder: Recorder) => void): void;
  /** Resolves when the log can take more; rejects once it has failed. */
  drained(): Promise<void>;
  /** Resolves when everything is in the files; rejects with what went wrong. */
  finish(outcome: Exclude<SessionOutcome, 'live'>): Promise<void>;
}

export function createOpeningLog(
  store: Pick<CaptureStore, 'create' | 'finish'>,
  session: NewSession,
  record: (log: SessionLog) => Recorder,
): OpeningLog {
  const early: ((recorder: Recorder) => void)[] = [];
  let recorder: Recorder | null = null;
  let failure: Error | null = null;

  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    recorder = null;
    early.length = 0;
  };
  const attempt = (act: (recorder: Recorder) => void) => {
    if (!recorder) return;
    try {
      act(recorder);
    } catch (error) {
      fail(error);
    }
  };
  const opening = store.create(session, fail).then((log) => {
    if (!failure) recorder = record(log);
    for (const act of early) attempt(act);
    early.length = 0;
    return log;
  });
  // Whoever finishes hears of it.
  opening.catch(fail);

  return {
    run(act) {
      if (recorder) attempt(act);
      else if (!failure) early.push(act);
    },
    async drained() {
      await opening;
      if (failure) throw failure;
      await recorder?.drained();
    },
    async finish(outcome) {
      const log = await opening;
      await store.finish(log.sessionId, failure ? 'failed' : outcome);
      if (failure) throw failure;
    },
  };
}
