/** Where things are in the project folder. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const inProject = (...parts) => join(root, ...parts);

/** Everything the scripts keep between runs; ignored by git and safe to delete. */
export const cacheFolder = inProject('.cache');
