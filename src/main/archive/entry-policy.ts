/**
 * Which entries of a zip are taken in as a session, judged by what the zip says of them before anything is unpacked. Known names
 * are taken, strange ones left, and whatever could harm refuses the file as a whole. Pure.
 */
import { FILE_NAMES } from '../capture/format.ts';
import { HEADER_NAME, refused, SESSION_FILES } from './archive-format.ts';

/** What the zip says of an entry. */
export interface ListedEntry {
  readonly fileName: string;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly compressionMethod: number;
  readonly externalFileAttributes: number;
  readonly generalPurposeBitFlag: number;
}

export interface Room {
  readonly fileBytes: number;
  /** Bytes that may be written. */
  readonly freeBytes: number;
}

export interface Judged<E> {
  /** By name. */
  readonly taken: ReadonlyMap<string, E>;
  /** Names of entries that are no part of a session. */
  readonly left: readonly string[];
  readonly totalBytes: number;
}

/** A session has six; people's programs add some. */
export const MAX_ENTRIES = 256;
/** Below this size any ratio is harmless. */
const RATIO_FROM_BYTES = 256 * 1024 * 1024;
/** Events and their index pack to a tenth or less; a file that unpacks to more than this is made to fill a disk. */
export const MAX_RATIO = 400;
/** Stays free on the disk. */
export const RESERVE_BYTES = 512 * 1024 * 1024;

const MB = 1024 * 1024;
/** Files that are read whole into memory. */
const MOST_BYTES: Readonly<Record<string, number>> = {
  [HEADER_NAME]: MB,
  [FILE_NAMES.manifest]: 4 * MB,
  [FILE_NAMES.annotations]: 256 * MB,
  [FILE_NAMES.journal]: 1024 * MB,
};

const SYMBOLIC_LINK = 0o120000;
const TYPE_BITS = 0o170000;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1 | 0x40;

/** Throws `CodedError` with the reason when the file is not to be taken in. */
export function judgeEntries<E extends ListedEntry>(entries: readonly E[], room: Room): Judged<E> {
  if (entries.length > MAX_ENTRIES) throw refused(`it holds more than ${MAX_ENTRIES} files`);
  const taken = new Map<string, E>();
  const names = new Set<string>();
  const left: string[] = [];
  for (const entry of entries) {
    const { fileName } = entry;
    if (names.has(fileName)) throw refused(`it holds two files called ${quoted(fileName)}`);
    names.add(fileName);
    checkHarmless(entry);
    if (fileName === HEADER_NAME || SESSION_FILES.includes(fileName)) {
      checkReadable(entry);
      taken.set(fileName, entry);
    } else left.push(quoted(fileName));
  }
  if (!taken.has(FILE_NAMES.manifest))
    throw refused(`it holds no session (there is no ${FILE_NAMES.manifest})`);
  return { taken, left, totalBytes: checkedTotal([...taken.values()], room) };
}

/** A name that leads out of the folder, or a link, has no innocent reason to be there: the file is not to be trusted at all. */
function checkHarmless({ fileName, externalFileAttributes }: ListedEntry): void {
  const parts = fileName.split(/[\\/]/);
  if (parts.includes('..') || /^[\\/]|^[A-Za-z]:/.test(fileName) || fileName.includes('\u0000'))
    throw refused(`it names a place outside of itself (${quoted(fileName)}). It may be made to do harm`);
  if (((externalFileAttributes >>> 16) & TYPE_BITS) === SYMBOLIC_LINK)
    throw refused(`it holds a link to another file (${quoted(fileName)}). It may be made to do harm`);
}

function checkReadable(entry: ListedEntry): void {
  const { fileName, compressionMethod, generalPurposeBitFlag, uncompressedSize } = entry;
  if (generalPurposeBitFlag & ENCRYPTED)
    throw refused('it is encrypted. Unpack it with its password, then open the folder');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw refused(`${fileName} is compressed in a way that Streamscope does not know (${compressionMethod})`);
  const most = MOST_BYTES[fileName];
  if (most !== undefined && uncompressedSize > most)
    throw refused(`its ${fileName} is far larger than that of any session (${megabytes(uncompressedSize)})`);
}

function checkedTotal(entries: readonly ListedEntry[], { fileBytes, freeBytes }: Room): number {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total > RATIO_FROM_BYTES && total / Math.max(1, fileBytes) > MAX_RATIO)
    throw refused(
      `it would grow from ${megabytes(fileBytes)} to ${megabytes(total)}, as files do that are made to fill a disk`,
    );
  if (total > freeBytes - RESERVE_BYTES)
    throw refused(
      `it needs ${megabytes(total)} on the disk, and ${megabytes(Math.max(0, freeBytes))} are free. Free some space and open it again`,
    );
  return total;
}

function megabytes(bytes: number): string {
  return bytes < MB ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / MB).toLocaleString('en')} MB`;
}

/** Names in a file may hold anything. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}\u2026` : name);
}
