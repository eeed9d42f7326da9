/** Errors that providers put inside a stream that began with status 200. */
import type { DialectEvent } from './dialect.ts';
import { objectOf } from './json-read.ts';

/**
 * The error that an event reports, as it was sent; undefined when it reports none. Known forms: `{error: {…}}`,
 * `{error: "…"}`, `{type: "error", …}`, `{object: "error", …}`, and any event named "error".
 */
export function providerErrorOf(event: DialectEvent): unknown {
  const json = objectOf(event.json);
  // The error of a JSON-RPC call is an answer, and of no chat.
  if (json?.['jsonrpc'] === '2.0') return undefined;
  if (json) {
    const error = json['error'];
    if (objectOf(error) || (typeof error === 'string' && error !== '')) return error;
    if (json['type'] === 'error' || json['object'] === 'error') return json;
  }
  if (event.type !== 'error') return undefined;
  return event.json === undefined ? event.data : event.json;
}

/** Whether the event says nothing but that something went wrong, so that any dialect may claim it. */
export function isBareError(event: DialectEvent): boolean {
  const json = objectOf(event.json);
  if (json && (Array.isArray(json['choices']) || Array.isArray(json['candidates']))) return false;
  return providerErrorOf(event) !== undefined;
}

/** The sentence inside an error, for people; the whole of it as JSON when it has none. */
export function errorSentence(error: unknown): string {
  if (typeof error === 'string') return error;
  const object = objectOf(error);
  if (object) {
    for (const key of ['message', 'detail', 'error', 'code', 'type']) {
      const value = object[key];
      if (typeof value === 'string' && value !== '') return value;
      if (key === 'error' && objectOf(value)) return errorSentence(value);
    }
  }
  try {
    return JSON.stringify(error) ?? String(error);
  } catch {
    return 'An error without a message';
  }
}
