/**
 * Finding in the rows that are listed: what is looked for, how many rows have it, and the way from one to the next. Main looks; the
 * rows stay as they are. Goes on while the session grows, as the filter does.
 */
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import { parseQuery } from '../../shared/filter/query.ts';
import type { Client, ViewProgress } from '../../shared/ipc/contract.ts';
import { createTextRanges, type TextRanges } from './text-ranges.svelte.ts';

export interface Find extends Pick<TextRanges, 'rangesOf' | 'version'> {
  /** Whether the bar is there. */
  readonly open: boolean;
  readonly text: string;
  /** Matches so far; `index` is the place of the one that was gone to, from 0. */
  readonly count: number;
  readonly index: number | null;
  readonly scanned: number;
  readonly total: number;
  /** Why nothing more is found, for people. */
  readonly failure: string | null;
  /** Shows the bar; with a text that is looked for from now on. */
  show(text?: string): void;
  hide(): void;
  setText(text: string): void;
  /** Goes to the next (1) or previous (-1) match from the selected row, and round at the end. */
  go(step: 1 | -1): Promise<void>;
  /** Goes to this entry, which has it. */
  goTo(seq: number): void;
  /** Looks no further. */
  stop(): void;
  /** Which of the rows between two entries have it; kept for `isFound`. */
  look(fromSeq: number, toSeq: number): void;
  isFound(seq: number): boolean;
  dispose(): void;
}

export interface FindDeps {
  readonly client: Client;
  readonly sessionId: string;
  readonly filter: () => RowFilter;
  /** Calls back when something of the session changed. Returns the function that ends it. */
  readonly onChange: (listener: () => void) => () => void;
  readonly selectedSeq: () => number | null;
  /** Selects an entry and brings it into view. */
  readonly reveal: (seq: number) => void;
}

/** Rows of one look at what is in view. */
const MOST_LOOKED_AT = 2000;

export function createFind({ client, sessionId, filter, onChange, selectedSeq, reveal }: FindDeps): Find {
  let open = $state(false);
  let text = $state('');
  let progress = $state.raw<ViewProgress | null>(null);
  let failure = $state<string | null>(null);
  let found = $state.raw<{ readonly seq: number; readonly index: number } | null>(null);
  let marked = $state.raw<ReadonlySet<number>>(new Set());
  let looked: readonly [number, number] = [0, 0];
  let usedFilter = filter();
  let asked = 0;
  /** Progress that overtook the answer to the question that it is about. */
  let early: ViewProgress[] = [];
  let opening = false;
  /** A step that waits for a match to be found. */
  let waiting: (1 | -1) | null = null;
  /** An entry that was gone to, of which the place among the matches is not known yet. */
  let sought: number | null = null;
  const ranges = createTextRanges(client);

  const ends = [
    client.on('view:progress', (next) => {
      if (next.viewId !== progress?.viewId) {
        if (opening) early.push(next);
        return;
      }
      progress = next;
      failure = next.failure;
      refreshMarks();
      if (waiting !== null && (next.count > 0 || next.scanned === next.total)) void go(waiting);
    }),
    onChange(() => {
      if (filter() === usedFilter) return;
      usedFilter = filter();
      if (open) void begin();
    }),
  ];

  function closeView(): void {
    asked += 1;
    waiting = null;
    opening = false;
    early = [];
    const old = progress?.viewId;
    progress = null;
    failure = null;
    found = null;
    marked = new Set();
    if (old !== undefined) client.call('view:close', { viewId: old }).catch(() => undefined);
  }

  async function begin(): Promise<void> {
    closeView();
    ranges.setQuery(open ? text : '');
    const question = asked;
    if (!open || text.trim() === '' || !parseQuery(text).ok) return;
    opening = true;
    try {
      const opened = await client.call('view:open', { sessionId, filter: { ...filter(), find: text } });
      if (question !== asked) {
        client.call('view:close', { viewId: opened.viewId }).catch(() => undefined);
        return;
      }
      progress = early.findLast(({ viewId }) => viewId === opened.viewId) ?? opened;
      failure = progress.failure;
      opening = false;
      early = [];
      refreshMarks();
      if (waiting !== null) void go(waiting);
    } catch (error) {
      if (question === asked) failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** The view may be closed while it is asked; then the next one is gone through. */
  function go(step: 1 | -1): Promise<void> {
    return goThrough(step).catch(() => undefined);
  }

  async function goThrough(step: 1 | -1): Promise<void> {
    waiting = null;
    const view = progress;
    if (!view) {
      if (open && text.trim() !== '') waiting = step;
      return;
    }
    const from = selectedSeq();
    const { viewId } = view;
    const next = from === null ? (step > 0 ? 0 : Number.MAX_SAFE_INTEGER) : step > 0 ? from + 1 : from;
    const row = await client.call('session:row-of-entry', { sessionId, viewId, seq: next });
    if (progress?.viewId !== viewId) return;
    const { count, scanned, total } = progress;
    let index = step > 0 ? row : row - 1;
    if (index >= count && scanned < total && progress.failure === null) {
      waiting = step;
      return;
    }
    if (count === 0) return;
    if (index >= count) index = 0;
    if (index < 0) index = count - 1;
    const page = await client.call('session:rows', { sessionId, viewId, from: index, count: 1 });
    const seq = page.seq[0];
    if (seq === undefined || progress?.viewId !== viewId) return;
    found = { seq, index };
    reveal(seq);
  }

  async function place(): Promise<void> {
    const view = progress;
    const seq = sought;
    if (!view || seq === null || view.scanned <= seq) return;
    sought = null;
    const { viewId } = view;
    const index = await client.call('session:row-of-entry', { sessionId, viewId, seq });
    if (progress?.viewId === viewId) found = { seq, index };
  }

  function refreshMarks(): void {
    place().catch(() => undefined);
    const [from, to] = looked;
    const viewId = progress?.viewId;
    if (viewId === undefined || to <= from) return;
    client
      .call('view:within', { viewId, from, to })
      .then((seqs) => {
        if (progress?.viewId === viewId) marked = new Set(seqs);
      })
      .catch(() => undefined);
  }

  return {
    get open() {
      return open;
    },
    get text() {
      return text;
    },
    get count() {
      return progress?.count ?? 0;
    },
    get index() {
      return found !== null && found.seq === selectedSeq() ? found.index : null;
    },
    get scanned() {
      return progress?.scanned ?? 0;
    },
    get total() {
      return progress?.total ?? 0;
    },
    get failure() {
      return failure;
    },
    show(next) {
      if (next !== undefined) text = next;
      if (open && next === undefined) return;
      open = true;
      void begin();
    },
    hide() {
      open = false;
      void begin();
    },
    setText(next) {
      if (next === text) return;
      text = next;
      void begin();
    },
    go,
    goTo(seq) {
      sought = seq;
      reveal(seq);
      place().catch(() => undefined);
    },
    stop() {
      if (progress) client.call('view:stop', { viewId: progress.viewId }).catch(() => undefined);
    },
    look(fromSeq, toSeq) {
      const to = Math.min(toSeq, fromSeq + MOST_LOOKED_AT);
      if (fromSeq === looked[0] && to === looked[1]) return;
      looked = [fromSeq, to];
      refreshMarks();
    },
    isFound: (seq) => marked.has(seq),
    rangesOf: ranges.rangesOf,
    get version() {
      return ranges.version;
    },
    dispose() {
      open = false;
      for (const end of ends) end();
      closeView();
    },
  };
}
