/** The manifest of a session whose own is damaged or gone: what the journal and the names and times of the files still tell. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createAppendFile } from './append-file.ts';
import { FILE_NAMES, FORMAT_VERSION, type Manifest } from './format.ts';
import { isTypeLine, readLines } from './journal-line.ts';

/** Beyond the first attempt nothing is looked for. */
const HEAD_BYTES = 1024 * 1024;

/** null when there are not the files that a session consists of. */
export async function manifestFromFiles(folder: string): Promise<Manifest | null> {
  const { wire, reads, index, journal } = FILE_NAMES;
  const others = await Promise.all([reads, index, journal].map((name) => exists(join(folder, name))));
  if (!(await exists(join(folder, wire))) || !others.includes(true)) return null;
  const startedAt = timeInName(basename(folder)) ?? (await stat(join(folder, wire))).mtimeMs;
  const first = await firstAttempt(join(folder, FILE_NAMES.journal));
  const url = first?.url ?? '';
  return {
    formatVersion: FORMAT_VERSION,
    name: url === '' ? basename(folder) : url,
    tags: [],
    notes: '',
    pinned: false,
    method: first?.method ?? 'GET',
    url,
    endpointId: null,
    startedAt,
    durationMs: 0,
    outcome: 'interrupted',
    counts: { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 },
    origin: null,
    sizes: null,
    seal: null,
  };
}

/** Such as "20260731-142233-9f86d081", UTC. */
function timeInName(name: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(name);
  if (!match) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function firstAttempt(path: string): Promise<{ readonly method: string; readonly url: string } | null> {
  let handle: FileHandle | null = null;
  let found = null as { method: string; url: string } | null;
  try {
    handle = await open(path, 'r');
    const { size } = await handle.stat();
    const file = createAppendFile(handle, Math.min(size, HEAD_BYTES));
    await readLines(file.read, file.size, ({ line }) => {
      if (!isTypeLine(line) && line.entry.kind === 'attempt-start')
        found ??= { method: line.entry.method, url: line.entry.url };
    });
  } catch {
    // Without a journal there is no address.
  } finally {
    await handle?.close();
  }
  return found;
}
