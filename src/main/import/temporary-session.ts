/**
 * A capture of any format as a session that can be read, for programs that convert or check one: recorded into a folder of the
 * system's temporary place, which is removed afterwards.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordSteps } from '../../shared/import/captures/record-steps.ts';
import type { CaptureFile, FoundCapture } from '../../shared/import/captures/capture.ts';
import { readCapture } from '../../shared/import/captures/read-capture.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { summaryOf, totalBytes } from '../capture/format.ts';
import { recordFolder } from '../capture/record-folder.ts';
import { createSyncRound } from '../capture/sync-round.ts';

export interface ReadableSession {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
}

/**
 * Reads `file` and has the work done on each session in it, one after the other. Rejects with a CaptureError when it cannot be
 * read, before any work on the session that is damaged.
 */
export async function withImportedSessions(
  file: CaptureFile,
  byteText: ByteText,
  work: (session: ReadableSession, index: number, count: number) => Promise<void>,
): Promise<void> {
  const { captures } = await readCapture(file, byteText);
  const folder = await mkdtemp(join(tmpdir(), 'streamscope-'));
  try {
    for (const [index, capture] of captures.entries())
      await withRecorded(capture, file.name, join(folder, `session-${index + 1}`), byteText, (session) =>
        work(session, index, captures.length),
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withRecorded(
  { head, steps }: FoundCapture,
  fileName: string,
  folder: string,
  byteText: ByteText,
  work: (session: ReadableSession) => Promise<void>,
): Promise<void> {
  const { name, method, url, startedAt, outcome } = head;
  let failure: Error | null = null;
  const recording = await recordFolder({
    folder,
    sessionId: 'imported',
    session: {
      name,
      method,
      url,
      endpointId: null,
      startedAt: startedAt ?? Date.now(),
      origin: { kind: 'import', name: fileName },
    },
    onFailure: (error) => (failure = error),
    syncRound: createSyncRound(),
  });
  try {
    await recordSteps(steps(), recording.log, byteText, () => failure === null);
    if (failure !== null) throw failure as Error;
    await recording.finish(outcome);
    const manifest = recording.manifest();
    const diskBytes = manifest.sizes ? totalBytes(manifest.sizes) : 0;
    await work({
      summary: summaryOf('imported', manifest, { diskBytes, marked: false }),
      reader: recording.log,
    });
  } finally {
    await recording.closeFiles();
  }
}
