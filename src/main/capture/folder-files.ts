/** The four files of a session folder, opened together and closed together. */
import { constants } from 'node:fs';
import { copyFile, open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/whole-file.ts';
import { createAppendFile, type AppendFile } from './append-file.ts';
import { errorCode } from './file-access.ts';
import { FILE_NAMES, type FileSizes } from './format.ts';
import type { LogFiles } from './stored-log.ts';

const PARTS = ['wire', 'reads', 'index', 'journal'] as const;
type Part = (typeof PARTS)[number];

export interface FolderFiles {
  /** Whether what is written goes to the disk. */
  readonly writable: boolean;
  /** As they are on the disk; 0 for a file that is missing. */
  readonly sizes: FileSizes;
  /** Views of the files of which only the first bytes count; what is appended goes there. */
  withSizes(sizes: FileSizes): LogFiles;
  /** Cuts the files themselves. */
  truncate(sizes: FileSizes): Promise<void>;
  /**
   * Puts other contents in the place of a file that is damaged. The damaged one stays beside it, named `.damaged`. Without write
   * access, and where the disk refuses, only what `withSizes` gives out from then on has the new contents.
   */
  replace(part: 'reads' | 'journal', bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function createFolderFiles(folder: string): Promise<FolderFiles> {
  return openAll(folder, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, true);
}

/** Opens for writing when `mayWrite` and the file system lets us, else for reading; then missing files count as empty. */
export async function openFolderFiles(folder: string, mayWrite: boolean): Promise<FolderFiles> {
  if (mayWrite) {
    try {
      return await openAll(folder, constants.O_RDWR | constants.O_CREAT, true);
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) throw error;
    }
  }
  return openAll(folder, constants.O_RDONLY, false);
}

async function openAll(folder: string, flags: number, writable: boolean): Promise<FolderFiles> {
  const handles = new Map<Part, FileHandle>();
  async function close(): Promise<void> {
    const open = [...handles.values()];
    handles.clear();
    await Promise.all(open.map((handle) => handle.close()));
  }
  try {
    for (const part of PARTS) {
      const handle = await openOne(join(folder, FILE_NAMES[part]), flags, writable);
      if (handle) handles.set(part, handle);
    }
  } catch (error) {
    await close();
    throw error;
  }
  let sizes = await sizesOnDisk(folder);
  let stored = writable;
  /** Contents that stand in the place of files. */
  const inMemory = new Map<Part, Buffer>();

  function fileOf(part: Part, size: number): AppendFile {
    const bytes = inMemory.get(part);
    if (!bytes) return createAppendFile(handles.get(part) ?? null, size);
    const file = createAppendFile(null, 0);
    file.append(bytes.subarray(0, size));
    return file;
  }

  async function replaceOnDisk(part: Part, bytes: Buffer): Promise<void> {
    const path = join(folder, FILE_NAMES[part]);
    await copyFile(path, `${path}.damaged`);
    await handles.get(part)?.close();
    handles.delete(part);
    await writeWhole(path, bytes);
    handles.set(part, await open(path, constants.O_RDWR, 0o600));
  }

  return {
    get writable() {
      return stored;
    },
    get sizes() {
      return sizes;
    },
    withSizes: ({ wire, reads, index, journal }) => ({
      wire: fileOf('wire', wire),
      reads: fileOf('reads', reads),
      index: fileOf('index', index),
      journal: fileOf('journal', journal),
    }),
    async truncate(cut) {
      for (const part of PARTS) if (cut[part] < sizes[part]) await handles.get(part)?.truncate(cut[part]);
    },
    async replace(part, bytes) {
      try {
        if (stored) await replaceOnDisk(part, bytes);
      } catch {
        // The disk is full, or fails: the next opening mends again.
        stored = false;
      }
      if (!stored) inMemory.set(part, bytes);
      sizes = { ...sizes, [part]: bytes.length };
    },
    close,
  };
}

async function openOne(path: string, flags: number, writable: boolean): Promise<FileHandle | null> {
  try {
    return await open(path, flags, 0o600);
  } catch (error) {
    if (!writable && errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** 0 for a file that is missing. */
export async function sizesOnDisk(folder: string): Promise<FileSizes> {
  const [wire, reads, index, journal] = await Promise.all(
    PARTS.map((part) => sizeOnDisk(join(folder, FILE_NAMES[part]))),
  );
  return { wire: wire ?? 0, reads: reads ?? 0, index: index ?? 0, journal: journal ?? 0 };
}

async function sizeOnDisk(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

export function sizesOf(files: LogFiles): FileSizes {
  return {
    wire: files.wire.size,
    reads: files.reads.size,
    index: files.index.size,
    journal: files.journal.size,
  };
}
