/** What the filter bar asks for: kinds that are hidden, and a text (see query.ts). */
import type { EntryKind } from '../session/entry.ts';

export interface RowFilter {
  readonly hiddenKinds: readonly EntryKind[];
  /** "" matches everything. */
  readonly text: string;
  /** What is looked for among the rows that are left: they have to match this as well. */
  readonly find?: string;
}
