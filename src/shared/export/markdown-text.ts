/** Text from the wire inside Markdown: escaped, quoted or fenced, so that it stays what it is. */

/** In a fence longer than any run of backticks inside. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

export function quoted(text: string): string {
  return text.replaceAll(/^/gm, '> ');
}

/** One line of plain words, whatever Markdown or HTML is in it. */
export function escaped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
