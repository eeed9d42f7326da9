/**
 * Exports as jobs: asks for a place, streams an exporter into a file there and tells how far it is. Formats are in
 * shared/export; the dialog is a port, so all of this runs without a window.
 */
import { basename, dirname, join } from 'node:path';
import type { Registry } from '../../shared/base/registry.ts';
import { createExportSource } from '../../shared/export/export-source.ts';
import type { Exporter, ExportRange } from '../../shared/export/exporter.ts';
import type { ExportFormat, ExportProgress } from '../../shared/ipc/contract.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { openPartFile } from './part-file.ts';

/** Least time between two progress messages of a job. */
const PROGRESS_MS = 100;

/** A session opened for reading. */
export interface ExportableSession {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
  readonly release: () => void;
}

export interface PlaceQuestion {
  /** File name with extension. */
  readonly suggestedName: string;
  readonly formatLabel: string;
  /** Without the dot. */
  readonly extension: string;
}

export interface ExportServiceDeps {
  readonly exporters: Registry<Exporter>;
  readonly byteText: ByteText;
  readonly open: (sessionId: string) => Promise<ExportableSession>;
  /** Asks the user where to; null when they thought better of it. */
  readonly askPlace: (question: PlaceQuestion) => Promise<string | null>;
  /** Shows a file in the system's file browser. */
  readonly reveal: (path: string) => void;
  readonly onProgress: (progress: ExportProgress) => void;
  readonly nowMs: () => number;
}

export interface StartExport {
  readonly sessionId: string;
  readonly formatId: string;
  /** null: the whole session. */
  readonly range: ExportRange | null;
}

export interface ExportService {
  formats(): readonly ExportFormat[];
  /** Answers when the file is begun; the rest is told as progress. */
  save(request: StartExport): Promise<{ readonly jobId: string; readonly path: string } | null>;
  /** Ends a job and removes its part of a file; nothing happens when it has ended already. */
  cancel(jobId: string): void;
  reveal(jobId: string): void;
  /** Cancels all jobs; resolves when nothing of them is left. */
  close(): Promise<void>;
}

interface Job {
  readonly id: string;
  readonly path: string;
  cancelled: boolean;
  state: ExportProgress['state'];
  ended: Promise<void>;
}

export function createExportService(deps: ExportServiceDeps): ExportService {
  const { exporters } = deps;
  const jobs = new Map<string, Job>();
  let started = 0;

  async function save({ sessionId, formatId, range }: StartExport) {
    const exporter = exporters.get(formatId);
    if (!exporter) throw new CodedError('not-found', `There is no export format "${formatId}".`);
    const session = await deps.open(sessionId);
    let begun = false;
    try {
      const path = await deps.askPlace({
        suggestedName: `${fileName(session.summary.name)}.${exporter.extension}`,
        formatLabel: exporter.label,
        extension: exporter.extension,
      });
      if (path === null) return null;
      started += 1;
      const job: Job = {
        id: `export-${started}`,
        path: withExtension(path, exporter.extension),
        cancelled: false,
        state: 'running',
        ended: Promise.resolve(),
      };
      jobs.set(job.id, job);
      job.ended = run(job, exporter, session, clampRange(range, session.reader.count));
      begun = true;
      return { jobId: job.id, path: job.path };
    } finally {
      if (!begun) session.release();
    }
  }

  async function run(
    job: Job,
    exporter: Exporter,
    session: ExportableSession,
    range: ExportRange,
  ): Promise<void> {
    let done = 0;
    let bytes = 0;
    let toldAtMs = deps.nowMs();
    const tell = (state: ExportProgress['state'], message = ''): void => {
      job.state = state;
      toldAtMs = deps.nowMs();
      const total = range.to - range.from;
      deps.onProgress({ jobId: job.id, state, done, total, bytes, path: job.path, message });
    };
    try {
      tell('running');
      const file = await openPartFile(job.path, job.id);
      try {
        const source = createExportSource({
          summary: session.summary,
          reader: session.reader,
          range,
          byteText: deps.byteText,
          redactor: null,
          onProgress: (entries: number) => void (done = entries),
        });
        for await (const chunk of exporter.encode(source)) {
          if (job.cancelled) break;
          await file.write(chunk);
          bytes = file.bytes;
          if (deps.nowMs() - toldAtMs >= PROGRESS_MS) tell('running');
        }
        if (!job.cancelled) await file.complete();
      } finally {
        // After `complete` there is no part left to remove.
        await file.discard();
      }
      tell(job.cancelled ? 'cancelled' : 'done');
    } catch (error) {
      tell('failed', error instanceof Error ? error.message : String(error));
    } finally {
      session.release();
    }
  }

  function jobOf(jobId: string): Job {
    const job = jobs.get(jobId);
    if (!job) throw new CodedError('not-found', 'This export is not known any more.');
    return job;
  }

  return {
    formats: () => exporters.all().map(({ id, label, note, extension }) => ({ id, label, note, extension })),
    save,
    cancel: (jobId) => void (jobOf(jobId).cancelled = true),
    reveal(jobId) {
      const job = jobOf(jobId);
      if (job.state !== 'done')
        throw new CodedError('not-found', 'There is no file: the export is not complete.');
      deps.reveal(job.path);
    },
    async close() {
      for (const job of jobs.values()) job.cancelled = true;
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}

function clampRange(range: ExportRange | null, count: number): ExportRange {
  if (!range) return { from: 0, to: count };
  return { from: Math.min(range.from, count), to: Math.min(range.to, count) };
}

/** A session's name as a file name that Windows, macOS and Linux take. */
function fileName(sessionName: string): string {
  const plain = sessionName
    // eslint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
    .slice(0, 80)
    .trimEnd();
  return plain === '' ? 'session' : plain;
}

/** Some desktops' dialogs return the name as it was typed. */
function withExtension(path: string, extension: string): string {
  return basename(path).includes('.') ? path : join(dirname(path), `${basename(path)}.${extension}`);
}
