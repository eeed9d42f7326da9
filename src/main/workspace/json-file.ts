/** A small JSON file that is rewritten whole a moment after its value changed. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '../files/whole-file.ts';
import { createLatestSaver, type LatestSaver } from './latest-saver.ts';

export interface JsonFile extends LatestSaver<unknown> {
  /** The file's value; undefined when there is no file. Throws `SyntaxError` when it is not JSON. */
  read(): Promise<unknown>;
}

/** `onError` hears of a save that failed; the value stays and the next save or flush tries again. */
export function createJsonFile(path: string, onError: (error: Error) => void): JsonFile {
  return {
    ...createLatestSaver(async (value) => {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
    }, onError),
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as unknown;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
