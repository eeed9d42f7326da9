/**
 * Sessions as folders below one root: creates, lists, opens, renames and removes them. What is in a folder is the business
 * of file-log (writing) and open-folder (reading). Removed sessions wait in `.trash` until the next start.
 */
import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EpochMs } from '../../shared/base/clock.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import { RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { adoptFolder } from './adopt-folder.ts';
import { errorCode, storageError } from './file-access.ts';
import { sizesOnDisk } from './folder-files.ts';
import { FILE_NAMES, summaryOf, totalBytes, type Manifest } from './format.ts';
import { markDamaged, readOrMakeManifest, writeManifest } from './manifest-file.ts';
import { openFolder } from './open-folder.ts';
import { createInUse } from './in-use.ts';
import { createRepairProgress } from './repair-progress.ts';
import { recordFolder, type Recording } from './record-folder.ts';
import { SMALL_BYTES } from './seal.ts';
import { createSummaryCache } from './summary-cache.ts';
import { createSyncRound } from './sync-round.ts';
import { isLocked } from './writer-lock.ts';

const TRASH = '.trash';
/** Folders that are becoming sessions; what is left of them after a crash goes at the next start. */
const WORKSHOP = '.adopting-';
/** Manifests that are read at the same time. */
const READ_AHEAD = 32;

export interface DirectoryStoreOptions {
  /** Made when it is not there. */
  readonly root: string;
  readonly byteText: ByteText;
  /** Wall clock, for the names of new folders. */
  readonly epochMs: () => EpochMs;
  /** How much of a repair is done, from 0 to 1, about a hundred times; null when it is over. */
  readonly onRepair?: (sessionId: string, share: number | null) => void;
  /** An open session turned out to be damaged. Whoever closes and opens it again has it repaired. */
  readonly onDamage?: (sessionId: string) => void;
  /** Sessions up to this size are repaired before they are listed; larger ones meanwhile. For tests. */
  readonly smallBytes?: number;
}

export interface DirectoryCaptureStore extends CaptureStore {
  /** Takes a session folder from elsewhere in as a copy, and returns its number here; one of our own is there already. */
  adopt(folder: string): Promise<string>;
  /** Makes a folder, has it filled with the files of a session, and makes it one; takes it away when that fails. */
  takeIn(fill: (folder: string) => Promise<void>): Promise<string>;
  /** Where the files of a session are. */
  folderOf(sessionId: string): string;
  /** Deletes for good what was removed before and what a crash left half made; for the start of the app. */
  emptyTrash(): Promise<void>;
}

/** A session in use: recorded by this process, or opened for reading. */
interface SessionInUse {
  readonly reader: SessionReader;
  readonly recording: Recording | null;
  /** As it was when the session was opened. */
  readonly manifest: Manifest;
  readonly close: () => Promise<void>;
}

