/** The completions and exchanges of a session as `streamscope rebuild` prints them, with line breaks for people. */
import type { ByteText } from '../sse/byte-text.ts';
import type { Exporter } from './exporter.ts';
import { rebuiltFromSource } from './fold-entries.ts';
import { rebuiltList } from './rebuilt-list.ts';

export function createCompletionJsonExporter(byteText: ByteText): Exporter {
  return {
    id: 'completion-json',
    label: 'Completion as JSON',
    note: 'The rebuilt answers and exchanges with tool calls, usage, times and findings.',
    extension: 'json',
    async *encode(source) {
      const values = rebuiltList(await rebuiltFromSource(source, byteText));
      yield '[';
      for (const [at, value] of values.entries()) {
        const text = source.clean(JSON.stringify(value, null, 2));
        yield `${at === 0 ? '' : ','}\n${text.replaceAll(/^/gm, '  ')}`;
      }
      yield values.length === 0 ? ']\n' : '\n]\n';
    },
  };
}
