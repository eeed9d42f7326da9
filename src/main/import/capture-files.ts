/** Files on disk and texts from the window as what the readers of captures take. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CaptureFile } from '../../shared/import/captures/capture.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';

export interface SizedFile extends CaptureFile {
  readonly bytes: number;
}

/** Rejects with a sentence when there is no such file. */
export async function captureFile(path: string): Promise<SizedFile> {
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => Promise.reject(unreadable(name, error)));
  if (found.isDirectory())
    throw new CodedError('bad-arguments', `"${name}" is a folder. A session folder is opened, not imported.`);
  return { name, bytes: found.size, open: () => createReadStream(path, { highWaterMark: 256 * 1024 }) };
}

export function captureText(name: string, text: string): SizedFile {
  const bytes = new TextEncoder().encode(text);
  return {
    name,
    bytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024);
    },
  };
}

function unreadable(name: string, error: unknown): CodedError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CodedError('not-found', `There is no file "${name}".`);
  if (code === 'EACCES' || code === 'EPERM') return new CodedError('storage', `"${name}" may not be read.`);
  return new CodedError('storage', `"${name}" cannot be read: ${message}`);
}
