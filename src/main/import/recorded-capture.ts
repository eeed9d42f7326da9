/**
 * A capture of any format as a session that can be read, for programs that convert one: recorded into a folder of the caller's,
 * who removes it afterwards.
 */
import { recordSteps } from '../../shared/import/captures/record-steps.ts';
import type { FoundCapture } from '../../shared/import/captures/capture.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { summaryOf, totalBytes } from '../capture/format.ts';
import { recordFolder } from '../capture/record-folder.ts';
import { createSyncRound } from '../capture/sync-round.ts';

export interface RecordedCapture {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
}

export interface RecordedCaptureOptions {
  /** Of the file that the capture is in. */
  readonly fileName: string;
  /** Is not there yet. */
  readonly folder: string;
  readonly byteText: ByteText;
  /** False ends it early, and the session has what was read until then. */
  readonly goesOn: () => boolean;
}

/** Rejects with a CaptureError when it cannot be read, before any work on it. */
export async function withRecordedCapture(
  { head, steps }: FoundCapture,
  { fileName, folder, byteText, goesOn }: RecordedCaptureOptions,
  work: (session: RecordedCapture) => Promise<void>,
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
    await recordSteps(steps(), recording.log, byteText, () => failure === null && goesOn());
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
