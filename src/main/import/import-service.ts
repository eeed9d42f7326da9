/**
 * Imports from the window: a file that was chosen, dropped or pasted is looked at, and what was chosen of it becomes sessions in
 * the list. Formats are in shared/import/captures; the dialog is a port.
 */
import { open, mkdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CaptureError,
  type CaptureReading,
  type FoundCapture,
} from '../../shared/import/captures/capture.ts';
import { readCapture } from '../../shared/import/captures/read-capture.ts';
import { recordSteps } from '../../shared/import/captures/record-steps.ts';
import type { ImportPlan, ImportProgress } from '../../shared/ipc/exchange.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import { redactUrl } from '../../shared/session/redact.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { captureFile, type SizedFile } from './capture-files.ts';

/** Least time between two progress messages. */
const PROGRESS_MS = 100;

export interface ImportServiceDeps {
  readonly store: Pick<CaptureStore, 'create' | 'finish' | 'remove' | 'summary'>;
  readonly byteText: ByteText;
  /** For what is dropped or pasted, until it has been read. */
  readonly folder: string;
  readonly askFile: () => Promise<string | null>;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onListChanged: () => void;
  readonly epochMs: () => number;
  readonly nowMs: () => number;
}

export interface ImportService {
  /** Asks for a file and looks at it; null when the user thought better of it. */
  choose(): Promise<ImportPlan | null>;
  /** Makes room for a file that the window hands over in pieces. */
  begin(name: string): Promise<string>;
  add(importId: string, bytes: Uint8Array): Promise<void>;
  /** Looks at what was handed over. */
  look(importId: string): Promise<ImportPlan>;
  /** Records the chosen captures, by their place in the plan. Answers when they are in the list. */
  run(importId: string, chosen: readonly number[]): Promise<readonly SessionSummary[]>;
  /** Ends it, and forgets the file. */
  cancel(importId: string): Promise<void>;
  close(): Promise<void>;
}

interface Import {
  readonly id: string;
  readonly name: string;
  /** Of a copy that was handed over; null for a file of the user's. */
  readonly copy: { readonly path: string; handle: FileHandle | null } | null;
  file: SizedFile | null;
  reading: CaptureReading | null;
  cancelled: boolean;
  /** Hears how many bytes of the file have been read, each time it is read. */
  onRead: (bytes: number) => void;
}

export function createImportService(deps: ImportServiceDeps): ImportService {
  const { store, byteText } = deps;
  const imports = new Map<string, Import>();
  let counted = 0;

  function add(name: string, copy: Import['copy'], file: SizedFile | null): Import {
    counted += 1;
    const made: Import = {
      id: `import-${counted}`,
      name,
      copy,
      file: null,
      reading: null,
      cancelled: false,
      onRead: () => undefined,
    };
    made.file = file && watched(file, (bytes) => made.onRead(bytes));
    imports.set(made.id, made);
    return made;
  }

  function importOf(importId: string): Import {
    const found = imports.get(importId);
    if (!found)
      throw new CodedError('not-found', 'This import is not known any more. Choose the file again.');
    return found;
  }

  async function forget(one: Import): Promise<void> {
    imports.delete(one.id);
    if (!one.copy) return;
    await one.copy.handle?.close();
    one.copy.handle = null;
    await rm(one.copy.path, { force: true });
  }

  async function plan(one: Import): Promise<ImportPlan> {
    const { file } = one;
    if (!file) throw new CodedError('not-found', 'Nothing was handed over yet.');
    try {
      one.reading = await readCapture(file, byteText);
    } catch (error) {
      await forget(one);
      throw asCoded(error);
    }
    const captures = one.reading.captures.map(({ head, note }) => {
      const { name, method, url, startedAt } = head;
      return { name: redactUrl(name), method, url: redactUrl(url), startedAt, note };
    });
    return { importId: one.id, fileName: one.name, format: one.reading.format, captures };
  }

  async function record(one: Import, capture: FoundCapture): Promise<string> {
    const { head } = capture;
    let failure: Error | null = null;
    const session = {
      name: redactUrl(head.name),
      method: head.method,
      url: redactUrl(head.url),
      endpointId: null,
      startedAt: head.startedAt ?? deps.epochMs(),
      origin: { kind: 'import', name: one.name } as const,
    };
    const log = await store.create(session, (error) => (failure = error));
    const { sessionId } = log;
    try {
      await recordSteps(capture.steps(), log, byteText, () => failure === null && !one.cancelled);
      if (failure !== null) throw failure as Error;
      if (one.cancelled) throw new CodedError('busy', 'The import was cancelled.');
      await store.finish(sessionId, head.outcome);
      return sessionId;
    } catch (error) {
      // Half a session would look like a whole one.
      await store.finish(sessionId, 'failed');
      await store.remove(sessionId);
      throw asCoded(error);
    }
  }

  return {
    async choose() {
      const path = await deps.askFile();
      if (path === null) return null;
      const file = await captureFile(path);
      return plan(add(file.name, null, file));
    },
    async begin(name) {
      await mkdir(deps.folder, { recursive: true });
      const path = join(deps.folder, `import-${process.pid}-${counted + 1}`);
      return add(name, { path, handle: await open(path, 'w', 0o600) }, null).id;
    },
    async add(importId, bytes) {
      await importOf(importId).copy?.handle?.writeFile(bytes);
    },
    async look(importId) {
      const one = importOf(importId);
      if (one.copy?.handle) {
        await one.copy.handle.close();
        one.copy.handle = null;
        const copied = { ...(await captureFile(one.copy.path)), name: one.name };
        one.file = watched(copied, (bytes) => one.onRead(bytes));
      }
      return plan(one);
    },
    async run(importId, chosen) {
      const one = importOf(importId);
      const { reading, file } = one;
      if (!reading || !file) throw new CodedError('not-found', 'This file was not looked at yet.');
      const captures = chosen.flatMap((at) => reading.captures[at] ?? []);
      const ids: string[] = [];
      try {
        for (const [at, capture] of captures.entries()) {
          one.onRead = progressOf(one, at, captures.length, file.bytes);
          ids.push(await record(one, capture));
          deps.onListChanged();
        }
      } finally {
        await forget(one);
      }
      return Promise.all(ids.map((id) => store.summary(id)));
    },
    async cancel(importId) {
      const one = imports.get(importId);
      if (!one) return;
      one.cancelled = true;
      // One that runs forgets itself when it has ended.
      if (one.reading === null) await forget(one);
    },
    async close() {
      for (const one of imports.values()) one.cancelled = true;
      await Promise.all([...imports.values()].map(forget));
    },
  };

  /** Tells how far it is; each capture reads the file again. */
  function progressOf(one: Import, at: number, total: number, fileBytes: number): (bytes: number) => void {
    let toldAtMs = -Infinity;
    return (bytes) => {
      if (deps.nowMs() - toldAtMs < PROGRESS_MS) return;
      toldAtMs = deps.nowMs();
      const done = at + Math.min(1, bytes / Math.max(1, fileBytes));
      deps.onProgress({ importId: one.id, fileName: one.name, done, total });
    };
  }
}

function watched(file: SizedFile, onRead: (bytes: number) => void): SizedFile {
  return {
    ...file,
    async *open() {
      let bytes = 0;
      for await (const chunk of file.open()) {
        yield chunk;
        bytes += chunk.length;
        onRead(bytes);
      }
    },
  };
}

function asCoded(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  if (error instanceof CaptureError) return new CodedError('bad-arguments', error.message);
  return new CodedError('storage', error instanceof Error ? error.message : String(error));
}
