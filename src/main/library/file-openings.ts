/**
 * Files that become sessions, as jobs: what the user chose, dropped, double clicked or gave on the command line. Tells how far each
 * is and how it ended; who asked does not wait.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpeningProgress } from '../../shared/ipc/library-contract.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import { importArchive, type ImportArchiveDeps, type Imported } from '../archive/import-archive.ts';

/** Least time between two progress messages of a job. */
const PROGRESS_MS = 100;

export interface FileOpeningsDeps extends ImportArchiveDeps {
  /** Takes in a session folder. */
  readonly adopt: (folder: string) => Promise<string>;
  readonly onProgress: (progress: OpeningProgress) => void;
  readonly onListChanged: () => void;
  readonly nowMs: () => number;
}

export interface FileOpenings {
  /** Begins; what becomes of it is told by `onProgress`. Returns the job. */
  open(path: string): string;
  cancel(jobId: string): void;
  /** Cancels all and resolves when they have ended. */
  close(): Promise<void>;
}

interface Job {
  readonly cancelling: AbortController;
  readonly ended: Promise<void>;
}

export function createFileOpenings(deps: FileOpeningsDeps): FileOpenings {
  const jobs = new Map<string, Job>();
  let begun = 0;

  async function take(path: string, signal: AbortSignal, onBytes: ImportProgress): Promise<Imported> {
    if (await isFolder(path)) return { sessionId: await deps.adopt(path), report: [] };
    return importArchive(path, deps, { signal, onProgress: onBytes });
  }

  async function run(jobId: string, path: string, signal: AbortSignal): Promise<void> {
    const job = { jobId, name: basename(path), done: 0, total: 0, sessionId: null, messages: [] };
    let toldAtMs = deps.nowMs();
    deps.onProgress({ ...job, state: 'running' });
    try {
      const { sessionId, report } = await take(path, signal, (done, total) => {
        if (deps.nowMs() - toldAtMs < PROGRESS_MS) return;
        toldAtMs = deps.nowMs();
        deps.onProgress({ ...job, state: 'running', done, total });
      });
      deps.onListChanged();
      deps.onProgress({ ...job, state: 'done', sessionId, messages: report });
    } catch (error) {
      const cancelled = error instanceof CodedError && error.code === 'cancelled';
      const message = error instanceof Error ? error.message : String(error);
      deps.onProgress({ ...job, state: cancelled ? 'cancelled' : 'failed', messages: [message] });
    } finally {
      jobs.delete(jobId);
    }
  }

  return {
    open(path) {
      begun += 1;
      const jobId = `opening-${begun}`;
      const cancelling = new AbortController();
      jobs.set(jobId, { cancelling, ended: run(jobId, path, cancelling.signal) });
      return jobId;
    },
    cancel: (jobId) => jobs.get(jobId)?.cancelling.abort(),
    async close() {
      for (const { cancelling } of jobs.values()) cancelling.abort();
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

type ImportProgress = (doneBytes: number, totalBytes: number) => void;

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What is wrong with it is said by whoever reads it.
    return false;
  }
}
