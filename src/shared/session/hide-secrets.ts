/**
 * Hides secrets that are known by their value or by a name that was chosen for them, wherever they stand in what is recorded:
 * the second net below `redact.ts`, which knows the usual names. Works on plain data of any shape.
 */
import { createMask } from './mask-secrets.ts';
import { hidden } from './redact.ts';

export interface Secrets {
  /** Names of headers and parameters that carry one. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** Words of ours, which a secret may happen to be. */
const OWN_WORDS = new Set(['kind', 'code', 'how', 'state', 'source', 'method']);

/** `data` with every secret replaced by a mark with its length. */
export function hideSecrets<T>(data: T, secrets: Secrets): T {
  const names = secrets.names.filter((name) => name !== '').map((name) => name.toLowerCase());
  const mask = createMask(secrets.values);

  const hideText = (text: string): string => {
    const shown = mask(text);
    if (names.length === 0) return shown;
    return shown.replace(
      /([?&;])([^=&;?#\s]+)=([^&#;\s"']+)/g,
      (all, mark: string, name: string, value: string) =>
        names.includes(decoded(name).toLowerCase()) && !value.startsWith('(hidden')
          ? `${mark}${name}=(hidden-${[...decoded(value)].length})`
          : all,
    );
  };
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') return hideText(value);
    if (Array.isArray(value)) {
      const [name, text] = value as readonly unknown[];
      if (value.length === 2 && typeof name === 'string' && names.includes(name.toLowerCase()))
        return [name, typeof text === 'string' && !text.includes('(hidden') ? hidden(text) : text];
      return value.map(hide);
    }
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, OWN_WORDS.has(key) ? part : hide(part)]),
    );
  };
  // The shape is kept: texts become texts.
  return hide(data) as T;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
