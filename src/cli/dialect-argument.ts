/** `--dialect ID` and `--path P`: which dialect a stream is read as, where the user overrules what would be found. */
import { createFold, type CompletionFold } from '../shared/chat/fold.ts';
import { createJsonPathDialect, insisted, JSON_PATH } from '../shared/chat/json-path-dialect.ts';
import { parseJsonPath } from '../shared/chat/json-path.ts';
import { createDialects } from '../shared/chat/registry.ts';
import { UsageError } from './command.ts';

/** A fold that asks only that dialect; all of them when neither is given. Throws a UsageError that names what there is. */
export function foldOfDialect(id: string | undefined, path: string | undefined): CompletionFold {
  const dialects = createDialects();
  if (path !== undefined) {
    if (id !== undefined && id !== JSON_PATH)
      throw new UsageError(`--path is for --dialect ${JSON_PATH} alone.`);
    const steps = parseJsonPath(path);
    if (!steps) throw new UsageError(`"${path}" is no path. Write names and indexes, as in choices[0].text.`);
    return createFold([insisted(createJsonPathDialect(steps, false))]);
  }
  if (id === undefined) return createFold();
  if (id === JSON_PATH) throw new UsageError(`--dialect ${JSON_PATH} needs --path.`);
  const dialect = dialects.get(id);
  if (dialect) return createFold([insisted(dialect)]);
  const known = [...dialects.all().map((one) => one.id), JSON_PATH].join(', ');
  throw new UsageError(`"${id}" is no dialect. There are: ${known}.`);
}
