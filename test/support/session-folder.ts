/** Session folders in a temporary place, for tests of what is stored. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { openFolder, type OpenedFolder, type OpenFolderOptions } from '../../src/main/capture/open-folder.ts';
import { recordFolder, type Recording } from '../../src/main/capture/record-folder.ts';
import { createSyncRound } from '../../src/main/capture/sync-round.ts';
import type { NewSession } from '../../src/shared/session/capture-store.ts';
import type { SessionLog, StorageFailed } from '../../src/shared/session/log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { attemptEnd, attemptStart, responseHead } from './attempt-entries.ts';

export const NEW_SESSION: NewSession = {
  name: 'Scores',
  method: 'GET',
  url: 'http://127.0.0.1/events',
  endpointId: null,
  startedAt: 1_700_000_000_000,
};

/** `inMemory`: where there is a file system in memory (Linux), for tests that open thousands of sessions. */
export async function temporaryFolder({ inMemory = false } = {}): Promise<{
  path: string;
  remove: () => Promise<void>;
}> {
  const memory = '/dev/shm';
  const parent = inMemory && existsSync(memory) ? memory : tmpdir();
  const path = await mkdtemp(join(parent, 'streamscope-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export function startRecording(folder: string, onFailure: StorageFailed = () => {}): Promise<Recording> {
  const syncRound = createSyncRound();
  return recordFolder({ folder, sessionId: 'session', session: NEW_SESSION, onFailure, syncRound });
}

export function openRecorded(
  folder: string,
  options: Partial<OpenFolderOptions> = {},
): Promise<OpenedFolder> {
  return openFolder(folder, { byteText: createNodeByteText(), sessionId: 'session', ...options });
}

/** Records attempts as a connection does: each is a list of socket reads. Times count up by one a step. */
export function recordAttempts(
  log: SessionLog,
  attempts: readonly (readonly (string | Uint8Array)[])[],
  afterStep: () => void = () => {},
): void {
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  attempts.forEach((reads, index) => {
    const attempt = index + 1;
    recorder.entry(attemptStart(attempt), (atMs += 1));
    recorder.entry(responseHead(attempt), (atMs += 1));
    recorder.beginBody(attempt, 'sse');
    for (const read of reads) {
      recorder.read(typeof read === 'string' ? Buffer.from(read) : read, (atMs += 1));
      afterStep();
    }
    recorder.endBody((atMs += 1));
    recorder.entry(attemptEnd(attempt), (atMs += 1));
    afterStep();
  });
}
