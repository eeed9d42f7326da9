/**
 * JSON text with line breaks, for reading. Only white space between the tokens changes: numbers keep their digits and keys
 * that occur twice stay, which parsing and printing again would not do.
 */

const INDENT = '  ';

/** The text laid out; null when it is not valid JSON. */
export function laidOutJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const out: string[] = [];
  let depth = 0;
  const newLine = (): void => void out.push('\n', INDENT.repeat(Math.min(depth, 64)));
  // Valid JSON, so strings and runs without structure are whole tokens; white space outside strings is dropped.
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gs) ?? [];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (token === '{' || token === '[') {
      out.push(token);
      depth += 1;
      if (next !== '}' && next !== ']') newLine();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const before = tokens[at - 1];
      if (before !== '{' && before !== '[') newLine();
      out.push(token);
    } else if (token === ',') {
      out.push(token);
      newLine();
    } else {
      out.push(token === ':' ? ': ' : token);
    }
  }
  return out.join('');
}
