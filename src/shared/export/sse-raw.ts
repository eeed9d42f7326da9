/** The bytes of a range as they came, after Content-Encoding was undone: nothing is decoded, nothing is added. */
import type { Exporter } from './exporter.ts';

export function createSseExporter(): Exporter {
  return {
    id: 'sse',
    label: 'Raw stream (.sse)',
    note: 'The bytes exactly as they came, whatever the stream was, to be replayed or fed to another parser.',
    extension: 'sse',
    async *encode({ summary, range, wire, onProgress }) {
      const entries = range.to - range.from;
      const total = Math.max(1, summary.counts.bodyBytes);
      let bytes = 0;
      for await (const part of wire()) {
        yield part;
        bytes += part.length;
        // How many bytes a range has is known at its end only.
        onProgress(Math.min(entries, Math.round((entries * bytes) / total)));
      }
      onProgress(entries);
    },
  };
}