export function createDirectoryCaptureStore(options: DirectoryStoreOptions): DirectoryCaptureStore {
  const { root, byteText, epochMs, onRepair, onDamage, smallBytes = SMALL_BYTES } = options;
  const syncRound = createSyncRound();
  const summaries = createSummaryCache(root);
  const inUse = createInUse<SessionInUse>();
  /** Manifests of interrupted sessions that could not be written back, by id. */
  const settled = new Map<string, Manifest>();
  /** Large sessions that are repaired, or wait for it, because they were listed. */
  const repairing = new Set<string>();
  let repairs: Promise<unknown> = Promise.resolve();

  const folderOf = (sessionId: string): string => join(root, sessionId);
  const trashOf = (sessionId: string): string => join(root, TRASH, sessionId);

  async function startReading(sessionId: string): Promise<SessionInUse> {
    const folder = folderOf(sessionId);
    const progress = createRepairProgress((share) => onRepair?.(sessionId, share));
    try {
      const opened = await openFolder(folder, {
        byteText,
        sessionId,
        smallBytes,
        onProgress: progress.share,
        onDamage: () => void markDamaged(folder).then(() => onDamage?.(sessionId)),
      }).catch(notFound);
      const { reader, manifest, close } = opened;
      if (manifest.sizes === null && manifest.outcome !== 'live') settled.set(sessionId, manifest);
      return { reader, recording: null, manifest, close };
    } finally {
      progress.over();
    }
  }

  async function recordingOf(sessionId: string): Promise<Recording | null> {
    return (await inUse.opened(sessionId))?.recording ?? null;
  }

  /** The manifest as it should read now; a session that was interrupted is repaired for it. */
  async function manifestOf(sessionId: string): Promise<Manifest> {
    const recording = await recordingOf(sessionId);
    if (recording) return recording.manifest();
    const manifest =
      settled.get(sessionId) ?? (await readOrMakeManifest(folderOf(sessionId)).catch(notFound));
    if (manifest.outcome !== 'live' || (await isLocked(folderOf(sessionId)))) return manifest;
    // Like any reader, so that a session which somebody opens at this moment is not repaired twice at once.
    const opened = await inUse.begin(sessionId, () => startReading(sessionId));
    await inUse.end(sessionId);
    return opened.manifest;
  }

  /** The same for a list, which does not wait for the repair of a large session: that goes on beside, one after another. */
  async function listedManifest(sessionId: string): Promise<Manifest> {
    const folder = folderOf(sessionId);
    if (inUse.has(sessionId) && !repairing.has(sessionId)) return manifestOf(sessionId);
    const manifest = settled.get(sessionId) ?? (await readOrMakeManifest(folder).catch(notFound));
    const sizes = await sizesOnDisk(folder);
    if (manifest.outcome !== 'live' || totalBytes(sizes) <= smallBytes || (await isLocked(folder)))
      return manifestOf(sessionId);
    if (!repairing.has(sessionId)) {
      repairing.add(sessionId);
      const repair = (): Promise<unknown> => manifestOf(sessionId).finally(() => repairing.delete(sessionId));
      // What cannot be repaired says why when somebody opens it.
      repairs = repairs.then(repair).catch(() => undefined);
    }
    const entries = Math.floor(sizes.index / RECORD_BYTES);
    return {
      ...manifest,
      outcome: 'interrupted',
      counts: { ...manifest.counts, entries, bodyBytes: sizes.wire },
    };
  }

  async function summarized(
    sessionId: string,
    manifestFor: (sessionId: string) => Promise<Manifest>,
  ): Promise<SessionSummary> {
    const manifest = await manifestFor(sessionId);
    const sizes = manifest.sizes ?? (await sizesOnDisk(folderOf(sessionId)));
    const marked = await isThere(join(folderOf(sessionId), FILE_NAMES.annotations));
    return summaryOf(sessionId, manifest, { diskBytes: totalBytes(sizes), marked });
  }

  /** Of one that was closed, from what is kept; of all others, as they are now. */
  async function summaryForList(sessionId: string): Promise<SessionSummary> {
    if (inUse.has(sessionId)) return summarized(sessionId, listedManifest);
    return summaries.summary(folderOf(sessionId), sessionId, async () => {
      const summary = await summarized(sessionId, listedManifest);
      const settling = settled.has(sessionId) || repairing.has(sessionId);
      return { summary, keep: summary.outcome !== 'live' && !settling };
    });
  }

  async function listed(sessionId: string): Promise<SessionSummary | null> {
    try {
      return await summaryForList(sessionId);
    } catch {
      // Not a session, or one that this version cannot read: opening it by hand says why.
      return null;
    }
  }

  async function list(): Promise<readonly SessionSummary[]> {
    const names = await sessionNames(root);
    const found: SessionSummary[] = [];
    for (let at = 0; at < names.length; at += READ_AHEAD) {
      const batch = await Promise.all(names.slice(at, at + READ_AHEAD).map(listed));
      for (const summary of batch) if (summary) found.push(summary);
    }
    await summaries.settle(found.map(({ id }) => id));
    return found.sort((one, other) => other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1));
  }

  return {
    list,
    async create(session, onFailure) {
      const sessionId = newSessionId(epochMs());
      const folder = folderOf(sessionId);
      try {
        await mkdir(root, { recursive: true });
        const recording = await recordFolder({ folder, sessionId, session, onFailure, syncRound });
        const { log: reader, closeFiles: close } = recording;
        const manifest = recording.manifest();
        // The writer is the first user.
        await inUse.begin(sessionId, async () => ({ reader, recording, manifest, close }));
        return recording.log;
      } catch (error) {
        throw storageError('A session could not be started', folder, error);
      }
    },
    open: async (sessionId) => (await inUse.begin(checked(sessionId), () => startReading(sessionId))).reader,
    release: inUse.end,
    async finish(sessionId, outcome) {
      const recording = await recordingOf(sessionId);
      if (recording?.manifest().outcome !== 'live') return;
      try {
        await recording.finish(outcome);
      } finally {
        await inUse.end(sessionId);
      }
    },
    async describe(sessionId, labels) {
      const recording = await recordingOf(sessionId);
      if (recording) return recording.describe(labels);
      const manifest = await manifestOf(checked(sessionId));
      await writeManifest(folderOf(sessionId), { ...manifest, ...labels });
      settled.delete(sessionId);
    },
    async remove(sessionId) {
      const session = await inUse.opened(checked(sessionId));
      if (session?.recording?.manifest().outcome === 'live')
        throw new CodedError('busy', 'This session is still being recorded. Stop it before you delete it.');
      // Open files would keep the folder from being moved on Windows.
      inUse.forget(sessionId);
      await session?.close();
      await mkdir(join(root, TRASH), { recursive: true });
      await rename(folderOf(sessionId), trashOf(sessionId)).catch(notFound);
    },
    restore: (sessionId) => rename(trashOf(checked(sessionId)), folderOf(sessionId)).catch(notFound),
    summary: (sessionId) => summarized(checked(sessionId), listedManifest),
    folderOf: (sessionId) => folderOf(checked(sessionId)),
    async adopt(folder) {
      const from = resolve(folder);
      if (dirname(from) === resolve(root) && isSessionId(basename(from))) return basename(from);
      const sessionId = newSessionId(epochMs());
      const workshop = join(root, `${WORKSHOP}${sessionId}`);
      await adoptFolder({ folder: from, target: folderOf(sessionId), workshop, byteText });
      return sessionId;
    },
    async takeIn(fill) {
      const sessionId = newSessionId(epochMs());
      const workshop = join(root, `${WORKSHOP}${sessionId}`);
      try {
        await mkdir(workshop, { recursive: true, mode: 0o700 });
        await fill(workshop);
        await rename(workshop, folderOf(sessionId));
        return sessionId;
      } catch (error) {
        await rm(workshop, { recursive: true, force: true });
        throw error;
      }
    },
    async emptyTrash() {
      const names = await readdir(root).catch(() => []);
      const over = names.filter((name) => name === TRASH || name.startsWith(WORKSHOP));
      await Promise.all(over.map((name) => rm(join(root, name), { recursive: true, force: true })));
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function sessionNames(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && isSessionId(entry.name)).map(({ name }) => name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw storageError('The sessions could not be listed', root, error);
  }
}

/** Such as "20260731-142233-9f86d081": sorts by time, and is an identifier everywhere. UTC. */
function newSessionId(now: EpochMs): string {
  const time = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${time}-${randomBytes(4).toString('hex')}`;
}

function isSessionId(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);
}

/** Identifiers become parts of paths. */
function checked(sessionId: string): string {
  return isSessionId(sessionId) ? sessionId : notFound({ code: 'ENOENT' });
}

function notFound(error: unknown): never {
  if (errorCode(error) !== 'ENOENT') throw error;
  throw new CodedError('not-found', 'This session is not there any more. It was deleted or moved.');
}
