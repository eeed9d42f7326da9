/**
 * Reads `.env` files as the dotenv family writes them: `NAME=value` lines, an optional `export`, `#` comments, values in single
 * quotes (as they are), in double quotes (with \n, \r, \t, \", \\ and over several lines) or bare (trimmed, up to ` #`).
 * Total: a line that is none of this is reported with its number and left out.
 */
import type { Variable } from './workspace.ts';
import { isSecretName } from '../session/redact.ts';

export interface DotenvFile {
  /** In the order of the file; of a name that comes twice the last one counts, as for a shell. */
  readonly variables: readonly Variable[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*/;

/** Names that usually hold a secret are marked as secret; their values are still in the result, for whoever keeps them. */
export function parseDotenv(text: string): DotenvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const found = new Map<string, Variable>();
  const problems: { line: number; message: string }[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as string;
    if (/^[ \t]*(#|$)/.test(line)) continue;
    const start = ASSIGNMENT.exec(line);
    const name = start?.[1];
    if (!start || name === undefined) {
      problems.push({ line: at + 1, message: 'This is not NAME=value, so it was left out.' });
      continue;
    }
    const rest = line.slice(start[0].length);
    const quote = rest[0];
    let value: string;
    if (quote === '"' || quote === "'" || quote === '`') {
      const quoted = readQuoted(lines, at, start[0].length + 1, quote);
      if (quoted === null) {
        problems.push({ line: at + 1, message: `The value of ${name} has no closing ${quote}.` });
        continue;
      }
      value = quote === '"' ? unescaped(quoted.value) : quoted.value;
      at = quoted.lastLine;
    } else {
      value = rest.replace(/(^|[ \t])#.*$/, '').trim();
    }
    found.delete(name);
    found.set(name, { name, value, secret: isSecretName(name), enabled: true });
  }
  return { variables: [...found.values()], problems };
}

/** The text from `column` of line `at` up to the closing quote, which may stand on a later line; null when there is none. */
function readQuoted(
  lines: readonly string[],
  at: number,
  column: number,
  quote: string,
): { readonly value: string; readonly lastLine: number } | null {
  let value = '';
  for (let line = at, from = column; line < lines.length; line += 1, from = 0) {
    const text = lines[line] as string;
    for (let to = from; to < text.length; to += 1) {
      if (quote === '"' && text[to] === '\\') to += 1;
      else if (text[to] === quote) return { value: value + text.slice(from, to), lastLine: line };
    }
    value += `${text.slice(from)}\n`;
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\])/g, (_all, letter: string) => ESCAPES[letter] ?? letter);
}
