/** The checks of the session that is shown: asks main to judge it by a text, and holds what it answered last. */
import type { CheckProgress } from '../../shared/checks/check-progress.ts';
import type { Client } from '../../shared/ipc/contract.ts';

export interface SessionChecks {
  /** null: nothing was judged yet. */
  readonly progress: CheckProgress | null;
  /** Why it could not be judged; null when all is well. */
  readonly error: string | null;
  /** Judges by this text from now on. Typing may go on: only the last one counts. */
  judge(text: string): void;
  dispose(): void;
}

/** Typing rests this long before it is judged. */
const JUDGE_AFTER_MS = 300;

export function createSessionChecks(client: Client, sessionId: string): SessionChecks {
  let progress = $state.raw<CheckProgress | null>(null);
  let error = $state<string | null>(null);
  let runId: string | null = null;
  /** Counts what was asked, so that late answers are known. */
  let asked = 0;
  /** Progress that came before main had said which run it is of. */
  let early: CheckProgress[] = [];
  let opening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    const old = runId;
    runId = null;
    if (old !== null) client.call('checks:close', { runId: old }).catch(() => undefined);
  }

  async function open(text: string): Promise<void> {
    asked += 1;
    const turn = asked;
    close();
    if (text.trim() === '') {
      progress = null;
      error = null;
      return;
    }
    opening = true;
    early = [];
    try {
      const opened = await client.call('checks:open', { sessionId, text });
      if (turn !== asked) {
        client.call('checks:close', opened).catch(() => undefined);
        return;
      }
      runId = opened.runId;
      error = null;
      progress = early.findLast((one) => one.runId === runId) ?? progress;
    } catch (failure) {
      if (turn === asked) error = failure instanceof Error ? failure.message : String(failure);
    } finally {
      if (turn === asked) opening = false;
    }
  }

  const end = client.on('checks:progress', (told) => {
    if (told.runId === runId) progress = told;
    else if (opening) early = [...early.slice(-20), told];
  });

  return {
    get progress() {
      return progress;
    },
    get error() {
      return error;
    },
    judge(text) {
      clearTimeout(timer);
      timer = setTimeout(() => void open(text), progress === null ? 0 : JUDGE_AFTER_MS);
    },
    dispose() {
      clearTimeout(timer);
      asked += 1;
      end();
      close();
    },
  };
}
