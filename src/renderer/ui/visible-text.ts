/**
 * Captured text, made safe to read: what would be invisible, or would make the text around it look like something else
 * (controls, bidirectional overrides, zero-width spaces), becomes an escape. Joiners stay: emoji and many scripts need them.
 */

const HIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'g');

export function isHiddenChar(char: string): boolean {
  return HIDDEN.test(char);
}

const SHORT: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\u001b': '\\e',
};

/** One hidden character as an escape that every font can draw: "\n", "\x07", "\u202e". */
export function symbolOf(char: string): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const hex = (char.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

export function visibleText(text: string): string {
  return HIDDEN.test(text) ? text.replace(ALL_HIDDEN, symbolOf) : text;
}
