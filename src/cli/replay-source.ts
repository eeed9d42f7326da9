/** What `streamscope replay` plays: the folder of a session as it is; bytes of a file as a session that is made for the while. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordFolder } from '../main/capture/record-folder.ts';
import { createSyncRound } from '../main/capture/sync-round.ts';
import { openFolder } from '../main/capture/open-folder.ts';
import type { SessionReader } from '../shared/session/log.ts';
import { recordPlainBody } from '../shared/replay/plain-body.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Framing } from '../shared/sse/framing.ts';
import { framedChunks } from './read-as.ts';
import { withSource } from './source.ts';

export interface ReplaySource {
  readonly reader: SessionReader;
  /** The session's own folder; null for a file. */
  readonly folder: string | null;
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly input: AsyncIterable<Uint8Array>;
  readonly byteText: ByteText;
  readonly readAs: Framing | null;
  /** Between the frames of a file, which says nothing of time. */
  readonly gapMs: number;
}

/** Rejects with a sentence when it cannot be read. */
export async function openReplaySource(path: string, options: SourceOptions): Promise<ReplaySource> {
  const { byteText } = options;
  const isFolder =
    path !== '-' &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (isFolder) {
    const { reader, close } = await openFolder(path, { byteText });
    return { reader, folder: path, close };
  }
  const workshop = await mkdtemp(join(tmpdir(), 'streamscope-replay-'));
  const remove = () => rm(workshop, { recursive: true, force: true });
  try {
    const recorded = join(workshop, 'session');
    await withSource(path, options.input, byteText, {
      onBytes: (source) => record(recorded, path, source, options),
      onSession: () => Promise.reject(new Error(`"${path}" became a folder`)),
    });
    const { reader, close } = await openFolder(recorded, { byteText });
    return { reader, folder: null, close: () => close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function record(
  folder: string,
  path: string,
  source: AsyncIterable<Uint8Array>,
  { byteText, readAs, gapMs }: SourceOptions,
): Promise<void> {
  const { framing, chunks } = await framedChunks(readAs, path, source);
  const session = { name: path, method: 'GET', url: '/', endpointId: null, startedAt: Date.now() };
  const recording = await recordFolder({
    folder,
    sessionId: 'replay',
    session,
    onFailure: () => {},
    syncRound: createSyncRound(),
  });
  await recordPlainBody(chunks, { log: recording.log, byteText, framing, gapMs });
  await recording.finish('ended');
  await recording.closeFiles();
}
