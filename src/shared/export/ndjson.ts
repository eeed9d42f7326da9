/** One entry a line. */
import type { EpochMs } from '../base/clock.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { DecodedEntry } from './decoded-entries.ts';
import { entryJson } from './entry-json.ts';
import type { Exporter } from './exporter.ts';

/** The entry as one line, line end included; the same in an export and in what `streamscope record` prints. */
export function ndjsonLine(entry: DecodedEntry, startedAt: EpochMs, byteText: ByteText): string {
  return `${JSON.stringify(entryJson(entry, startedAt, byteText))}\n`;
}

export function createNdjsonExporter(byteText: ByteText): Exporter {
  return {
    id: 'ndjson',
    label: 'NDJSON',
    note: 'One entry a line: events, comments and what happened to the connection.',
    extension: 'ndjson',
    async *encode({ summary, entries: exported, onProgress }) {
      let done = 0;
      for await (const entries of exported()) {
        yield entries.map((entry) => ndjsonLine(entry, summary.startedAt, byteText)).join('');
        done += entries.length;
        onProgress(done);
      }
    },
  };
}
