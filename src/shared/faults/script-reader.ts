/** Where in a script something is wrong. Gathers problems, so that all of them are told at once. */
import { isAlias, isScalar, type LineCounter, type Node } from 'yaml';

export interface FaultProblem {
  /** What is wrong, and what would be right. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Characters of the script: from (inclusive) to (exclusive). */
  readonly from: number;
  readonly to: number;
}

/** A value of the script that cannot be used; caught where one fault ends, so that the next is read all the same. */
export class ScriptFault extends Error {
  constructor(
    message: string,
    readonly node: unknown,
  ) {
    super(message);
    this.name = 'ScriptFault';
  }
}

export function problemAt(lines: LineCounter, message: string, from: number, to: number): FaultProblem {
  const { line, col } = lines.linePos(from);
  return { message, line: Math.max(1, line), column: Math.max(1, col), from, to: Math.max(from, to) };
}

export function problemOf(lines: LineCounter, { message, node }: ScriptFault): FaultProblem {
  const range = (node as Partial<Node> | null)?.range;
  return problemAt(lines, message, range?.[0] ?? 0, range?.[1] ?? 0);
}

/** The scalar's value as it is: text, number, truth or null. */
export function scalarOf(node: unknown, what: string): string | number | boolean | null {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) throw new ScriptFault('Anchors and aliases are not read. Write the value out', node);
  if (!isScalar(node)) throw new ScriptFault(`${what} wants one value, and not a list or a mapping`, node);
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  throw new ScriptFault(`${what} wants a text or a number`, node);
}

/** As it is written, so that the id 007 stays 007. */
export function textOf(node: unknown, what: string): string {
  const value = scalarOf(node, what);
  if (value === null) throw new ScriptFault(`${what} wants a value`, node);
  return isScalar(node) && typeof value !== 'string' && node.source !== undefined
    ? node.source
    : String(value);
}
