/** The session files that a start of the app was given: on its command line, by a double click, or by the dock. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ARCHIVE_EXTENSION } from './archive/archive-format.ts';

/** The arguments that name session files which are there, as absolute paths. */
export function launchFiles(args: readonly string[], currentFolder: string): readonly string[] {
  const ending = `.${ARCHIVE_EXTENSION}`;
  return args
    .filter((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith(ending))
    .map((arg) => resolve(currentFolder, arg))
    .filter((path) => existsSync(path));
}

/** The files in a handover from a second start; none when what came is no handover of this version. */
export function handedFiles(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('openFiles' in data)) return [];
  return Array.isArray(data.openFiles) ? data.openFiles.filter((path) => typeof path === 'string') : [];
}
