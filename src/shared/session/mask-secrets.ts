/**
 * Takes the values of secrets out of what is recorded about a connection, wherever they stand: in an address, a header, a body or
 * a message. For secrets that are known by their value; those that are known by their name are hidden by redact.ts.
 */
import { hidden } from './redact.ts';
import type { JournalEntry } from './entry.ts';

/** A shorter text is no secret, and stands in too many places by accident. */
const LEAST_CHARS = 4;

/** What stands for the secrets: a function over texts. */
export type Mask = (text: string) => string;

/** Masks each value as it is, and as it stands in an address, in JSON, in Basic credentials alone and in bytes shown as one character each. */
export function createMask(secrets: readonly string[]): Mask {
  const forms = new Map<string, string>();
  for (const secret of secrets) {
    if (secret.length < LEAST_CHARS) continue;
    const encoded = encodeURIComponent(secret);
    const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
    const json = JSON.stringify(secret).slice(1, -1);
    for (const form of [secret, encoded, encoded.replaceAll('%20', '+'), json, bytes])
      forms.set(form, hidden(secret));
  }
  // The longest first: one secret may be a part of another.
  const order = [...forms].sort(([a], [b]) => b.length - a.length);
  return (text) => order.reduce((masked, [form, mark]) => masked.replaceAll(form, mark), text);
}

/** The entry with every text in it masked. Its kind stays. */
export function maskEntry(entry: JournalEntry, mask: Mask): JournalEntry {
  return { ...(masked(entry, mask) as JournalEntry), kind: entry.kind } as JournalEntry;
}

function masked(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, mask));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, masked(field, mask)]));
}
