/** Reading and setting single fields of a request's body. What does not change is not touched. Pure. */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { sameJson } from './carry-over.ts';

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** `body` with `name` set, where it stood or at the end; null and undefined take it out. */
export function withField(body: JsonObject, name: string, value: unknown): JsonObject {
  if (value === undefined || value === null) {
    if (!Object.hasOwn(body, name)) return body;
    return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
  }
  return Object.hasOwn(body, name) && sameJson(body[name], value) ? body : { ...body, [name]: value };
}

/** `body` with `name` set if `value` is not what was read from it. */
export function withChange(body: JsonObject, name: string, was: unknown, value: unknown): JsonObject {
  return sameJson(was, value) ? body : withField(body, name, value);
}

/** The first of the names that the body has, else the first of all. */
export function nameIn(body: JsonObject, ...names: readonly [string, ...string[]]): string {
  return names.find((name) => Object.hasOwn(body, name)) ?? names[0];
}

export function toolsIn(body: JsonObject): readonly unknown[] | null {
  return Array.isArray(body['tools']) ? listOf(body['tools']) : null;
}

/** A value of JSON text that is to be an object: arguments of a call. Text that is none becomes one with the text in it. */
export function objectOfText(text: string, name: string): JsonObject {
  try {
    const value = objectOf(JSON.parse(text));
    if (value) return value;
  } catch {
    // Text of a person or a model need not be JSON.
  }
  return text.trim() === '' ? {} : { [name]: text };
}

/** A content that is text alone, as a string or in parts; null when there is something else in it. */
export function plainText(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content) || content.length === 0) return null;
  const texts = content.map((part: unknown) => {
    const text = objectOf(part)?.['text'];
    return typeof text === 'string' ? text : null;
  });
  return texts.includes(null) ? null : texts.join('\n');
}

/** The type and the data of a base64 data URL; null when it is none. */
export function dataUrlParts(url: string): { readonly type: string; readonly data: string } | null {
  const match = /^data:([^;,]*);base64,(.*)$/s.exec(url);
  return match ? { type: match[1] ?? '', data: match[2] ?? '' } : null;
}

/** Name of something that is only kept. */
export function typeName(value: unknown): string {
  const fields = objectOf(value);
  return textOf(fields?.['type']) || Object.keys(fields ?? {})[0] || 'part';
}
