/**
 * The thread that searches: looks through the sessions it is given, one at a time, and tells what it finds. It reads their files
 * itself. A program of its own, built beside main's.
 */
import { parentPort } from 'node:worker_threads';
import { invariant } from '../../shared/base/assert.ts';
import { highlightRanges } from '../../shared/filter/highlight.ts';
import type { JournalEntry } from '../../shared/session/entry.ts';
import { readerOf } from '../../shared/session/annotations.ts';
import { createNodeByteText } from '../capture/node-byte-text.ts';
import { createFrameText } from '../sessions/frame-text.ts';
import { createBlockScan } from './block-scan.ts';
import { createFolderSource } from './folder-source.ts';
import {
  CONTROL,
  type Answer,
  type FromWorker,
  type RangesJob,
  type ScanJob,
  type ToWorker,
  type Wanted,
} from './scan-messages.ts';
import type { ScanSource } from './scan-source.ts';

/** Entries that are decided together. */
const BLOCK_ENTRIES = 16_384;
const STRETCH_BYTES = 4 * 1024 * 1024;
/** What was found is told this often, or when it is this much. */
const TELL_MS = 40;
const TELL_MATCHES = 65_536;

const port = parentPort;
invariant(port, 'the search runs in a thread of its own');
const frameText = createFrameText(createNodeByteText());
const asked = new Map<number, (answer: Answer) => void>();
let asks = 0;

port.on('message', (message: ToWorker) => {
  if (message.kind === 'answer') {
    asked.get(message.ask)?.(message);
    asked.delete(message.ask);
    return;
  }
  const work = message.kind === 'scan' ? scan(message) : markRanges(message);
  work.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', job: message.job, message: reason });
  });
});

function tell(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

async function scan(job: ScanJob): Promise<void> {
  const control = new Int32Array(job.control);
  const rest = askingSource(job);
  const folder = job.files && createFolderSource({ ...job.files, rest });
  const block = createBlockScan({
    source: folder ?? rest,
    query: job.query,
    frameText,
    annotations: readerOf(job.annotations),
    stretchBytes: STRETCH_BYTES,
    lastEventAtMs: job.lastEventAtMs,
    guard: guardOf(control),
    pause: () => undefined,
  });
  let found: number[] = [];
  let toldMs = performance.now();
  function tellFound(scannedTo: number): void {
    const seqs = Uint32Array.from(found);
    tell({ kind: 'found', job: job.job, seqs, scannedTo }, [seqs.buffer]);
    found = [];
    toldMs = performance.now();
  }
  try {
    for (let at = job.from; at < job.to && Atomics.load(control, CONTROL.cancelled) === 0;) {
      const end = Math.min(job.to, at + BLOCK_ENTRIES);
      for (const seq of await block.scan(at, end)) found.push(seq);
      at = end;
      if (at === job.to || found.length >= TELL_MATCHES || performance.now() - toldMs >= TELL_MS)
        tellFound(at);
    }
    tell({ kind: 'done', job: job.job, lastEventAtMs: block.lastEventAtMs });
  } finally {
    folder?.close();
  }
}

async function markRanges({ job, control, query, texts }: RangesJob): Promise<void> {
  const guard = guardOf(new Int32Array(control));
  const ranges = texts.map((text) => guard(() => highlightRanges(query, text)));
  tell({ kind: 'ranges', job, ranges });
  return Promise.resolve();
}

/** Lets the other thread see how long a piece of work takes; it ends this thread when that is too long. */
function guardOf(control: Int32Array): <T>(work: () => T) => T {
  return (work) => {
    Atomics.add(control, CONTROL.pieces, 1);
    Atomics.store(control, CONTROL.busy, 1);
    try {
      return work();
    } finally {
      Atomics.store(control, CONTROL.busy, 0);
    }
  };
}

/** Reads what only the thread that writes the session has. */
function askingSource({ job, eventTypes }: ScanJob): ScanSource {
  function ask(wanted: Wanted): Promise<Answer> {
    asks += 1;
    const number = asks;
    return new Promise((resolve, reject) => {
      asked.set(number, (answer) => {
        if (answer.failure === null) resolve(answer);
        else reject(new Error(answer.failure));
      });
      tell({ kind: 'ask', job, ask: number, wanted });
    });
  }
  const bytesOf = async (wanted: Wanted): Promise<Uint8Array> =>
    (await ask(wanted)).bytes ?? new Uint8Array(0);
  return {
    eventTypes,
    async readRecords(from, to) {
      const bytes = await bytesOf({ what: 'records', from, to });
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    readWire: (offset, length) => bytesOf({ what: 'wire', offset, length }),
    // Entries are asked for by the records of entries, so there is one.
    readJournal: async (record) => (await ask({ what: 'journal', record })).entry as JournalEntry,
  };
}
