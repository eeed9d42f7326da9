/** One document with the session and all its entries. It is written as it is read, so its size does not matter. */
import type { ByteText } from '../sse/byte-text.ts';
import { entryJson } from './entry-json.ts';
import type { Exporter } from './exporter.ts';

/** Raised when a key changes its meaning or goes; a new key does not raise it. */
export const JSON_FORMAT_VERSION = 1;

export function createJsonExporter(byteText: ByteText): Exporter {
  return {
    id: 'json',
    label: 'JSON',
    note: 'One document with the session and all its entries.',
    extension: 'json',
    async *encode({ summary, entries: exported, onProgress }) {
      const head = { format: 'streamscope-session', version: JSON_FORMAT_VERSION, session: summary };
      yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
      let done = 0;
      for await (const entries of exported()) {
        const lines = entries.map((entry) => JSON.stringify(entryJson(entry, summary.startedAt, byteText)));
        yield `${done === 0 ? '' : ','}\n${lines.join(',\n')}`;
        done += entries.length;
        onProgress(done);
      }
      yield '\n]}\n';
    },
  };
}
