/**
 * Unpacks a `.streamscope` file into a folder. Nothing in it is trusted: entries are judged before anything is written (entry-policy),
 * only known names become files, no more bytes are written than were announced, and each file's checksum is compared.
 */
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { FILE_NAMES } from '../capture/format.ts';
import { checkHeader, HEADER_NAME, refused } from './archive-format.ts';
import { crc32 } from './crc32.ts';
import { judgeEntries, MAX_ENTRIES, type Judged } from './entry-policy.ts';

export interface UnpackOptions {
  readonly path: string;
  /** Is there and empty. */
  readonly folder: string;
  readonly freeBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void) | undefined;
}

/** What was not as it should be and could be done without; sentences. */
export type UnpackReport = readonly string[];

/** Without these files a session can still be made whole. */
const CAN_BE_MISSED: Readonly<Record<string, string>> = {
  [FILE_NAMES.index]: 'The index was damaged. It was built again from the bytes.',
  [FILE_NAMES.reads]:
    'The times of the socket reads were damaged. Events have the time of what came before them.',
  [FILE_NAMES.annotations]: 'Bookmarks and notes were damaged and are not there.',
};

/** Throws `CodedError` with the reason when the file is refused. */
export async function unpackArchive(options: UnpackOptions): Promise<UnpackReport> {
  const zip = await openZip(options.path);
  try {
    const { size: fileBytes } = await stat(options.path);
    const entries = await listEntries(zip);
    const judged = judgeEntries(entries, { fileBytes, freeBytes: options.freeBytes });
    return await unpack(zip, judged, options);
  } finally {
    zip.close();
  }
}

async function unpack(zip: ZipFile, judged: Judged<Entry>, options: UnpackOptions): Promise<UnpackReport> {
  const { folder, signal, onProgress } = options;
  const report: string[] = [];
  let doneBytes = 0;
  const onBytes = (count: number): void => {
    doneBytes += count;
    onProgress?.(doneBytes, judged.totalBytes);
  };
  const header = judged.taken.get(HEADER_NAME);
  if (header) checkHeader((await readWhole(zip, header)).toString('utf8'));
  else report.push(`It has no ${HEADER_NAME}; it was read as the files of a session all the same.`);

  for (const [name, entry] of judged.taken) {
    if (name === HEADER_NAME) continue;
    const target = join(folder, name);
    try {
      await unpackEntry(zip, entry, target, signal, onBytes);
    } catch (error) {
      if (signal?.aborted || !isDamage(error)) throw error;
      const without = CAN_BE_MISSED[name];
      if (without === undefined) throw refused(`its ${name} is damaged (${error.message})`);
      await rm(target, { force: true });
      report.push(without);
    }
  }
  const { left } = judged;
  if (left.length > 0)
    report.push(
      `Not taken in, because no session has it: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''}.`,
    );
  return report;
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
  } catch (error) {
    if (isSystemError(error)) throw error;
    throw refused('it is no zip file, or its end is missing. Was it downloaded as a whole?');
  }
}

async function listEntries(zip: ZipFile): Promise<readonly Entry[]> {
  if (zip.entryCount > MAX_ENTRIES) throw refused(`it holds more than ${MAX_ENTRIES} files`);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    if (isSystemError(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    if (/path|fileName/.test(why))
      throw refused(`it names a place outside of itself (${why}). It may be made to do harm`);
    if (why.includes('encryption'))
      throw refused('it is encrypted. Unpack it with its password, then open the folder');
    throw refused(`its list of files is damaged (${why})`);
  }
  return entries;
}

async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  target: string,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<void> {
  let sum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const source = await zip.openReadStreamPromise(entry);
  await pipeline(source, check, createWriteStream(target, { flags: 'wx', mode: 0o600 }), { signal });
  if (sum !== entry.crc32) throw new Damage('its checksum does not fit');
}

/** Of a file that the policy has found to be small. */
async function readWhole(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch (error) {
    if (isSystemError(error)) throw error;
    throw refused(`its ${entry.fileName} is damaged`);
  }
  return Buffer.concat(chunks);
}

class Damage extends Error {}

/** Damage in the file is told by the zip library or by inflating; what the disk says is another matter. */
function isDamage(error: unknown): error is Error {
  return error instanceof Error && !isSystemError(error);
}

function isSystemError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return /^E[A-Z0-9]+$/.test(code) && !code.startsWith('ERR_');
}
