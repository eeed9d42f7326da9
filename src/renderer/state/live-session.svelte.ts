/**
 * The only bridge between a session's mirror and Svelte: tells that something changed, at most once a frame, and holds what
 * the user chose (selection, following). Captured data never becomes reactive: views read the rows they are about to draw.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { ConnectionStatus } from '../../shared/connection/types.ts';
import type { ExportRange } from '../../shared/export/exporter.ts';
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import type { Client, EntryDetail } from '../../shared/ipc/contract.ts';
import type { NumberedJournalEntry, SessionCounts, SessionSummary } from '../../shared/session/entry.ts';
import type { Row, RowPage } from '../../shared/session/row.ts';
import type { TimelineRequest, TimelineSlice } from '../../shared/session/timeline-slice.ts';
import { createSessionMirror, type ViewState } from '../mirror/session-mirror.ts';
import { createAnnotations, type AnnotationNotices, type Annotations } from './annotations.svelte.ts';
import type { Vocabulary } from '../../shared/filter/query-completion.ts';
import { createFind, type Find } from './find.svelte.ts';
import { createFrameGate } from './frame-gate.ts';
import { createJournalCache } from './journal-cache.ts';
import { createVocabulary } from './query-vocabulary.svelte.ts';
import { createSelection } from './selection.svelte.ts';

export interface LiveSession {
  readonly sessionId: string;
  /** As main told it last; `counts` and `status` are newer while it is live. Reactive. */
  readonly summary: SessionSummary;
  readonly counts: SessionCounts;
  /** Arrival of the newest byte or entry, session clock. */
  readonly lastAtMs: number;
  /** null: a session of an earlier run. */
  readonly status: ConnectionStatus | null;
  /** The rows that are listed and the filter that chose them. */
  readonly view: ViewState;
  /** Rises whenever row positions become void (another filter). */
  readonly viewNumber: number;
  /** Why rows could not be read; null when all is well. */
  readonly error: string | null;
  /** The row at `index` of the view; undefined while it is on its way, and a change follows when it came. */
  rowAt(index: number): Row | undefined;
  setFilter(filter: RowFilter): void;
  /** The filter looks no further; what was found stays. */
  stopFilter(): void;
  /** Finding in the rows that are listed. */
  readonly find: Find;
  /** The row that is to be brought into view, another object each time; null: none was asked for. */
  readonly revealed: { readonly index: number } | null;
  /** What completion of queries offers; fetched when first asked for. Reactive. */
  vocabulary(): Vocabulary;
  rowOfEntry(seq: number): Promise<number>;

  readonly selectedSeq: number | null;
  /** Position of the selected entry in the view; null while it is not known or nothing is selected. */
  readonly selectedIndex: number | null;
  /** Entries chosen with Shift, for export; null when it is fewer than two. */
  readonly selectedRange: ExportRange | null;
  /** Selects an entry from anywhere (a word of a completion, the timeline). Stops following. */
  select(seq: number | null): void;
  /** Selects by position in the view; `extend` stretches the range from where it began. Stops following. */
  selectRow(index: number, extend?: boolean): void;
  /** Chooses a range without changing the selected entry (the timeline's Shift-drag). */
  selectRange(range: ExportRange | null): void;
  /** Bookmarks and notes. */
  readonly annotations: Annotations;
  /** Whether the list stays at the newest row. */
  following: boolean;

  /** The selected entry in full; null while it is on its way or nothing is selected. */
  readonly detail: EntryDetail | null;
  readonly detailError: string | null;
  /** Fetches the selected entry again with more of its bytes. */
  loadMore(maxBytes: number): void;
  entry(seq: number, maxBytes: number): Promise<EntryDetail>;
  wire(offset: number, length: number): Promise<Uint8Array>;
  /** Rows by the numbers of their entries, whatever the filter. */
  allRows(from: number, count: number): Promise<RowPage>;
  timeline(request: TimelineRequest): Promise<TimelineSlice>;
  /** Attempts, heads, ends, decisions, notices; fetched on first use and kept current. Reactive. */
  readonly journal: readonly NumberedJournalEntry[];
  dispose(): void;
}

/** Enough for nearly every event, and nothing for IPC; larger ones are shown cut, with a way to the rest. */
export const DETAIL_BYTES = 256 * 1024;

export interface LiveSessionOptions {
  readonly filter?: RowFilter;
  readonly selectedSeq?: number | null;
  /** Where it is said that something was not kept, and undone. */
  readonly notices?: AnnotationNotices;
}

