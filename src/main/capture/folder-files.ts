/** The four files of a session folder, opened together and closed together. */
import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createAppendFile } from './append-file.ts';
import { errorCode } from './file-access.ts';
import { FILE_NAMES, type FileSizes } from './format.ts';
import type { LogFiles } from './stored-log.ts';

const PARTS = ['wire', 'reads', 'index', 'journal'] as const;
type Part = (typeof PARTS)[number];

export interface FolderFiles {
  readonly writable: boolean;
  /** As they are on the disk; 0 for a file that is missing. */
  readonly sizes: FileSizes;
  /** Views of the files of which only the first bytes count; what is appended goes there. */
  withSizes(sizes: FileSizes): LogFiles;
  /** Cuts the files themselves. */
  truncate(sizes: FileSizes): Promise<void>;
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
  const sizes = await sizesOnDisk(folder);
  const fileOf = (part: Part, size: number) => createAppendFile(handles.get(part) ?? null, size);
  return {
    writable,
    sizes,
    withSizes: ({ wire, reads, index, journal }) => ({
      wire: fileOf('wire', wire),
      reads: fileOf('reads', reads),
      index: fileOf('index', index),
      journal: fileOf('journal', journal),
    }),
    async truncate(cut) {
      for (const part of PARTS) if (cut[part] < sizes[part]) await handles.get(part)?.truncate(cut[part]);
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
