/** What the user chose in one session: an entry, its place in the list, a range, and whether the list follows its tail. */
import type { ExportRange } from '../../shared/export/exporter.ts';
import type { Client, EntryDetail } from '../../shared/ipc/contract.ts';
import type { Row } from '../../shared/session/row.ts';

export interface Selection {
  readonly seq: number | null;
  readonly index: number | null;
  readonly range: ExportRange | null;
  readonly detail: EntryDetail | null;
  readonly detailError: string | null;
  following: boolean;
  select(seq: number | null): void;
  selectRow(index: number, extend?: boolean): void;
  selectRange(range: ExportRange | null): void;
  loadMore(maxBytes: number): void;
  /** Positions became void: finds the selected entry's place again. */
  relocate(): void;
  /** Rows arrived: completes a selection by position that had to wait for its row. */
  settle(): void;
  dispose(): void;
}

export interface SelectionDeps {
  readonly client: Client;
  readonly sessionId: string;
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowOfEntry: (seq: number) => Promise<number>;
  readonly initialSeq: number | null;
  readonly following: boolean;
  readonly detailBytes: number;
}

export function createSelection(deps: SelectionDeps): Selection {
  const { client, sessionId, rowAt, rowOfEntry, detailBytes } = deps;
  let seq = $state<number | null>(null);
  let index = $state<number | null>(null);
  let range = $state.raw<ExportRange | null>(null);
  let detail = $state.raw<EntryDetail | null>(null);
  let detailError = $state<string | null>(null);
  let following = $state(deps.following);
  /** Where a range began. */
  let anchor: number | null = null;
  /** A row chosen by position whose page is still on its way. */
  let waiting: { readonly index: number; readonly extend: boolean } | null = null;
  let asked = 0;
  let located = 0;

  async function fetchDetail(of: number, maxBytes: number): Promise<void> {
    const question = ++asked;
    try {
      const answer = await client.call('session:entry', { sessionId, seq: of, maxBytes });
      if (question !== asked) return;
      detail = answer;
      detailError = null;
    } catch (error) {
      if (question !== asked) return;
      detail = null;
      detailError = error instanceof Error ? error.message : String(error);
    }
  }

  async function locate(of: number): Promise<void> {
    const question = ++located;
    try {
      const found = await rowOfEntry(of);
      if (question === located) index = found;
    } catch {
      // The view was closed meanwhile; the next one asks again.
    }
  }

  function choose(next: number | null): void {
    if (next === seq) return;
    seq = next;
    detailError = null;
    if (next === null) {
      asked += 1;
      detail = null;
    } else void fetchDetail(next, detailBytes);
  }

  function chooseRow(row: Row, extend: boolean): void {
    located += 1;
    index = row.index;
    if (extend && anchor !== null && anchor !== row.seq)
      range = { from: Math.min(anchor, row.seq), to: Math.max(anchor, row.seq) + 1 };
    else {
      range = null;
      if (!extend || anchor === null) anchor = row.seq;
    }
    choose(row.seq);
  }

  const selection: Selection = {
    get seq() {
      return seq;
    },
    get index() {
      return index;
    },
    get range() {
      return range;
    },
    get detail() {
      return detail;
    },
    get detailError() {
      return detailError;
    },
    get following() {
      return following;
    },
    set following(on) {
      following = on;
    },
    select(next) {
      waiting = null;
      range = null;
      anchor = next;
      choose(next);
      if (next === null) {
        located += 1;
        index = null;
      } else {
        following = false;
        void locate(next);
      }
    },
    selectRow(at, extend = false) {
      following = false;
      const row = rowAt(at);
      waiting = row ? null : { index: at, extend };
      if (row) chooseRow(row, extend);
      else index = at;
    },
    selectRange(next) {
      range = next;
    },
    loadMore(maxBytes) {
      if (seq !== null) void fetchDetail(seq, maxBytes);
    },
    relocate() {
      waiting = null;
      index = null;
      if (seq !== null) void locate(seq);
    },
    settle() {
      if (!waiting) return;
      const row = rowAt(waiting.index);
      if (!row) return;
      const { extend } = waiting;
      waiting = null;
      chooseRow(row, extend);
    },
    dispose() {
      asked += 1;
      located += 1;
      waiting = null;
    },
  };
  if (deps.initialSeq !== null) selection.select(deps.initialSeq);
  return selection;
}
