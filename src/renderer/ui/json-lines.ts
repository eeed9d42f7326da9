/** Which nodes of a JSON tree stand on a line of their own, given what is folded. Pure. */
import type { JsonDifference } from './json-difference.ts';
import type { JsonDocument } from './json-document.ts';

/** A line shows a node, or one that was there in the event before and is gone. */
export interface JsonLine {
  readonly node: number;
  readonly gone: boolean;
  readonly depth: number;
}

/** Documents up to this many nodes open unfolded; larger ones show two levels. */
const OPEN_NODES = 1500;
const OPEN_DEPTH = 2;

export function isContainer(json: JsonDocument, node: number): boolean {
  const kind = json.kind(node);
  return (kind === 'object' || kind === 'array') && json.size(node) > 0;
}

/** Whether a node is unfolded unless the user said otherwise. */
export function opensAtFirst(json: JsonDocument, node: number): boolean {
  return json.count <= OPEN_NODES || json.depth(node) < OPEN_DEPTH;
}

/** `toggled`: nodes that the user folded or unfolded, against what they were at first. */
export function isOpen(json: JsonDocument, node: number, toggled: ReadonlySet<number>): boolean {
  return opensAtFirst(json, node) !== toggled.has(node);
}

export function linesOf(
  json: JsonDocument,
  toggled: ReadonlySet<number>,
  difference: JsonDifference | null = null,
): JsonLine[] {
  const lines: JsonLine[] = [];
  let node = 0;
  const addGone = (parent: number): void => {
    for (const gone of difference?.gone.get(parent) ?? [])
      lines.push({ node: gone, gone: true, depth: json.depth(parent) + 1 });
  };
  /** Open containers around the line in hand that have something gone to show at their end. */
  const waiting: number[] = [];
  while (node < json.count) {
    while (waiting.length > 0 && node >= json.next(waiting.at(-1) ?? 0)) addGone(waiting.pop() ?? 0);
    lines.push({ node, gone: false, depth: json.depth(node) });
    if (!isContainer(json, node) || isOpen(json, node, toggled)) {
      if (difference?.gone.has(node)) waiting.push(node);
      node += 1;
    } else node = json.next(node);
  }
  while (waiting.length > 0) addGone(waiting.pop() ?? 0);
  return lines;
}