export function createLiveSession(
  client: Client,
  initialSummary: SessionSummary,
  options: LiveSessionOptions = {},
): LiveSession {
  const sessionId = initialSummary.id;
  const mirror = createSessionMirror(client, sessionId, initialSummary.counts);
  if (options.filter) mirror.setFilter(options.filter);
  let summary = $state.raw(initialSummary);
  let disposed = false;

  const subscribe = createSubscriber((update) => {
    const gate = createFrameGate(update);
    const ends = [mirror.onChange(gate.touch), journal.onChange(gate.touch)];
    return () => {
      for (const end of ends) end();
      gate.dispose();
    };
  });

  const annotations = createAnnotations(client, sessionId, options.notices ?? null);
  const journal = createJournalCache(() => client.call('session:journal', { sessionId }));
  const selection = createSelection({
    client,
    sessionId,
    rowAt: mirror.rowAt,
    rowOfEntry: mirror.rowOfEntry,
    initialSeq: options.selectedSeq ?? null,
    following: options.selectedSeq == null && initialSummary.outcome === 'live',
    detailBytes: DETAIL_BYTES,
  });

  const vocabulary = createVocabulary(client, sessionId);
  let revealed = $state.raw<{ readonly index: number } | null>(null);
  async function reveal(seq: number): Promise<void> {
    selection.select(seq);
    const index = await mirror.rowOfEntry(seq);
    if (selection.seq === seq) revealed = { index };
  }
  const find = createFind({
    client,
    sessionId,
    filter: () => mirror.view.filter,
    onChange: mirror.onChange,
    selectedSeq: () => selection.seq,
    reveal: (seq) => void reveal(seq).catch(() => undefined),
  });

  let seenView = mirror.viewNumber;
  let seenAttempts = -1;
  let seenStatus: ConnectionStatus | null = null;
  const ends = [
    mirror.onChange(() => {
      if (mirror.viewNumber !== seenView) {
        seenView = mirror.viewNumber;
        selection.relocate();
      }
      selection.settle();
      if (mirror.counts.attempts !== seenAttempts || mirror.status !== seenStatus) {
        seenAttempts = mirror.counts.attempts;
        seenStatus = mirror.status;
        journal.refresh();
      }
    }),
    client.on('session:list-changed', () => {
      void refreshSummary();
    }),
  ];

  async function refreshSummary(): Promise<void> {
    try {
      const next = await client.call('session:summary', { sessionId });
      if (disposed) return;
      summary = next;
      journal.refresh();
    } catch {
      // It was deleted: whoever shows it closes it, and until then the last summary stands.
    }
  }

  return {
    sessionId,
    get summary() {
      return summary;
    },
    get counts() {
      subscribe();
      return mirror.counts;
    },
    get lastAtMs() {
      subscribe();
      return mirror.lastAtMs;
    },
    get status() {
      subscribe();
      return mirror.status;
    },
    get view() {
      subscribe();
      return mirror.view;
    },
    get viewNumber() {
      subscribe();
      return mirror.viewNumber;
    },
    get error() {
      subscribe();
      return mirror.error;
    },
    rowAt(index) {
      subscribe();
      return mirror.rowAt(index);
    },
    setFilter: mirror.setFilter,
    stopFilter: mirror.stopFilter,
    find,
    get revealed() {
      return revealed;
    },
    vocabulary,
    rowOfEntry: mirror.rowOfEntry,
    annotations,
    get selectedSeq() {
      return selection.seq;
    },
    get selectedIndex() {
      return selection.index;
    },
    get selectedRange() {
      return selection.range;
    },
    select: selection.select,
    selectRow: selection.selectRow,
    selectRange: selection.selectRange,
    get following() {
      return selection.following;
    },
    set following(on) {
      selection.following = on;
    },
    get detail() {
      return selection.detail;
    },
    get detailError() {
      return selection.detailError;
    },
    loadMore: selection.loadMore,
    entry: (seq, maxBytes) => client.call('session:entry', { sessionId, seq, maxBytes }),
    wire: (offset, length) => client.call('session:wire', { sessionId, offset, length }),
    allRows: (from, count) => client.call('session:rows', { sessionId, viewId: null, from, count }),
    timeline: (request) => client.call('session:timeline', { sessionId, ...request }),
    get journal() {
      subscribe();
      return journal.entries();
    },
    dispose() {
      disposed = true;
      for (const end of ends) end();
      find.dispose();
      selection.dispose();
      annotations.dispose();
      journal.dispose();
      mirror.dispose();
    },
  };
}
