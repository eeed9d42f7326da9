/** The paths that lead somewhere in the JSON of some events, as queries write them, for completion. */
import { jsonPathText, type JsonStep } from './json-query.ts';

const MAX_DEPTH = 8;
const MAX_PATHS = 300;
/** Members of one object: data used as names would else be all there is. */
const MAX_MEMBERS = 40;

/** Those found in most events first. Of a list only the first item counts. Texts that are no JSON have none. */
export function jsonPathsIn(datas: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const data of datas) {
    try {
      collect(JSON.parse(data), [], counts);
    } catch {
      // Words, or the beginning of something longer.
    }
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([path]) => path);
}

function collect(value: unknown, path: readonly JsonStep[], counts: Map<string, number>): void {
  if (path.length > 0) {
    const text = `json${jsonPathText(path)}`;
    if (!counts.has(text) && counts.size >= MAX_PATHS) return;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (path.length >= MAX_DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    if (value.length > 0) collect(value[0], [...path, { index: 0 }], counts);
    return;
  }
  for (const [key, member] of Object.entries(value).slice(0, MAX_MEMBERS))
    collect(member, [...path, { key }], counts);
}
