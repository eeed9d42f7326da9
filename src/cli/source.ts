/** What FILE, DIR and - stand for on the command line: wire bytes, or a recorded session. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openFolder } from '../main/capture/open-folder.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';

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
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw unreadable(path, error);
    },
  );
  if (isFolder) {
    const folder = await openFolder(path, { byteText });
    try {
      await work.onSession(folder.reader);
    } finally {
      await folder.close();
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

function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new Error(`There is no file or folder "${path}".`);
  if (code === 'EACCES' || code === 'EPERM') return new Error(`"${path}" may not be read.`);
  return new Error(`"${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
