/** Durations, sizes, ranges and shares, as a script writes them. Each throws a ScriptFault that says what is allowed. */
import { isSeq } from 'yaml';
import type { NumberRange } from './fault.ts';
import { scalarOf, ScriptFault, textOf } from './script-reader.ts';

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/i;
const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i;
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const RANGE = /^(\d+)(?:\s*-\s*(\d+)|\s*(\+))?$/;

export function durationMs(node: unknown, what: string, mayBeForever: boolean): number {
  const text = textOf(node, what).trim();
  if (mayBeForever && text === 'forever') return Infinity;
  const [, digits, unit = ''] = DURATION.exec(text) ?? [];
  if (digits === undefined)
    throw new ScriptFault(
      `${what} wants a time with its unit, such as 500ms, 10s or 2m${mayBeForever ? ', or forever' : ''}`,
      node,
    );
  return Number(digits) * (DURATION_UNITS[unit.toLowerCase()] as number);
}

export function sizeBytes(node: unknown, what: string, mayBeForever = false): number {
  const text = textOf(node, what).trim();
  if (mayBeForever && text === 'forever') return Infinity;
  const [, digits, unit = 'b'] = SIZE.exec(text) ?? [];
  if (digits === undefined)
    throw new ScriptFault(
      `${what} wants a size, such as 200, 4kb or 1mb${mayBeForever ? ', or forever' : ''}`,
      node,
    );
  return Math.round(Number(digits) * (SIZE_UNITS[unit.toLowerCase()] as number));
}

export function bytesPerSecond(node: unknown, what: string): number {
  const text = textOf(node, what).trim();
  const [, size = '', unit = ''] = /^(.*?)\s*(\/s)?$/.exec(text) ?? [];
  const [, digits, factor = 'b'] = SIZE.exec(size) ?? [];
  const value = Number(digits) * (SIZE_UNITS[factor.toLowerCase()] ?? 1);
  if (digits === undefined || value <= 0 || (unit === '' && /[a-z]/i.test(size)))
    throw new ScriptFault(`${what} wants bytes per second, such as 20 or 2kb/s`, node);
  return value;
}

export function wholeNumber(node: unknown, what: string, min: number, max: number): number {
  const text = textOf(node, what);
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max)
    throw new ScriptFault(`${what} wants a whole number from ${min} to ${max}`, node);
  return value;
}

/** 3, 3-5, 3+, or a list of these. */
export function ranges(node: unknown, what: string): readonly NumberRange[] {
  if (isSeq(node)) {
    if (node.items.length === 0) throw new ScriptFault(`${what} has an empty list`, node);
    return node.items.map((item) => range(item, what));
  }
  return [range(node, what)];
}

function range(node: unknown, what: string): NumberRange {
  const [, first, last, open] = RANGE.exec(textOf(node, what).trim()) ?? [];
  const from = Number(first);
  const to = open === undefined ? Number(last ?? first) : Infinity;
  if (first === undefined || from < 1 || to < from)
    throw new ScriptFault(`${what} counts from 1: 3, 3-5, 3+ (the third and all after it) or [3, 7]`, node);
  return { from, to };
}

/** 25% or 0.25. */
export function share(node: unknown, what: string): number {
  const text = textOf(node, what).trim();
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text === '' || text === '%' || !(value >= 0 && value <= 1))
    throw new ScriptFault(`${what} wants a share, such as 25% or 0.25`, node);
  return value;
}

/** The value is left out, or says yes. */
export function nothing(node: unknown, what: string): void {
  const value = scalarOf(node, what);
  if (value !== null && value !== true)
    throw new ScriptFault(`${what} takes no value: leave it empty, or write true`, node);
}
