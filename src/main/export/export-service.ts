/**
 * Exports as jobs: asks for a place, streams an exporter into a file there and tells how far it is. Formats are in
 * shared/export; the dialog is a port, so all of this runs without a window.
 */
import { basename, dirname, join } from 'node:path';
import type { Registry } from '../../shared/base/registry.ts';
import { createExportSource, type ExportSourceOptions } from '../../shared/export/export-source.ts';
import type { Exporter } from '../../shared/export/exporter.ts';
import type {
  ExportFormat,
  ExportLook,
  ExportProgress,
  ExportScope,
  StartExport,
} from '../../shared/ipc/exchange.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import { createRedactor, totalFound, type Redactor } from '../../shared/redaction/redactor.ts';
import type { RedactionRules } from '../../shared/redaction/user-rules.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { openPartFile } from './part-file.ts';

/** Least time between two progress messages of a job. */
const PROGRESS_MS = 100;
/** Somebody waits for what a look finds. */
const LOOK_MS = 700;

type Chosen = Pick<ExportSourceOptions, 'range' | 'only'>;

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
  /** What the user counts as secret. */
  readonly rules: () => RedactionRules;
  /** The entries that a filter shows, in order. */
  readonly matches: (sessionId: string, reader: SessionReader, filter: RowFilter) => Promise<Uint32Array>;
  readonly open: (sessionId: string) => Promise<ExportableSession>;
  /** Asks the user where to; null when they thought better of it. */
  readonly askPlace: (question: PlaceQuestion) => Promise<string | null>;
  /** Shows a file in the system's file browser. */
  readonly reveal: (path: string) => void;
  readonly onProgress: (progress: ExportProgress) => void;
  readonly nowMs: () => number;
}

export interface ExportService {
  formats(): readonly ExportFormat[];
  /** How much a scope has, and how many secrets are in it, as far as a moment suffices to see. */
  look(sessionId: string, scope: ExportScope): Promise<ExportLook>;
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

  async function save({ sessionId, formatId, scope, includeSecrets }: StartExport) {
    const exporter = exporters.get(formatId);
    if (!exporter) throw new CodedError('not-found', `There is no export format "${formatId}".`);
    const session = await deps.open(sessionId);
    let begun = false;
    try {
      const chosen = await chosenOf(session.reader, scope);
      const redactor = includeSecrets ? null : createRedactor(deps.rules(), deps.byteText);
      const summary = redactor ? redactor.summary(session.summary) : session.summary;
      const path = await deps.askPlace({
        suggestedName: `${fileName(summary.name)}.${exporter.extension}`,
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
      job.ended = run(job, exporter, session, chosen, redactor);
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
    chosen: Chosen,
    redactor: Redactor | null,
  ): Promise<void> {
    let done = 0;
    let bytes = 0;
    let total = 0;
    let toldAtMs = deps.nowMs();
    const tell = (state: ExportProgress['state'], message = ''): void => {
      job.state = state;
      toldAtMs = deps.nowMs();
      const redacted = redactor ? totalFound(redactor.found) : 0;
      deps.onProgress({ jobId: job.id, state, done, total, bytes, path: job.path, message, redacted });
    };
    try {
      const source = createExportSource({
        ...chosen,
        summary: session.summary,
        reader: session.reader,
        byteText: deps.byteText,
        redactor,
        onProgress: (entries) => void (done = entries),
      });
      total = source.range.to - source.range.from;
      tell('running');
      const file = await openPartFile(job.path, job.id);
      try {
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

  async function chosenOf(reader: SessionReader, scope: ExportScope): Promise<Chosen> {
    if (scope.kind === 'filter')
      return { range: null, only: await deps.matches(reader.sessionId, reader, scope.filter) };
    return { range: scope.kind === 'range' ? scope.range : null, only: null };
  }

  async function look(sessionId: string, scope: ExportScope): Promise<ExportLook> {
    const { summary, reader, release } = await deps.open(sessionId);
    try {
      const chosen = await chosenOf(reader, scope);
      const redactor = createRedactor(deps.rules(), deps.byteText);
      const source = createExportSource({ ...chosen, summary, reader, byteText: deps.byteText, redactor });
      const untilMs = deps.nowMs() + LOOK_MS;
      let looked = 0;
      for await (const entries of source.entries()) {
        looked += entries.length;
        if (deps.nowMs() > untilMs) break;
      }
      const entries = chosen.only?.length ?? source.range.to - source.range.from;
      return { entries, looked, found: redactor.found };
    } finally {
      release();
    }
  }

  return {
    look,
    formats: () =>
      exporters.all().map(({ id, label, note, extension, asStored = false }) => ({
        id,
        label,
        note,
        extension,
        asStored,
      })),
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
