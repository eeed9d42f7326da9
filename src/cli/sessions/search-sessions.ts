/** `streamscope sessions search QUERY`: what matches in all sessions, or in one, in the order of the list. */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { onlyPositional, readArguments, readCount } from '../arguments.ts';
import { createBatch } from '../batch.ts';
import type { Command } from '../command.ts';
import type { OptionTable } from '../declaration.ts';
import { tame } from '../ink.ts';
import { queryHits, readQuery } from '../query-hits.ts';
import { JSON_OPTION, LIBRARY_OPTIONS, openLibrary } from './library.ts';

const SEARCH_OPTIONS = {
  session: { type: 'string', value: 'SESSION', help: 'In this session alone.' },
  limit: { type: 'string', value: 'N', help: 'At most N of each session; default 20.' },
  ...JSON_OPTION,
  ...LIBRARY_OPTIONS,
} as const satisfies OptionTable;

const USUAL_LIMIT = 20;

export function searchCommand(byteText: ByteText): Command {
  return {
    name: 'search',
    summary: 'Find entries that match a query, in all sessions.',
    about:
      'Prints what matches, with the session and the number of the entry. The query is\nthat of the filter bar; docs/query-language.md has the language.',
    operands: [{ name: 'QUERY', help: 'Such as "type:goal Arsenal".' }],
    options: SEARCH_OPTIONS,
    exitCodes: [{ code: 1, means: 'nothing found, or failure' }],
    async run(args, { output }) {
      const { values, positionals } = readArguments(args, SEARCH_OPTIONS);
      const query = readQuery(onlyPositional(positionals, 'QUERY'), 'QUERY');
      const limit = readCount(values.limit, '--limit') ?? USUAL_LIMIT;
      const library = openLibrary(values.library, byteText);
      const sessions =
        values.session === undefined ? await library.store.list() : [await library.find(values.session)];
      const batch = createBatch(output);
      let found = 0;
      for (const { id } of sessions) {
        if (output.closed) break;
        const reader = await library.store.open(id);
        const annotations = await library.annotations.open(id);
        let left = limit;
        try {
          for await (const hits of queryHits(query, reader, annotations, byteText)) {
            for (const { seq, facts } of hits.slice(0, left)) {
              const { kind, type, data, atMs } = facts;
              await batch.write(
                values.json
                  ? `${JSON.stringify({ session: id, seq, kind, type, atMs, data })}\n`
                  : `${id} #${seq}  ${tame(`${type || kind}  ${data}`)}\n`,
              );
            }
            found += Math.min(left, hits.length);
            left -= Math.min(left, hits.length);
            if (left === 0 || output.closed) break;
          }
        } finally {
          await library.store.release(id);
        }
      }
      await batch.flush();
      return found === 0 ? 1 : 0;
    },
  };
}
