/** Whether a body is JSON, for a line below the editor. Variables count as values, so a template is no mistake. Pure. */

import { jsonFaultAt } from './json-fault.ts';

export type JsonCheck =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly formatted: string }
  | { readonly kind: 'template' }
  | { readonly kind: 'text' }
  | { readonly kind: 'broken'; readonly message: string };

/** Checks a body. Text that does not begin like JSON is only text and no mistake, unless it is meant to be JSON. */
export function checkJson(body: string, isMeant = false): JsonCheck {
  const start = body.trimStart()[0];
  if (start === undefined) return { kind: 'empty' };
  try {
    return { kind: 'json', formatted: JSON.stringify(JSON.parse(body), null, 2) };
  } catch (error) {
    if (!isMeant && start !== '{' && start !== '[') return { kind: 'text' };
    if (isTemplate(body)) return { kind: 'template' };
    return { kind: 'broken', message: place(body, error instanceof Error ? error.message : String(error)) };
  }
}

function isTemplate(body: string): boolean {
  const filled = body.replace(/\{\{\s*[A-Za-z0-9_.-]+\s*\}\}/g, '0');
  if (filled === body) return false;
  try {
    JSON.parse(filled);
    return true;
  } catch {
    return false;
  }
}

/** V8 says where by a character's number, or not at all; people look for a line. */
function place(body: string, message: string): string {
  const at = jsonFaultAt(body);
  if (at === null) return message;
  const before = body.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const what = at < body.length ? `unexpected ${JSON.stringify(body.charAt(at))}` : 'it ends too early';
  return `${what}, line ${before.length}, column ${column}`;
}
