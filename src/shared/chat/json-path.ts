/** Paths to a value in JSON, such as `choices[0].text` or `$.delta`: reading one, following it, and finding those that hold text. */

export type JsonPath = readonly (string | number)[];

/** The steps of a path; null when it is none. Names that hold other characters stand in brackets and quotes. */
export function parseJsonPath(text: string): JsonPath | null {
  const body = text.trim().replace(/^\$\.?/, '');
  if (body === '') return null;
  const steps: (string | number)[] = [];
  const step = /\.?([^.[\]"'\s]+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\]/gy;
  while (step.lastIndex < body.length) {
    const match = step.exec(body);
    if (!match) return null;
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
  }
  return steps;
}

export function valueAt(json: unknown, path: JsonPath): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

export interface FoundPath {
  readonly path: string;
  /** Each value begins with the one before: the text so far is sent, not what is new. */
  readonly isCumulative: boolean;
  /** The beginning of the text that it gives. */
  readonly sample: string;
}

const MAX_DEPTH = 6;
const MAX_PATHS = 200;
const SAMPLE_CHARS = 60;

/**
 * Paths at which the events carry text that goes on from event to event, the likeliest first: strings that differ, in at least
 * three events and half of them. Ids and names that stay the same are none.
 */
export function findTextPaths(events: readonly unknown[]): readonly FoundPath[] {
  const values = new Map<string, string[]>();
  for (const event of events) collect(event, '', 0, values);
  const found: (FoundPath & { readonly weight: number })[] = [];
  for (const [path, texts] of values) {
    const distinct = new Set(texts).size;
    if (texts.length < 3 || texts.length * 2 < events.length || distinct * 2 < texts.length) continue;
    const isCumulative = texts.every((text, at) => at === 0 || text.startsWith(texts[at - 1] ?? ''));
    const joined = isCumulative ? (texts.at(-1) ?? '') : texts.join('');
    // Words have spaces; ids, times and hashes do not.
    const spaces = joined.split(/\s/).length - 1;
    if (spaces === 0 && !isCumulative) continue;
    found.push({
      path,
      isCumulative,
      sample: joined.slice(0, SAMPLE_CHARS),
      weight: spaces + (isCumulative ? 5 : 0),
    });
  }
  return found
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 5)
    .map(({ path, isCumulative, sample }) => ({ path, isCumulative, sample }));
}

function collect(value: unknown, path: string, depth: number, values: Map<string, string[]>): void {
  if (typeof value === 'string') {
    if (path === '' || value === '') return;
    const known = values.get(path);
    if (known) known.push(value);
    else if (values.size < MAX_PATHS) values.set(path, [value]);
    return;
  }
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const step = Array.isArray(value) ? `[${key}]` : /^[^.[\]"'\s]+$/.test(key) ? `.${key}` : `["${key}"]`;
    collect(inner, path === '' ? step.replace(/^\./, '') : path + step, depth + 1, values);
  }
}
