/** The completions of a session as `streamscope rebuild` prints them, with line breaks for people. */
import { rebuiltCompletions } from '../chat/rebuilt.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Exporter } from './exporter.ts';
import { completionsOf } from './fold-entries.ts';

export function createCompletionJsonExporter(byteText: ByteText): Exporter {
  return {
    id: 'completion-json',
    label: 'Completion as JSON',
    note: 'The rebuilt answers with tool calls, usage and findings.',
    extension: 'json',
    async *encode(source) {
      const completions = await completionsOf(source, byteText, source.summary.outcome === 'live');
      yield '[';
      for (const [at, rebuilt] of rebuiltCompletions(completions).entries()) {
        const text = JSON.stringify(rebuilt, null, 2);
        yield `${at === 0 ? '' : ','}\n${text.replaceAll(/^/gm, '  ')}`;
      }
      yield completions.length === 0 ? ']\n' : '\n]\n';
    },
  };
}
