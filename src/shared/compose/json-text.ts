/**
 * Writes a changed value into a JSON text so that what did not change keeps its very characters: blanks, line ends, the order of
 * names, 1.0 and 1e3 and numbers that are too long for a double. Pure.
 */
import { alignItems, sameJson } from './carry-over.ts';

/** Deeper than any request; the values below are walked by recursion. */
const DEEPEST = 100;

/** Where a value stands in the text, from its first character to behind its last. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: unknown;
  /** Of an object or an array; in an object with where its name begins. */
  readonly children: readonly { readonly name: string; readonly from: number; readonly span: Span }[];
}

/** The value of a JSON text; throws a `SyntaxError` when it is none, or is nested deeper than can be edited. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let depth = 0;
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (piece === '{' || piece === '[') depth += 1;
    else if (piece === '}' || piece === ']') depth -= 1;
    if (depth > DEEPEST) throw new SyntaxError(`Nested deeper than ${DEEPEST} levels`);
  }
  return value;
}

/** `text`, which is JSON, with the value `next`. A blank text becomes a document of its own. */
export function rewriteJson(text: string, next: unknown): string {
  if (text.trim() === '') return JSON.stringify(next, null, 2);
  parseJson(text);
  const style = {
    unit: /^\s*[[{][ \t]*\r?\n([ \t]+)/.exec(text)?.[1] ?? null,
    colon: /"\s*:\s/.test(text) ? ': ' : ':',
    comma: /"\s*:\s/.test(text) ? ', ' : ',',
  };
  const root = spanAt(text, text.search(/\S/));
  return text.slice(0, root.from) + patched(text, root, next, style) + text.slice(root.to);
}

interface Style {
  /** What a level is indented by; null: everything stands in one line. */
  readonly unit: string | null;
  readonly colon: string;
  readonly comma: string;
}

function patched(text: string, span: Span, next: unknown, style: Style): string {
  if (sameJson(span.value, next)) return text.slice(span.from, span.to);
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', span.from - 1) + 1))?.[0] ?? '';
  if (span.children.length === 0 || !sameKind(span.value, next)) return fresh(next, indent, style);
  const gap = text.slice(span.from + 1, span.children[0]?.from);
  const inner = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n') + 1) : indent;
  return Array.isArray(next)
    ? patchedArray(text, span, next as unknown[], { style, gap, inner })
    : patchedObject(text, span, next as object, { style, gap, inner });
}

interface Inside {
  readonly style: Style;
  /** Between the opening bracket and the first child. */
  readonly gap: string;
  /** Indentation of the children. */
  readonly inner: string;
}

function patchedObject(text: string, span: Span, next: object, inside: Inside): string {
  const { style, inner } = inside;
  const values = new Map(Object.entries(next));
  const last = new Map(span.children.map((child, at) => [child.name, at]));
  const kept = span.children.filter(({ name }, at) => values.has(name) && last.get(name) === at);
  const changed = kept.map(({ from, name, span: child }) => ({
    from,
    to: child.to,
    text: text.slice(from, child.from) + patched(text, child, values.get(name), style),
  }));
  const added = [...values]
    .filter(([name]) => !last.has(name))
    .map(([name, value]) => JSON.stringify(name) + style.colon + fresh(value, inner, style));
  if (added.length === 0 && kept.length === span.children.length) return inPlace(text, span, changed);
  return rebuilt(text, span, [...changed.map((one) => one.text), ...added], inside);
}

function patchedArray(text: string, span: Span, next: readonly unknown[], inside: Inside): string {
  const { style, inner } = inside;
  const sources = alignItems(
    span.children.map((child) => child.span.value),
    next,
    sameKind,
  );
  const texts = next.map((value, at) => {
    const child = span.children[sources[at] ?? -1]?.span;
    return child ? patched(text, child, value, style) : fresh(value, inner, style);
  });
  if (next.length === span.children.length && sources.every((source, at) => source === at)) {
    const changed = span.children.map(({ span: child }, at) => ({
      from: child.from,
      to: child.to,
      text: texts[at] ?? '',
    }));
    return inPlace(text, span, changed);
  }
  return rebuilt(text, span, texts, inside);
}

/** Same children as before: everything between them stays. */
function inPlace(
  text: string,
  span: Span,
  changed: readonly { readonly from: number; readonly to: number; readonly text: string }[],
): string {
  let done = span.from;
  let result = '';
  for (const one of changed) {
    result += text.slice(done, one.from) + one.text;
    done = one.to;
  }
  return result + text.slice(done, span.to);
}

/** Other children than before, laid out as the old ones were. */
function rebuilt(text: string, span: Span, children: readonly string[], { gap, style }: Inside): string {
  const open = text.charAt(span.from);
  const close = text.charAt(span.to - 1);
  if (children.length === 0) return open + close;
  const tail = text.slice(span.children.at(-1)?.span.to, span.to - 1);
  return open + gap + children.join(gap.includes('\n') ? `,${gap}` : style.comma) + tail + close;
}

function fresh(value: unknown, indent: string, { unit }: Style): string {
  const text = unit === null ? JSON.stringify(value) : JSON.stringify(value, null, unit);
  return text.replaceAll('\n', `\n${indent}`);
}

function sameKind(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return Array.isArray(a) === Array.isArray(b);
}

/** The value that begins at `from` of a text that is known to be JSON. */
function spanAt(text: string, from: number): Span {
  const open = text.charAt(from);
  if (open !== '{' && open !== '[') {
    const to = open === '"' ? stringEnd(text, from) : scalarEnd(text, from);
    return { from, to, value: JSON.parse(text.slice(from, to)) as unknown, children: [] };
  }
  const children: { name: string; from: number; span: Span }[] = [];
  let at = skipBlanks(text, from + 1);
  while (text.charAt(at) !== '}' && text.charAt(at) !== ']') {
    const begin = at;
    let name = '';
    if (open === '{') {
      const end = stringEnd(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipBlanks(text, skipBlanks(text, end) + 1);
    }
    const span = spanAt(text, at);
    children.push({ name, from: begin, span });
    at = skipBlanks(text, span.to);
    if (text.charAt(at) === ',') at = skipBlanks(text, at + 1);
  }
  const value =
    open === '['
      ? children.map(({ span }) => span.value)
      : Object.fromEntries(children.map(({ name, span }) => [name, span.value]));
  return { from, to: at + 1, value, children };
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function scalarEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',]} \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}
