/** What FILE, DIR, ID and - stand for on the command line: wire bytes, or a recorded session. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openFolder } from '../main/capture/open-folder.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { folderOfSession } from './sessions/library.ts';

/** Does the work on wire bytes or on a session. */
export interface SourceWork {
  onBytes(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  onSession(reader: SessionReader): Promise<void>;
}

/** Opens what `path` names, has the work done on it and closes it again. Rejects with a sentence when it cannot be read. */
export async function withSource(
  path: string,
  input: AsyncIterable<Uint8Array>,
  byteText: ByteText,
  work: SourceWork,
): Promise<void> {
  if (path === '-') return work.onBytes(input);
  const folder = await folderNamed(path, byteText);
  if (folder !== null) {
    const opened = await openFolder(folder, { byteText });
    try {
      await work.onSession(opened.reader);
    } finally {
      await opened.close();
    }
    return;
  }
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  let failure: Error | null = null;
  file.once('error', (error) => (failure = unreadable(path, error)));
  try {
    await work.onBytes(file);
  } catch (error) {
    throw failure ?? error;
  }
}

/** null: it is a file. What is there comes before a session of the app's with that id. Rejects when there is neither. */
export async function folderNamed(path: string, byteText: ByteText): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? path : null;
  } catch (error) {
    const kept = await folderOfSession(path, byteText);
    if (kept === null) throw unreadable(path, error);
    return kept;
  }
}

function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new Error(`There is no file or folder "${path}".`);
  if (code === 'EACCES' || code === 'EPERM') return new Error(`"${path}" may not be read.`);
  return new Error(`"${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
