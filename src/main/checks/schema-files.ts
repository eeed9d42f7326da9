/** Schemas that checks name by file: only below one folder, because the checks may come from somebody else. */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';

export function createSchemaFiles(folder: string): (path: string) => string | null {
  return (path) => {
    try {
      const root = realpathSync(folder);
      const file = realpathSync(resolve(root, path));
      return file.startsWith(root + sep) ? readFileSync(file, 'utf8') : null;
    } catch {
      // The check that names it says so.
      return null;
    }
  };
}
