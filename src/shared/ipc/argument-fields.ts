/**
 * Readers of single fields, from which the argument parsers are made. Each takes a field of an unknown object and returns it
 * with its type, or throws `CodedError('bad-arguments')` that names the field.
 */
import { JOURNAL_KINDS, type EntryKind } from '../session/entry.ts';
import { FRAME_KINDS } from '../sse/types.ts';
import { CodedError } from './envelope.ts';

export type Fields = Readonly<Record<string, unknown>>;

const MAX_TEXT_CHARS = 64 * 1024 * 1024;

export function bad(what: string): never {
  throw new CodedError('bad-arguments', `Bad arguments: ${what}`);
}

export function fields(value: unknown, what = 'the argument'): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) bad(`${what} must be an object`);
  return value as Fields;
}

export function text(from: Fields, name: string, maxChars = MAX_TEXT_CHARS): string {
  const value = from[name];
  if (typeof value !== 'string') bad(`"${name}" must be a text`);
  if (value.length > maxChars) bad(`"${name}" is longer than ${maxChars} characters`);
  return value;
}

export function number(from: Fields, name: string, min: number, max: number): number {
  const value = from[name];
  if (typeof value !== 'number' || !(value >= min && value <= max))
    bad(`"${name}" must be a number from ${min} to ${max}`);
  return value;
}

export function integer(from: Fields, name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
  const value = number(from, name, min, max);
  if (!Number.isInteger(value)) bad(`"${name}" must be a whole number`);
  return value;
}

export function integerOrNull(from: Fields, name: string): number | null {
  return from[name] === null ? null : integer(from, name);
}

export function flag(from: Fields, name: string): boolean {
  const value = from[name];
  if (typeof value !== 'boolean') bad(`"${name}" must be true or false`);
  return value;
}

export function list(from: Fields, name: string, max: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) bad(`"${name}" must be a list`);
  if (value.length > max) bad(`"${name}" has more than ${max} items`);
  return value;
}

export function oneOf<T extends string>(from: Fields, name: string, allowed: readonly T[]): T {
  const value = from[name];
  if (!allowed.includes(value as T)) bad(`"${name}" must be one of ${allowed.join(', ')}`);
  return value as T;
}

/** Identifiers become parts of paths, so their alphabet is narrow. */
export function identifier(from: Fields, name: string): string {
  const value = text(from, name, 128);
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value)) bad(`"${name}" is not an identifier`);
  return value;
}

export function identifierOrNull(from: Fields, name: string): string | null {
  return from[name] === null ? null : identifier(from, name);
}

export function kinds(from: Fields, name: string): readonly EntryKind[] {
  const known: readonly EntryKind[] = [...FRAME_KINDS, ...JOURNAL_KINDS];
  return list(from, name, 64).map((kind) => oneOf({ kind }, 'kind', known));
}
