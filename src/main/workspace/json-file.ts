/**
 * A small JSON file that is rewritten whole: written to a temporary file beside it and renamed, so that there is always a
 * complete one; saves that follow each other quickly become one. Readable by its owner only, because requests hold secrets.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How long a change may wait for the next one. */
export const SAVE_DELAY_MS = 200;

export interface JsonFile {
  /** The file's value; undefined when there is no file. Throws `SyntaxError` when it is not JSON. */
  read(): Promise<unknown>;
  /** Keeps `value` as the latest; it is in the file `SAVE_DELAY_MS` later. */
  save(value: unknown): void;
  /** Resolves when the latest value is in the file. Rejects when it could not be written. */
  readonly flush: () => Promise<void>;
}

/** `onError` hears of a save that failed; the value stays and the next save or flush tries again. */
export function createJsonFile(path: string, onError: (error: Error) => void): JsonFile {
  let latest: { readonly value: unknown } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function writeLatest(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const pending = latest;
    if (!pending) return;
    await writeWhole(path, `${JSON.stringify(pending.value, null, 2)}\n`);
    if (latest === pending) latest = null;
  }

  /** Writes happen one after another. */
  function flush(): Promise<void> {
    const turn = writing.then(writeLatest);
    writing = turn.catch(() => undefined);
    return turn;
  }

  return {
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as unknown;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save(value) {
      latest = { value };
      timer ??= setTimeout(() => void flush().catch(onError), SAVE_DELAY_MS);
    },
    flush,
  };
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
