/** The session folder that a start of the app was given on its command line. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The first argument that names a folder with a session in it, as an absolute path; null when there is none. */
export function launchFolder(args: readonly string[], currentFolder: string): string | null {
  for (const arg of args) {
    if (arg.startsWith('-') || /^[a-z][a-z0-9+.-]+:\/\//i.test(arg)) continue;
    const folder = resolve(currentFolder, arg);
    if (existsSync(join(folder, 'manifest.json'))) return folder;
  }
  return null;
}

/** The folder in a handover from a second start; null when there is none, or when what came is no handover of this version. */
export function handedFolder(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('openFolder' in data)) return null;
  return typeof data.openFolder === 'string' ? data.openFolder : null;
}
