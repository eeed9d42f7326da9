/**
 * JSON text as a tree over the text itself: a few integers a node, no copies. Numbers, escapes and repeated keys stay as they
 * were sent, which the values that JSON.parse makes do not. JSON.parse still says whether the text is JSON.
 */

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

export interface JsonDocument {
  readonly text: string;
  /** Nodes in the order of the text; node 0 is the root. */
  readonly count: number;
  kind(node: number): JsonKind;
  /** The node's own text, exactly. */
  source(node: number): string;
  /** Characters of the node's own text. */
  length(node: number): number;
  /** -1 for the root. */
  parent(node: number): number;
  depth(node: number): number;
  /** Number of children of an object or array. */
  size(node: number): number;
  /** The node after the last one inside this one. */
  next(node: number): number;
  /** The key in an object, as a value; null in an array and for the root. */
  key(node: number): string | null;
  /** Position among its siblings. */
  position(node: number): number;
}

const KINDS: readonly JsonKind[] = ['object', 'array', 'string', 'number', 'literal'];
const COLUMNS = 8;
const START = 0;
const END = 1;
const PARENT = 2;
const NEXT = 3;
const KEY = 4;
const SIZE = 5;
const POSITION = 6;
const DEPTH_AND_KIND = 7;

/** Reads `text`; throws the SyntaxError of JSON.parse when it is not JSON. */
export function readJson(text: string): JsonDocument {
  JSON.parse(text);
  const columns = scan(text);
  const cell = (node: number, column: number): number => columns[node * COLUMNS + column] ?? 0;
  return {
    text,
    count: columns.length / COLUMNS,
    kind: (node) => KINDS[cell(node, DEPTH_AND_KIND) & 7] ?? 'literal',
    source: (node) => text.slice(cell(node, START), cell(node, END)),
    length: (node) => cell(node, END) - cell(node, START),
    parent: (node) => cell(node, PARENT),
    depth: (node) => cell(node, DEPTH_AND_KIND) >> 3,
    size: (node) => cell(node, SIZE),
    next: (node) => cell(node, NEXT),
    position: (node) => cell(node, POSITION),
    key(node) {
      const start = cell(node, KEY);
      return start < 0 ? null : (JSON.parse(text.slice(start, stringEnd(text, start))) as string);
    },
  };
}

/** One pass over text that is known to be JSON. Depth is a loop, so no nesting is too deep. */
function scan(text: string): Int32Array {
  let columns = new Int32Array(COLUMNS * 64);
  let count = 0;
  let open = -1;
  let key = -1;
  let at = 0;

  function begin(kind: number): number {
    if ((count + 1) * COLUMNS > columns.length) {
      const grown = new Int32Array(columns.length * 2);
      grown.set(columns);
      columns = grown;
    }
    const base = count * COLUMNS;
    const parentBase = open * COLUMNS;
    columns[base + START] = at;
    columns[base + PARENT] = open;
    columns[base + KEY] = key;
    columns[base + POSITION] = open < 0 ? 0 : (columns[parentBase + SIZE] ?? 0);
    const depth = open < 0 ? 0 : ((columns[parentBase + DEPTH_AND_KIND] ?? 0) >> 3) + 1;
    columns[base + DEPTH_AND_KIND] = (depth << 3) | kind;
    if (open >= 0) columns[parentBase + SIZE] = (columns[parentBase + SIZE] ?? 0) + 1;
    key = -1;
    count += 1;
    return count - 1;
  }

  function finish(node: number, end: number): void {
    columns[node * COLUMNS + END] = end;
    columns[node * COLUMNS + NEXT] = count;
    at = end;
  }

  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === 0x7b || char === 0x5b) {
      open = begin(char === 0x7b ? 0 : 1);
      at += 1;
    } else if (char === 0x7d || char === 0x5d) {
      const node = open;
      open = columns[node * COLUMNS + PARENT] ?? -1;
      finish(node, at + 1);
    } else if (char === 0x22) {
      const end = stringEnd(text, at);
      const inObject = open >= 0 && ((columns[open * COLUMNS + DEPTH_AND_KIND] ?? 0) & 7) === 0;
      if (inObject && key < 0) {
        key = at;
        at = end;
      } else finish(begin(2), end);
    } else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {
      finish(begin(3), wordEnd(text, at));
    } else if (char >= 0x61 && char <= 0x7a) {
      finish(begin(4), wordEnd(text, at));
    } else at += 1;
  }
  return columns.slice(0, count * COLUMNS);
}

/** The place after the closing quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.0-9A-Za-z]/.test(text[at] ?? '')) at += 1;
  return at;
}

/** The way to a node as JavaScript would write it: `$.choices[0].delta["odd key"]`. */
export function pathOf(json: JsonDocument, node: number): string {
  const steps: string[] = [];
  for (let at = node; at > 0; at = json.parent(at)) {
    const key = json.key(at);
    if (key === null) steps.push(`[${json.position(at)}]`);
    else steps.push(/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  }
  return `$${steps.reverse().join('')}`;
}

/** What a copy of the node is: strings without their quotes and escapes, everything else as it was sent. */
export function valueText(json: JsonDocument, node: number): string {
  const source = json.source(node);
  return json.kind(node) === 'string' ? (JSON.parse(source) as string) : source;
}
