/** What changed from one JSON text to the next: objects by key, arrays by position. Pure. */
import type { JsonDocument } from './json-document.ts';

export interface JsonDifference {
  /** Nodes of the new document that were not there, or not in this form. */
  readonly added: ReadonlySet<number>;
  /** Scalars that changed, with what they were. */
  readonly changed: ReadonlyMap<number, string>;
  /** Containers of the new document with a difference somewhere inside. */
  readonly inside: ReadonlySet<number>;
  /** By container of the new document: nodes of the old one that are gone. */
  readonly gone: ReadonlyMap<number, readonly number[]>;
  readonly count: number;
}

export function jsonDifference(before: JsonDocument, after: JsonDocument): JsonDifference {
  const added = new Set<number>();
  const changed = new Map<number, string>();
  const inside = new Set<number>();
  const gone = new Map<number, number[]>();
  let count = 0;

  function differs(at: number): void {
    count += 1;
    for (let node = after.parent(at); node >= 0 && !inside.has(node); node = after.parent(node))
      inside.add(node);
  }

  const pairs: [number, number][] = [[0, 0]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [old, now] = pair;
    const kind = after.kind(now);
    if (before.kind(old) !== kind) {
      changed.set(now, before.source(old));
      differs(now);
    } else if (kind !== 'object' && kind !== 'array') {
      if (before.source(old) === after.source(now)) continue;
      changed.set(now, before.source(old));
      differs(now);
    } else {
      const left = childrenByName(before, old);
      for (const [name, child] of childrenByName(after, now)) {
        const match = left.get(name);
        left.delete(name);
        if (match === undefined) {
          added.add(child);
          differs(child);
        } else pairs.push([match, child]);
      }
      if (left.size === 0) continue;
      gone.set(now, [...left.values()]);
      count += left.size - 1;
      inside.add(now);
      differs(now);
    }
  }
  return { added, changed, inside, gone, count };
}

function childrenByName(json: JsonDocument, parent: number): Map<string, number> {
  const children = new Map<string, number>();
  for (let node = parent + 1; node < json.next(parent); node = json.next(node)) {
    const key = json.key(node);
    // Of keys that are repeated the last one counts, as everywhere in JSON.
    children.set(key === null ? `[${json.position(node)}]` : `.${key}`, node);
  }
  return children;
}
