/** What a format must offer to be exported to. It sees a reader, never a path. */
import type { SeqNo } from '../base/clock.ts';
import type { SessionSummary } from '../session/entry.ts';
import type { SessionReader } from '../session/log.ts';

export interface ExportRange {
  readonly from: SeqNo;
  /** Exclusive. */
  readonly to: SeqNo;
}

export interface ExportSource {
  readonly summary: SessionSummary;
  readonly reader: SessionReader;
  readonly range: ExportRange;
  /** Called now and then with the number of entries done. */
  readonly onProgress: (done: number) => void;
}

export interface Exporter {
  readonly id: string;
  readonly label: string;
  /** One sentence for the menu. */
  readonly note: string;
  /** Without the dot. */
  readonly extension: string;
  encode(source: ExportSource): AsyncIterable<string | Uint8Array>;
}
