/** How the user wants a stream to be read: found by itself, as one dialect, or as plain JSON with a path. */
import { createJsonPathDialect, insisted, JSON_PATH } from '../../../shared/chat/json-path-dialect.ts';
import { parseJsonPath } from '../../../shared/chat/json-path.ts';
import { createDialects, type AnyDialect } from '../../../shared/chat/registry.ts';

export interface DialectChoice {
  /** "" for what is found by itself, the id of a dialect, or `JSON_PATH`. */
  readonly id: string;
  readonly path: string;
  readonly isCumulative: boolean;
}

export const AUTO: DialectChoice = { id: '', path: '', isCumulative: false };

/** The dialects to ask; null for all of them, which is also what a path that cannot be read comes to. */
export function chosenDialects({ id, path, isCumulative }: DialectChoice): readonly AnyDialect[] | null {
  if (id === JSON_PATH) {
    const steps = parseJsonPath(path);
    return steps && [insisted(createJsonPathDialect(steps, isCumulative))];
  }
  const dialect = createDialects().get(id);
  return dialect ? [insisted(dialect)] : null;
}
