/** A session's journal as the window last read it. It is small; it is read again when a connection's state changes. */
import type { NumberedJournalEntry } from '../../shared/session/entry.ts';

export interface JournalCache {
  /** What is known; the first call fetches. */
  entries(): readonly NumberedJournalEntry[];
  /** There may be news. Does nothing until somebody has asked for entries. */
  refresh(): void;
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export function createJournalCache(read: () => Promise<readonly NumberedJournalEntry[]>): JournalCache {
  let entries: readonly NumberedJournalEntry[] = [];
  let wanted = false;
  let reading = false;
  /** News came while a read was under way: its answer may be older than the news. */
  let again = false;
  let disposed = false;
  const listeners = new Set<() => void>();

  async function load(): Promise<void> {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    do {
      again = false;
      try {
        const next = await read();
        if (disposed) return;
        entries = next;
        for (const listener of listeners) listener();
      } catch {
        // The session is gone or cannot be read; the row reader says so, and what is known stays.
      }
    } while (again && !disposed);
    reading = false;
  }

  return {
    entries() {
      if (!wanted) {
        wanted = true;
        void load();
      }
      return entries;
    },
    refresh() {
      if (wanted) void load();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      disposed = true;
      listeners.clear();
    },
  };
}
