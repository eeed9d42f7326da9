/**
 * Searches in threads of their own, so that the app goes on answering. Each works on one job at a time, jobs wait their turn, and
 * a thread that a regular expression holds up is ended: nothing else stops one.
 */
import { Worker } from 'node:worker_threads';
import type { TextRange } from '../../shared/filter/highlight.ts';
import { hasRegex, type Query } from '../../shared/filter/query.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { TookTooLong, type ScanFound, type ScanRequest, type Scans } from '../sessions/scans.ts';
import { answerTo } from './scan-answers.ts';
import { CONTROL, CONTROL_BYTES, type FromWorker, type RangesJob, type ScanJob } from './scan-messages.ts';

export interface ScanWorkersOptions {
  /** The built program of the thread. */
  readonly workerFile: string;
  /** Where a session's files are; null when it has none. */
  readonly folderOf: (sessionId: string) => string | null;
  /** A regular expression that needs longer for one piece of work would need for ever for the session. */
  readonly limitMs?: number;
  readonly maxWorkers?: number;
  /** Threads that have nothing to do are ended after this time. */
  readonly idleMs?: number;
}

/** Looks at the clock of a job this often. */
const WATCH_MS = 200;
/** More than a search ever needs; what needs more fails, and not the app. */
const MAX_HEAP_MB = 512;

interface Job {
  readonly message: ScanJob | RangesJob;
  readonly reader: SessionReader | null;
  readonly control: Int32Array;
  readonly mayHang: boolean;
  readonly onMessage: (message: FromWorker) => void;
  readonly fail: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  idle: NodeJS.Timeout | null;
}

export function createScanWorkers(options: ScanWorkersOptions): Scans {
  const { workerFile, folderOf, limitMs = 3000, maxWorkers = 2, idleMs = 60_000 } = options;
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let jobs = 0;
  let closed = false;

  function pump(): void {
    while (waiting.length > 0) {
      const free =
        [...threads].find(({ job }) => job === null) ?? (threads.size < maxWorkers ? start() : null);
      if (!free) return;
      begin(free, waiting.shift() as Job);
    }
  }

  function start(): Thread {
    const worker = new Worker(workerFile, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    const thread: Thread = { worker, job: null, idle: null };
    threads.add(thread);
    worker.on('message', (message: FromWorker) => receive(thread, message));
    worker.on('error', (error) => end(thread, error));
    worker.on('exit', () => end(thread, new Error('The search ended unexpectedly')));
    return thread;
  }

  function begin(thread: Thread, job: Job): void {
    if (thread.idle) clearTimeout(thread.idle);
    thread.idle = null;
    thread.job = job;
    // A program waits for its searches, and not for threads that have none.
    thread.worker.ref();
    thread.worker.postMessage(job.message);
    if (job.mayHang) watch(thread, job);
  }

  function finish(thread: Thread): void {
    thread.job = null;
    thread.worker.unref();
    thread.idle = setTimeout(() => end(thread, null), idleMs).unref();
    pump();
  }

  function end(thread: Thread, error: Error | null): void {
    if (!threads.delete(thread)) return;
    if (thread.idle) clearTimeout(thread.idle);
    const { job } = thread;
    thread.job = null;
    if (error) job?.fail(error);
    void thread.worker.terminate();
    if (!closed) pump();
  }

  function receive(thread: Thread, message: FromWorker): void {
    const { job } = thread;
    if (job?.message.job !== message.job) return;
    if (message.kind === 'ask') {
      if (job.reader) void answerTo(job.reader, message).then((answer) => thread.worker.postMessage(answer));
      return;
    }
    if (message.kind !== 'found') finish(thread);
    job.onMessage(message);
  }

  function watch(thread: Thread, job: Job): void {
    let piece = -1;
    let sinceMs = performance.now();
    const timer = setInterval(() => {
      if (thread.job !== job) {
        clearInterval(timer);
        return;
      }
      const now = Atomics.load(job.control, CONTROL.pieces);
      if (now !== piece || Atomics.load(job.control, CONTROL.busy) === 0) {
        piece = now;
        sinceMs = performance.now();
      } else if (performance.now() - sinceMs >= limitMs) {
        clearInterval(timer);
        end(thread, new TookTooLong(limitMs));
      }
    }, WATCH_MS);
  }

  function add(make: (control: SharedArrayBuffer, job: number) => Job): Job {
    jobs += 1;
    const job = make(new SharedArrayBuffer(CONTROL_BYTES), jobs);
    if (closed) job.fail(new Error('The app is closing'));
    else waiting.push(job);
    pump();
    return job;
  }

  function cancel(job: Job): void {
    Atomics.store(job.control, CONTROL.cancelled, 1);
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
  }

  function scan(request: ScanRequest, onFound: ScanFound): ReturnType<Scans['scan']> {
    const { reader, query, annotations, from, to, lastEventAtMs } = request;
    let cancelled = false;
    let job: Job | null = null;
    let settle: () => void = () => undefined;
    const done = new Promise<{ readonly lastEventAtMs: number | null }>((resolve, reject) => {
      settle = () => resolve({ lastEventAtMs });
      job = add((control, number) => ({
        message: {
          kind: 'scan',
          job: number,
          control,
          query,
          annotations: annotations.all(),
          from,
          to,
          lastEventAtMs,
          eventTypes: reader.eventTypes,
          files: filesOf(reader),
        },
        reader,
        control: new Int32Array(control),
        mayHang: hasRegex(query),
        onMessage(message) {
          if (message.kind === 'failed') reject(new Error(message.message));
          else if (message.kind === 'done') resolve({ lastEventAtMs: message.lastEventAtMs });
          else if (message.kind === 'found' && !cancelled) onFound(message.seqs, message.scannedTo);
        },
        fail: reject,
      }));
    });
    return {
      done,
      cancel() {
        cancelled = true;
        if (job) cancel(job);
        settle();
      },
    };
  }

  function filesOf(reader: SessionReader): ScanJob['files'] {
    const folder = folderOf(reader.sessionId);
    const stored = reader.storedBytes?.();
    return folder !== null && stored ? { folder, stored } : null;
  }

  function ranges(query: Query, texts: readonly string[]): Promise<readonly (readonly TextRange[])[]> {
    return new Promise((resolve, reject) => {
      add((control, number) => ({
        message: { kind: 'ranges', job: number, control, query, texts },
        reader: null,
        control: new Int32Array(control),
        mayHang: hasRegex(query),
        onMessage(message) {
          if (message.kind === 'ranges') resolve(message.ranges);
          else if (message.kind === 'failed') reject(new Error(message.message));
        },
        fail: reject,
      }));
    });
  }

  return {
    scan,
    ranges,
    async close() {
      closed = true;
      const ending = [...threads].map(({ worker }) => worker.terminate());
      for (const job of waiting.splice(0)) job.fail(new Error('The app is closing'));
      await Promise.all(ending);
    },
  };
}
