/**
 * Two sessions, event beside event: which, how they are aligned, how far that is, and the rows that are looked at. Rows are
 * read from main a page at a time and are never reactive; a number that goes up says that there are others.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { AlignBy } from '../../shared/diff/align-events.ts';
import type { DiffPage, DiffProgress, DiffResult, DiffShown } from '../../shared/diff/diff-page.ts';
import { DIFF_KINDS, type DiffKind } from '../../shared/diff/session-diff.ts';
import type { Client } from '../../shared/ipc/contract.ts';
import { rowOf, type Row } from '../../shared/session/row.ts';
import { createPageCache } from '../mirror/page-cache.ts';

const PAGE_ROWS = 128;

export interface DiffRow {
  readonly kind: DiffKind;
  /** null: that session has none there. */
  readonly left: Row | null;
  readonly right: Row | null;
}

export interface DiffSettings {
  readonly by: AlignBy;
  readonly byValue: boolean;
  readonly ignoredKeys: readonly string[];
}

export interface SessionDiffs {
  readonly shown: boolean;
  readonly left: string | null;
  readonly right: string | null;
  readonly settings: DiffSettings;
  readonly rows: DiffShown;
  /** null until the sessions were compared. */
  readonly result: DiffResult | null;
  readonly failure: string | null;
  /** 0 to 1. */
  readonly progress: number;
  /** Rows that are shown. */
  readonly count: number;
  /** Reactive; undefined while the row is on its way. */
  rowAt(index: number): DiffRow | undefined;
  /** Shows the comparison; null leaves a side as it is. */
  open(left: string | null, right: string | null): void;
  swap(): void;
  set(settings: Partial<DiffSettings>): void;
  show(rows: DiffShown): void;
  close(): void;
}

export function createSessionDiffs(client: Client): SessionDiffs {
  let shown = $state(false);
  let left = $state<string | null>(null);
  let right = $state<string | null>(null);
  let settings = $state.raw<DiffSettings>({ by: 'content', byValue: false, ignoredKeys: [] });
  let rows = $state<DiffShown>('all');
  let progress = $state.raw<DiffProgress | null>(null);
  let failure = $state<string | null>(null);
  /** Answers to earlier questions are thrown away. */
  let question = 0;

  let changed: () => void = () => {};
  const subscribe = createSubscriber((update) => {
    changed = update;
    return () => (changed = () => {});
  });
  const fail = (error: unknown) => (failure = error instanceof Error ? error.message : String(error));
  const pages = createPageCache<DiffPage>({
    fetch: (number) =>
      client.call('diff:rows', {
        diffId: progress?.diffId ?? '',
        shown: rows,
        from: number * PAGE_ROWS,
        count: PAGE_ROWS,
      }),
    onArrive: () => changed(),
    onError: fail,
    maxPages: 24,
    maxInFlight: 2,
  });

  client.on('diff:progress', (told) => {
    if (told.diffId !== progress?.diffId) return;
    progress = told;
    if (told.failure !== null) failure = told.failure;
    changed();
  });

  function forget(): void {
    question += 1;
    pages.reset();
    failure = null;
    if (progress) client.call('diff:close', { diffId: progress.diffId }).catch(() => {});
    progress = null;
  }

  async function compare(): Promise<void> {
    forget();
    const asked = question;
    if (left === null || right === null) return;
    try {
      const opened = await client.call('diff:open', { left, right, ...settings });
      if (asked === question) progress = opened;
      else await client.call('diff:close', { diffId: opened.diffId });
    } catch (error) {
      if (asked === question) fail(error);
    }
  }

  return {
    get shown() {
      return shown;
    },
    get left() {
      return left;
    },
    get right() {
      return right;
    },
    get settings() {
      return settings;
    },
    get rows() {
      return rows;
    },
    get result() {
      return progress?.result ?? null;
    },
    get failure() {
      return failure;
    },
    get progress() {
      return progress && progress.total > 0 ? progress.done / progress.total : 0;
    },
    get count() {
      const result = progress?.result;
      if (!result) return 0;
      return rows === 'all' ? result.rows : result.rows - result.counts.same;
    },
    rowAt(index) {
      subscribe();
      const number = Math.floor(index / PAGE_ROWS);
      const page = pages.get(number);
      if (!page) {
        pages.want(number);
        return undefined;
      }
      const at = index - page.from;
      if (at >= page.count) return undefined;
      const side = (of: 'left' | 'right'): Row | null => {
        const place = page[`${of}At`][at] ?? -1;
        return place < 0 ? null : rowOf(page[of], place);
      };
      return { kind: DIFF_KINDS[page.kind[at] ?? 0] ?? 'same', left: side('left'), right: side('right') };
    },
    open(one, other) {
      shown = true;
      left = one ?? left;
      right = other ?? right;
      void compare();
    },
    swap() {
      [left, right] = [right, left];
      void compare();
    },
    set(patch) {
      settings = { ...settings, ...patch };
      void compare();
    },
    show(which) {
      rows = which;
      pages.reset();
      changed();
    },
    close() {
      shown = false;
      forget();
    },
  };
}
