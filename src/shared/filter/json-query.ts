/**
 * Questions about a value inside the JSON of an event's data: `json.choices[0].delta.content` (is it there), `json.score>=3`.
 * The words of it: `.name`, `["any name"]`, `[0]`, and `[*]` for each item of an array or each value of an object.
 */
import type { Comparison } from './query.ts';
import { containsText } from './text-test.ts';

export type JsonStep = { readonly key: string } | { readonly index: number } | { readonly each: true };
export type JsonPath = readonly JsonStep[];

export type JsonTest =
  | {
      readonly is: 'compare';
      readonly comparison: Comparison;
      readonly literal: string;
      /** The literal as a number, where it stands for one: neither in quotes nor anything else. */
      readonly number: number | null;
      /** In quotes: only texts are equal to it. */
      readonly quoted: boolean;
    }
  | { readonly is: 'contains'; readonly text: string }
  | { readonly is: 'regex'; readonly regex: RegExp };

const STEP = /\.([\p{L}\p{N}_$-]+)|\[(\d{1,9})\]|\[(\*)\]|\["((?:[^"\\]|\\.)*)"\]/uy;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export type ReadPath =
  | { readonly ok: true; readonly path: JsonPath }
  /** `at`: the first character that does not fit. */
  | { readonly ok: false; readonly at: number };

/** Reads what stands behind `json`. */
export function readJsonPath(text: string): ReadPath {
  const path: JsonStep[] = [];
  for (let at = 0; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (!match) return { ok: false, at };
    const [, name, index, each, quoted] = match;
    if (each !== undefined) path.push({ each: true });
    else if (index !== undefined) path.push({ index: Number(index) });
    else path.push({ key: name ?? (quoted ?? '').replace(/\\(.)/gs, '$1') });
  }
  return { ok: true, path };
}

/** The path as text; `readJsonPath` reads it again. */
export function jsonPathText(path: JsonPath): string {
  return path
    .map((step) => {
      if ('each' in step) return '[*]';
      if ('index' in step) return `[${step.index}]`;
      return /^[\p{L}\p{N}_$-]+$/u.test(step.key)
        ? `.${step.key}`
        : `["${step.key.replace(/["\\]/g, '\\$&')}"]`;
    })
    .join('');
}

/** A number as queries write it; null for other texts. */
export function numberOf(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

/** Whether some value that the path leads to passes; without a test, whether there is one. */
export function matchJson(json: unknown, path: JsonPath, test: JsonTest | null): boolean {
  return matchFrom(json, path, 0, test);
}

function matchFrom(value: unknown, path: JsonPath, at: number, test: JsonTest | null): boolean {
  const step = path[at];
  if (!step) return test === null || matchValue(value, test);
  if (typeof value !== 'object' || value === null) return false;
  if ('each' in step) return Object.values(value).some((item) => matchFrom(item, path, at + 1, test));
  if ('index' in step)
    return (
      Array.isArray(value) && step.index < value.length && matchFrom(value[step.index], path, at + 1, test)
    );
  if (Array.isArray(value) || !Object.hasOwn(value, step.key)) return false;
  return matchFrom((value as Readonly<Record<string, unknown>>)[step.key], path, at + 1, test);
}

/** Objects and arrays have no text: of them one can only ask whether they are there. */
function matchValue(value: unknown, test: JsonTest): boolean {
  if (typeof value === 'object' && value !== null) return false;
  const text = String(value);
  switch (test.is) {
    case 'contains':
      return containsText(text, test.text);
    case 'regex':
      return test.regex.test(text);
    default:
      return compareValue(value, text, test);
  }
}

function compareValue(
  value: unknown,
  text: string,
  { comparison, literal, number, quoted }: Extract<JsonTest, { readonly is: 'compare' }>,
): boolean {
  // A number in quotes is told from one without, when the query says so.
  if (quoted && typeof value !== 'string') return comparison === '!=';
  if (number !== null && typeof value === 'number') return ordered(orderOf(value, number), comparison);
  // Long ids are texts of digits: as numbers, two of them could be equal that are not.
  if (comparison === '=' || comparison === '!=') return (text === literal) === (comparison === '=');
  if (typeof value !== 'string') return false;
  if (number === null) return ordered(orderOf(text, literal), comparison);
  const asNumber = numberOf(text);
  return asNumber !== null && ordered(orderOf(asNumber, number), comparison);
}

function orderOf<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a difference is what the comparison wants. */
export function ordered(difference: number, comparison: Comparison): boolean {
  switch (comparison) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '>=':
      return difference >= 0;
    case '>':
      return difference > 0;
    default:
      return false;
  }
}
