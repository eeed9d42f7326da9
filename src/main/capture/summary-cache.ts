/**
 * Summaries of sessions that were closed, kept beside them so that a library of thousands is listed without reading thousands of
 * manifests. An entry counts while its folder has the time stamp that it had: whatever changes a manifest or bookmarks renames
 * a file in the folder. The file is worth nothing by itself; without it everything is read again.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSummary } from '../../shared/session/entry.ts';
import { writeWhole } from '../files/whole-file.ts';

const FILE_NAME = '.summaries.json';
/** Rises whenever a summary has other fields. */
const VERSION = 1;
/** Time stamps of some file systems are this coarse: a folder that was changed just now may change again unseen. */
const SETTLED_AFTER_MS = 3000;

interface Kept {
  readonly stamp: string;
  readonly summary: SessionSummary;
}

export interface SummaryCache {
  /** The summary of a folder, from what is kept or by `read`; what `read` returns is kept when `keep` says so. */
  summary(
    folder: string,
    sessionId: string,
    read: () => Promise<{ readonly summary: SessionSummary; readonly keep: boolean }>,
  ): Promise<SessionSummary>;
  /** After a list: forgets the sessions that are not among these, and saves what is new. Never throws. */
  settle(sessionIds: readonly string[]): Promise<void>;
}

export function createSummaryCache(root: string): SummaryCache {
  const path = join(root, FILE_NAME);
  let loading: Promise<Map<string, Kept>> | null = null;
  let changed = false;

  const entries = (): Promise<Map<string, Kept>> => (loading ??= load(path));

  return {
    async summary(folder, sessionId, read) {
      const known = await entries();
      const { mtimeMs, ino } = await stat(folder);
      const stamp = `${mtimeMs}-${ino}`;
      const kept = known.get(sessionId);
      if (kept?.stamp === stamp) return kept.summary;
      const { summary, keep } = await read();
      if (keep && Date.now() - mtimeMs > SETTLED_AFTER_MS) {
        known.set(sessionId, { stamp, summary });
        changed = true;
      } else if (known.delete(sessionId)) changed = true;
      return summary;
    },
    async settle(sessionIds) {
      const known = await entries();
      const there = new Set(sessionIds);
      for (const id of known.keys()) if (!there.has(id)) changed = known.delete(id) || changed;
      if (!changed) return;
      changed = false;
      try {
        await writeWhole(path, JSON.stringify({ version: VERSION, sessions: Object.fromEntries(known) }));
      } catch {
        // A folder that cannot be written is listed by reading it, as before.
      }
    },
  };
}

async function load(path: string): Promise<Map<string, Kept>> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as {
      readonly version?: unknown;
      readonly sessions?: Readonly<Record<string, Kept>>;
    };
    if (value.version === VERSION && value.sessions) return new Map(Object.entries(value.sessions));
  } catch {
    // There is none, or it is torn: everything is read again.
  }
  return new Map();
}
