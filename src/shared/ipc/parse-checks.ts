/** Parsers for the arguments of checks. */
import { fields, identifier, text } from './argument-fields.ts';

export const MAX_CHECKS_CHARS = 1024 * 1024;

export function openChecks(value: unknown): { readonly sessionId: string; readonly text: string } {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), text: text(from, 'text', MAX_CHECKS_CHARS) };
}

export function checksRef(value: unknown): { readonly runId: string } {
  return { runId: identifier(fields(value), 'runId') };
}
