/**
 * What `convert` reads, as a session: the folder of one as it is; a `.streamscope` file, a capture of any format that is imported, or
 * bytes as one that is made for the while in the system's temporary place.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { captureFile } from '../../main/import/capture-files.ts';
import { withRecordedCapture } from '../../main/import/recorded-capture.ts';
import type { CaptureFile, FoundCapture } from '../../shared/import/captures/capture.ts';
import { readRawStream } from '../../shared/import/captures/raw-stream.ts';
import { readCapture } from '../../shared/import/captures/read-capture.ts';
import { NO_ANNOTATIONS } from '../../shared/session/annotations.ts';
import { redactUrl } from '../../shared/session/redact.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import { UsageError } from '../command.ts';
import { tame } from '../ink.ts';
import { isSessionFile, unpackSession } from '../session-files.ts';
import { folderNamed } from '../source.ts';
import { withStoredSession, type StoredSession } from '../stored-session.ts';

export interface OpenCaptureOptions {
  readonly input: AsyncIterable<Uint8Array>;
  readonly byteText: ByteText;
  /** The file is the bytes of a stream of this form, whatever it looks like. */
  readonly readAs: Framing | null;
  /** Which one of several in a file, counted from 1; null when nobody said. */
  readonly stream: number | null;
  readonly goesOn: () => boolean;
  readonly note: (text: string) => void;
}

/** Rejects with a sentence when it cannot be read. */
export async function withCapture(
  path: string,
  options: OpenCaptureOptions,
  work: (session: StoredSession) => Promise<void>,
): Promise<void> {
  const { input, byteText, goesOn, note } = options;
  const kept = path === '-' ? null : await folderNamed(path, byteText);
  if (kept !== null) {
    onlyOne(options);
    return withStoredSession(kept, byteText, work);
  }
  const workshop = await mkdtemp(join(tmpdir(), 'streamscope-convert-'));
  const folder = join(workshop, 'session');
  try {
    if (isSessionFile(path)) {
      onlyOne(options);
      for (const sentence of await unpackSession(path, folder)) note(sentence);
      return await withStoredSession(folder, byteText, work);
    }
    const file = path === '-' ? await keptInput(input, join(workshop, 'input')) : await captureFile(path);
    const capture = await captureIn(file, options);
    await withRecordedCapture(capture, { fileName: file.name, folder, byteText, goesOn }, (made) =>
      work({ ...made, folder, annotations: NO_ANNOTATIONS }),
    );
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

function onlyOne({ readAs, stream }: OpenCaptureOptions): void {
  if (readAs !== null) throw new UsageError('--read-as is for bytes; a session knows what its bytes are.');
  if (stream !== null && stream !== 1) throw new UsageError(`There is one session, and no stream ${stream}.`);
}

/** Captures are read more than once, so what comes only once is kept in a file. */
async function keptInput(input: AsyncIterable<Uint8Array>, path: string): Promise<CaptureFile> {
  await pipeline(input, createWriteStream(path, { mode: 0o600 }));
  return { ...(await captureFile(path)), name: 'standard input' };
}

async function captureIn(
  file: CaptureFile,
  { readAs, stream, byteText }: OpenCaptureOptions,
): Promise<FoundCapture> {
  const { captures } = readAs === null ? await readCapture(file, byteText) : readRawStream(file, readAs);
  const chosen = captures[(stream ?? 1) - 1];
  if (chosen && (stream !== null || captures.length === 1)) return chosen;
  const list = captures.map(
    ({ head, note }, at) => `\n  ${at + 1}  ${tame(`${head.method} ${redactUrl(head.url)}  ${note}`)}`,
  );
  const count = captures.length === 1 ? 'one stream' : `${captures.length} streams`;
  const ask = stream === null ? '--stream N says which' : `there is no ${stream}`;
  throw new UsageError(`"${file.name}" has ${count}; ${ask}:${list.join('')}`);
}
