/** Where `streamscope record` keeps what it records: a session folder, or memory that is let go again. */
import { mkdir, rmdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { EpochMs } from '../shared/base/clock.ts';
import type { SessionOutcome } from '../shared/session/entry.ts';
import type { SessionLog, StorageFailed } from '../shared/session/log.ts';
import { createMemoryLog } from '../shared/session/memory-log.ts';
import { redactUrl } from '../shared/session/redact.ts';
import { recordFolder } from '../main/capture/record-folder.ts';
import { createSyncRound } from '../main/capture/sync-round.ts';
import { UsageError } from './command.ts';
import type { RecordingSpec } from './connect-and-record.ts';

export interface RecordTarget {
  readonly log: SessionLog;
  /** Completes it: what was recorded is all there afterwards. */
  finish(outcome: Exclude<SessionOutcome, 'live'>): Promise<void>;
}

/** Without a folder, the oldest entries go when this is used up; they have been printed by then. */
const MEMORY_BYTES = 64 * 1024 * 1024;

export async function openRecordTarget(
  { folder, request }: Pick<RecordingSpec, 'folder' | 'request'>,
  startedAt: EpochMs,
  onFailure: StorageFailed,
): Promise<RecordTarget> {
  if (folder === null) {
    const log = createMemoryLog({ sessionId: 'record', maxBytes: MEMORY_BYTES });
    return { log, finish: () => log.close() };
  }
  const path = resolve(folder);
  await makeRoom(path, folder);
  const url = redactUrl(request.url);
  const recording = await recordFolder({
    folder: path,
    sessionId: basename(path),
    session: { name: url, method: request.method, url, endpointId: null, startedAt },
    onFailure,
    syncRound: createSyncRound(),
  });
  return {
    log: recording.log,
    async finish(outcome) {
      await recording.finish(outcome);
      await recording.closeFiles();
    },
  };
}

/** Sees to it that the folder's place is free and its parent is there. An empty folder gives way to the new one. */
async function makeRoom(path: string, asGiven: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST')
      throw new UsageError(`"${asGiven}" is there already and not empty. Choose another folder.`);
    if (code === 'ENOTDIR') throw new UsageError(`"${asGiven}" is not a folder. Choose another one.`);
    if (code !== 'ENOENT') throw new Error(`"${asGiven}" cannot be used: ${message}`, { cause: error });
  }
  await mkdir(dirname(path), { recursive: true });
}
