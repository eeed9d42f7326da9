/** What the user counts as secret besides what Streamscope knows: names of fields, and texts that may have a `*` in them. */

export interface RedactionRules {
  /** Of headers, parameters, form fields and JSON fields, in any case. */
  readonly names: readonly string[];
  /** A `*` stands for any run of characters without white space and quotes. */
  readonly texts: readonly string[];
}

export const NO_RULES: RedactionRules = { names: [], texts: [] };

/** A shorter text stands in too many places by accident. */
export const LEAST_TEXT_CHARS = 4;

/** More stars than this are not looked for. */
export const MOST_RUNS = 2;

/** Whether a field has one of the names. */
export function namesOf(rules: RedactionRules): (name: string) => boolean {
  const names = new Set(rules.names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
  return (name) => names.has(name.toLowerCase());
}

/** Finds the texts; null when there are none. Each is also found as it stands in JSON and in addresses. */
export function textsOf(rules: RedactionRules): RegExp | null {
  const sources = rules.texts
    .map((text) => text.trim())
    .filter((text) => text.replaceAll('*', '').length >= LEAST_TEXT_CHARS && runsOf(text) <= MOST_RUNS)
    .flatMap((text) => {
      const encoded = encodeURIComponent(text);
      return [...new Set([text, JSON.stringify(text).slice(1, -1), encoded, encoded.replaceAll('%20', '+')])];
    });
  if (sources.length === 0) return null;
  // The longest first: one secret may be a part of another.
  const order = sources.sort((one, other) => other.length - one.length);
  return new RegExp(order.map(patternOf).join('|'), 'g');
}

function runsOf(text: string): number {
  return text.split(/\*+/).length - 1;
}

/** Runs are bounded, in length and in number, so that no text makes the search slow. */
function patternOf(text: string): string {
  return text
    .split(/\*+/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
    .join('[^\\s"\'<>]{0,256}');
}
