/**
 * What `streamscope replay` plays: the folder of a session as it is; anything else as a session that is made for the while, in the
 * system's temporary place: a `.streamscope` file, a capture of another format, the bytes of a stream.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder } from '../main/capture/open-folder.ts';
import { recordFolder } from '../main/capture/record-folder.ts';
import { createSyncRound } from '../main/capture/sync-round.ts';
import { captureFile } from '../main/import/capture-files.ts';
import { isRawStream } from '../shared/import/captures/raw-stream.ts';
import { readCapture } from '../shared/import/captures/read-capture.ts';
import { recordSteps } from '../shared/import/captures/record-steps.ts';
import { recordPlainBody } from '../shared/replay/plain-body.ts';
import type { SessionLog, SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Framing } from '../shared/sse/framing.ts';
import { framedChunks } from './read-as.ts';
import { isSessionFile, unpackSession } from './session-files.ts';
import { folderNamed, withSource } from './source.ts';

export interface ReplaySource {
  readonly reader: SessionReader;
  /** The session's own folder; null for a file. */
  readonly folder: string | null;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly input: AsyncIterable<Uint8Array>;
  readonly byteText: ByteText;
  /** The file is the bytes of a stream of this form, whatever it looks like. */
  readonly readAs: Framing | null;
  /** Between the frames of a stream's bytes, which say nothing of time. */
  readonly gapMs: number;
  readonly note: (text: string) => void;
}

/** Rejects with a sentence when it cannot be read. */
export async function openReplaySource(path: string, options: SourceOptions): Promise<ReplaySource> {
  const { byteText } = options;
  const kept = path === '-' ? null : await folderNamed(path, byteText);
  if (kept !== null) {
    const { reader, close } = await openFolder(kept, { byteText });
    return { reader, folder: kept, close };
  }
  const workshop = await mkdtemp(join(tmpdir(), 'streamscope-replay-'));
  const remove = () => rm(workshop, { recursive: true, force: true });
  try {
    const made = join(workshop, 'session');
    if (isSessionFile(path)) await unpackSession(path, made);
    else await record(path, made, options);
    const { reader, close } = await openFolder(made, { byteText });
    return { reader, folder: null, close: () => close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function record(path: string, folder: string, options: SourceOptions): Promise<void> {
  const { byteText, note } = options;
  const capture = await captureOf(path, options);
  const recording = await recordFolder({
    folder,
    sessionId: 'replay',
    session: { name: path, method: 'GET', url: '/', endpointId: null, startedAt: Date.now() },
    onFailure: (error) => note(error.message),
    syncRound: createSyncRound(),
  });
  try {
    if (capture) await recordSteps(capture.steps(), recording.log, byteText);
    else await recordBytes(path, recording.log, options);
    await recording.finish('ended');
  } finally {
    await recording.closeFiles();
  }
}

/** null: the bytes of a stream and nothing else. */
async function captureOf(path: string, { byteText, readAs, note }: SourceOptions) {
  if (path === '-' || readAs !== null) return null;
  const reading = await readCapture(await captureFile(path), byteText);
  if (isRawStream(reading)) return null;
  const { captures } = reading;
  if (captures.length > 1) note(`${path} has ${captures.length} sessions; the first one is served.`);
  return captures[0] ?? null;
}

async function recordBytes(path: string, log: SessionLog, options: SourceOptions): Promise<void> {
  const { input, byteText, readAs, gapMs } = options;
  await withSource(path, input, byteText, {
    async onBytes(source) {
      const { framing, chunks } = await framedChunks(readAs, path, source);
      await recordPlainBody(chunks, { log, byteText, framing, gapMs });
    },
    onSession: () => Promise.reject(new Error(`"${path}" became a folder`)),
  });
}
