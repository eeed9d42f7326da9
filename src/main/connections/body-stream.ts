/** Bodies as they go to a socket: text at once, files read piece by piece while they are sent, anew by each attempt. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { bodyParts, type BodyPart, type MessageBody } from '../../shared/connection/request-body.ts';
import type { Failure } from '../../shared/connection/types.ts';

/** What undici sends; null for no body. */
export function bodyStream(body: MessageBody): string | Readable | null {
  if (typeof body === 'string') return body === '' ? null : body;
  return Readable.from(piecesOf(body), { objectMode: false });
}

async function* piecesOf(parts: readonly BodyPart[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part.kind === 'text') yield Buffer.from(part.text);
    else yield* createReadStream(part.path) as AsyncIterable<Uint8Array>;
  }
}

/** How many bytes a body has now, or why one of its files cannot be sent. */
export async function bodyBytes(body: MessageBody): Promise<number | Failure> {
  let bytes = 0;
  for (const part of bodyParts(body)) {
    if (part.kind === 'text') bytes += Buffer.byteLength(part.text);
    else {
      const size = await fileBytes(part.path);
      if (typeof size !== 'number') return size;
      bytes += size;
    }
  }
  return bytes;
}

/** The size of a file that can be read, or the failure to send it. */
export async function fileBytes(path: string): Promise<number | Failure> {
  try {
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    return isFile ? size : unreadable(`"${path}" is not a file`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return unreadable(`The file "${path}" is not there`, code);
    return unreadable(`The file "${path}" cannot be read`, code);
  }
}

function unreadable(what: string, cause?: string): Failure {
  const message = `${what}, and the body of the request is to be sent from it. Choose the file again in Body.`;
  return { code: 'invalid-request', message, ...(cause === undefined ? {} : { cause }) };
}
