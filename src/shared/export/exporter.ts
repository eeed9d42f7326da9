/** What a format must offer to be exported to, and what it is given. It sees entries, never a log, a path or a secret. */
import type { SeqNo } from '../base/clock.ts';
import type { NumberedJournalEntry, SessionSummary } from '../session/entry.ts';
import type { DecodedEntry } from './decoded-entries.ts';

export interface ExportRange {
  readonly from: SeqNo;
  /** Exclusive. */
  readonly to: SeqNo;
}

/** Made by `createExportSource`; with secrets taken out unless the user wants them in. */
export interface ExportSource {
  readonly summary: SessionSummary;
  readonly range: ExportRange;
  /** Whether every entry of the session is in it. */
  readonly isWhole: boolean;
  /** The entries that are exported, in order and in slices of bounded size. May be asked for several times, also for a part. */
  entries(part?: ExportRange): AsyncIterable<readonly DecodedEntry[]>;
  /** Body bytes of what is exported, as they came. A range that ends with the log includes what is in no frame yet. */
  wire(): AsyncIterable<Uint8Array>;
  /** What happened to the connection, all of it: which attempt an event belongs to is known without its journal being exported. */
  journal(): Promise<readonly NumberedJournalEntry[]>;
  /** For text that was put together from several events: a secret may have come in pieces. */
  clean(text: string): string;
  /** Called now and then with the number of entries done, out of those in the range. */
  readonly onProgress: (done: number) => void;
}

export interface Exporter {
  readonly id: string;
  readonly label: string;
  /** One sentence for the menu. */
  readonly note: string;
  /** Without the dot. */
  readonly extension: string;
  /** It takes the session as it is stored: all of it, and nothing is taken out. Default false. */
  readonly asStored?: true;
  encode(source: ExportSource): AsyncIterable<string | Uint8Array>;
}
