/**
 * One query over all stored sessions, newest first. What is found is told as it is found; counts are kept and, of each session, its
 * first matches. One search a visit: the next one ends the one before.
 */
import type { Query } from '../../shared/filter/query.ts';
import type { LibraryHits, LibrarySearchProgress } from '../../shared/ipc/search-contract.ts';
import type { AnnotationReader } from '../../shared/session/annotations.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { readRowsOf } from '../sessions/row-page.ts';
import { TookTooLong, type ScanRun, type Scans } from '../sessions/scans.ts';

/** Matches that are shown of each session. */
const FIRST_HITS = 5;
/** Entries that are asked for together, so that filters take turns with it. */
const TURN_ENTRIES = 262_144;
const TELL_MS = 60;

export interface LibrarySearchDeps {
  readonly list: () => Promise<readonly SessionSummary[]>;
  readonly hold: (
    sessionId: string,
  ) => Promise<{ readonly reader: SessionReader; readonly release: () => void }>;
  readonly annotationsOf: (sessionId: string) => Promise<AnnotationReader>;
  readonly scans: Scans;
  readonly frameText: FrameText;
  readonly onProgress: (progress: LibrarySearchProgress) => void;
}

export interface LibrarySearch {
  /** Begins a search and answers with its number. */
  start(query: Query): string;
  cancel(): void;
}

export function createLibrarySearch(deps: LibrarySearchDeps): LibrarySearch {
  let started = 0;
  let running: ScanRun | null = null;

  function cancel(): void {
    started += 1;
    running?.cancel();
    running = null;
  }

  async function search(searchId: string, query: Query, isOver: () => boolean): Promise<void> {
    const sessions = await deps.list();
    let done = 0;
    let found: LibraryHits[] = [];
    let toldMs = -Infinity;
    function tell(state: LibrarySearchProgress['state'], message = ''): void {
      if (isOver()) return;
      deps.onProgress({ searchId, state, done, total: sessions.length, found, message });
      found = [];
      toldMs = performance.now();
    }
    for (const { id } of sessions) {
      if (isOver()) return;
      const hits = await searchOne(id, query, isOver);
      done += 1;
      if (hits) found.push(hits);
      if (performance.now() - toldMs >= TELL_MS) tell('running');
    }
    tell('done');
  }

  /** null when there is nothing to tell of the session. */
  async function searchOne(
    sessionId: string,
    query: Query,
    isOver: () => boolean,
  ): Promise<LibraryHits | null> {
    const nothing = { sessionId, count: 0, rows: null };
    try {
      const { reader, release } = await deps.hold(sessionId);
      try {
        const { count, first } = await countMatches(reader, sessionId, query, isOver);
        if (count === 0 || isOver()) return null;
        const rows = await readRowsOf(reader, deps.frameText, 0, first);
        return { sessionId, count, rows, failure: null };
      } finally {
        release();
      }
    } catch (error) {
      if (error instanceof TookTooLong) throw error;
      // One that was deleted meanwhile, or is damaged, does not end the search of the others.
      return { ...nothing, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async function countMatches(
    reader: SessionReader,
    sessionId: string,
    query: Query,
    isOver: () => boolean,
  ): Promise<{ readonly count: number; readonly first: readonly number[] }> {
    const annotations = await deps.annotationsOf(sessionId);
    const first: number[] = [];
    let count = 0;
    let lastEventAtMs: number | null = null;
    const total = reader.count;
    for (let from = 0; from < total && !isOver(); from += TURN_ENTRIES) {
      const to = Math.min(total, from + TURN_ENTRIES);
      running = deps.scans.scan({ reader, query, annotations, from, to, lastEventAtMs }, (seqs) => {
        for (const seq of seqs) {
          count += 1;
          if (first.length < FIRST_HITS) first.push(seq);
        }
      });
      ({ lastEventAtMs } = await running.done);
      running = null;
    }
    return { count, first };
  }

  return {
    start(query) {
      cancel();
      const number = started;
      const searchId = `search-${number}`;
      const isOver = (): boolean => started !== number;
      search(searchId, query, isOver).catch((error: unknown) => {
        if (isOver()) return;
        const message =
          error instanceof TookTooLong
            ? 'This regular expression takes too long. Make it simpler: no repetition inside a repetition.'
            : `The sessions could not be searched: ${error instanceof Error ? error.message : String(error)}`;
        deps.onProgress({ searchId, state: 'failed', done: 0, total: 0, found: [], message });
      });
      return searchId;
    },
    cancel,
  };
}
