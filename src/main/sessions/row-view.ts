/**
 * A filtered view of a session: the numbers of the entries that match, as a scan finds them, and kept up to date while the
 * session grows. Four bytes a match; what the rows say is read when somebody looks (row-page.ts).
 */
import { CodedError } from '../../shared/ipc/envelope.ts';
import { parseQuery, type Query } from '../../shared/filter/query.ts';
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import { kindNumberOf } from '../../shared/session/index-record.ts';
import type { SessionLog, SessionReader } from '../../shared/session/log.ts';
import type { AnnotationReader } from '../../shared/session/annotations.ts';
import { TookTooLong, type ScanRun, type Scans } from './scans.ts';

/** Entries that are asked for together, so that several views take turns. */
const TURN_ENTRIES = 262_144;
/** Least time between two reports, and between two looks at a growing session. */
const REPORT_MS = 50;

export interface RowViewProgress {
  /** Matches so far. */
  readonly count: number;
  /** Entries looked at. */
  readonly scanned: number;
  /** Entries that the session has. */
  readonly total: number;
  /** Why the view looks no further, for people; null while it does. */
  readonly failure: string | null;
}

export interface RowView {
  progress(): RowViewProgress;
  /** Entry numbers of the rows `from` to `from + count - 1`, clamped to what there is. */
  seqs(from: number, count: number): Uint32Array;
  /** Entry numbers of all rows of the entries `fromSeq` to `toSeq - 1`. */
  within(fromSeq: number, toSeq: number): Uint32Array;
  /** The row that shows this entry, or the nearest one after it; the number of rows when there is none. */
  rowOfEntry(seq: number): number;
  /** Looks no further; what was found stays. */
  stop(): void;
  close(): void;
}

export interface RowViewOptions {
  readonly reader: SessionReader;
  readonly filter: RowFilter;
  readonly scans: Scans;
  readonly annotations: AnnotationReader;
  /** Something new to tell, at most every REPORT_MS. */
  readonly onProgress: (progress: RowViewProgress) => void;
  /** The session could not be read; the view stays as it is. */
  readonly onError: (error: unknown) => void;
}

/** Throws `CodedError('bad-arguments')` when the filter's text cannot be read. */
export function createRowView(options: RowViewOptions): RowView {
  const { reader, scans, annotations, onProgress, onError } = options;
  const query = queryOf(options.filter);
  let matches = new Uint32Array(1024);
  let count = 0;
  let scanned = 0;
  let lastEventAtMs: number | null = null;
  let running: ScanRun | null = null;
  let closed = false;
  let failure: string | null = null;
  let looking = false;
  let lastReportMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  const progress = (): RowViewProgress => ({ count, scanned, total: reader.count, failure });

  function add(seq: number): void {
    if (count === matches.length) {
      const larger = new Uint32Array(matches.length * 2);
      larger.set(matches);
      matches = larger;
    }
    matches[count] = seq;
    count += 1;
  }

  function report(): void {
    lastReportMs = performance.now();
    onProgress(progress());
  }

  async function look(): Promise<void> {
    while (!closed && failure === null && scanned < reader.count) {
      const to = Math.min(reader.count, scanned + TURN_ENTRIES);
      const request = { reader, query, annotations, from: scanned, to, lastEventAtMs };
      running = scans.scan(request, (seqs, scannedTo) => {
        for (const seq of seqs) add(seq);
        scanned = scannedTo;
        if (performance.now() - lastReportMs >= REPORT_MS) report();
      });
      ({ lastEventAtMs } = await running.done);
      running = null;
    }
    if (!closed) report();
  }

  function fail(error: unknown): void {
    if (closed) return;
    failure =
      error instanceof TookTooLong
        ? 'This regular expression takes too long. Make it simpler: no repetition inside a repetition.'
        : 'The session could not be read any further.';
    if (!(error instanceof TookTooLong)) onError(error);
    report();
  }

  function schedule(delayMs: number): void {
    if (closed || failure !== null || looking || timer) return;
    timer = setTimeout(() => {
      timer = null;
      looking = true;
      look()
        .catch(fail)
        .finally(() => {
          looking = false;
          if (scanned < reader.count) schedule(REPORT_MS);
        });
    }, delayMs);
  }

  function rowOfEntry(seq: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((matches[middle] as number) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const stopFollowing = followAppends(reader, () => {
    if (scanned < reader.count) schedule(REPORT_MS);
  });
  schedule(0);

  return {
    progress,
    seqs: (from, length) => matches.slice(Math.min(from, count), Math.min(from + length, count)),
    within: (fromSeq, toSeq) => matches.slice(rowOfEntry(fromSeq), rowOfEntry(toSeq)),
    rowOfEntry,
    stop() {
      if (closed || failure !== null || scanned >= reader.count) return;
      running?.cancel();
      failure = `The search was stopped after ${scanned} of ${reader.count} entries.`;
      report();
    },
    close() {
      closed = true;
      running?.cancel();
      stopFollowing();
      if (timer) clearTimeout(timer);
    },
  };
}

/** Calls back when entries are appended to a session that is being recorded. Returns the function that ends it. */
export function followAppends(reader: SessionReader, listener: () => void): () => void {
  const live = reader as Partial<Pick<SessionLog, 'onAppend'>>;
  return live.onAppend ? live.onAppend(listener) : () => undefined;
}

function queryOf({ hiddenKinds, text, find }: RowFilter): Query {
  // Kinds that this version does not know hide nothing.
  const known = hiddenKinds.filter((kind) => kindNumberOf(kind) >= 0);
  const shown = known.map((kind): Query => ({ op: 'not', part: { op: 'kind', kind } }));
  return { op: 'all', parts: [...shown, queryFrom(text), ...(find === undefined ? [] : [queryFrom(find)])] };
}

/** Throws `CodedError('bad-arguments')` when the text cannot be read. */
export function queryFrom(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed.query;
  throw new CodedError('bad-arguments', `${parsed.message} (characters ${parsed.from + 1} to ${parsed.to})`);
}
