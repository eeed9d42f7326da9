/**
 * What a `.streamscope` file is: a zip with the files of one session's folder, and before them `streamscope.json`, which says so.
 * Written down in docs/formats.md.
 */
import { CodedError } from '../../shared/ipc/envelope.ts';
import { FILE_NAMES } from '../capture/format.ts';

export const ARCHIVE_EXTENSION = 'streamscope';
const ARCHIVE_VERSION = 1;
const FORMAT = 'streamscope-session';

export const HEADER_NAME = 'streamscope.json';
const { wire, reads, index, journal, annotations, manifest } = FILE_NAMES;
/** In the order in which they are written. */
export const SESSION_FILES: readonly string[] = [manifest, annotations, journal, reads, wire, index];

export function encodeHeader(app: string): string {
  return `${JSON.stringify({ format: FORMAT, formatVersion: ARCHIVE_VERSION, app }, null, 2)}\n`;
}

/** Throws `CodedError` when the text is not the header of a file that this version can read. */
export function checkHeader(text: string): void {
  const header = parsed(text);
  const version = header?.['formatVersion'];
  if (header?.['format'] !== FORMAT || typeof version !== 'number')
    throw refused(`its ${HEADER_NAME} does not say that it holds a session`);
  if (version > ARCHIVE_VERSION)
    throw refused(
      `it was written by a newer Streamscope (format ${version}; this one reads up to ${ARCHIVE_VERSION}). Update Streamscope to open it`,
    );
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The file is not taken in, and why. */
export function refused(why: string): CodedError {
  return new CodedError('bad-arguments', `The file was not opened: ${why}.`);
}
