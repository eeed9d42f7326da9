/** The fault script beside a session, in its folder. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_NAMES } from '../capture/format.ts';
import { writeWhole } from '../files/whole-file.ts';

export const FAULT_FILE = FILE_NAMES.faults;

/** "" when there is none. */
export async function readFaultFile(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, FAULT_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** An empty script is no file. */
export async function writeFaultFile(folder: string, text: string): Promise<void> {
  const path = join(folder, FAULT_FILE);
  if (text.trim() === '') await rm(path, { force: true });
  else await writeWhole(path, text);
}
