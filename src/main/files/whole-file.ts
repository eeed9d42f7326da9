/** Writes a file whole: to a temporary file beside it that is renamed, so that there is always a complete one. */
import { open, rename, rm } from 'node:fs/promises';

/** Into a folder that is there. Readable by its owner only, because requests may hold secrets. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(content);
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
