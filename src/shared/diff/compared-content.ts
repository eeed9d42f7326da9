/** What of an event's data is compared: all of it as it stands, or its JSON value without some of its keys. */
export interface ContentRules {
  /** JSON is compared by its value: blanks and the order of keys do not count. */
  readonly byValue: boolean;
  /** Keys that are left out wherever they stand; naming any means `byValue`. */
  readonly ignoredKeys: readonly string[];
}

/** For answers of the same model to the same question: what differs in each of them. */
export const USUALLY_IGNORED: readonly string[] = ['id', 'created', 'system_fingerprint', 'obfuscation'];

/** The function that gives what is compared of a text. Text that is no JSON object or array is compared as it stands. */
export function contentReader({ byValue, ignoredKeys }: ContentRules): (data: string) => string {
  if (!byValue && ignoredKeys.length === 0) return (data) => data;
  const ignored = new Set(ignoredKeys);
  return (data) => {
    if (!/^\s*[[{]/.test(data)) return data;
    try {
      return JSON.stringify(JSON.parse(data), (_key, value: unknown) => inOrder(value, ignored));
    } catch {
      return data;
    }
  };
}

function inOrder(value: unknown, ignored: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ignored.has(key))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
