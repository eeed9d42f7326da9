/** Words as a POSIX shell splits and quotes them: quotes, backslashes, $'…' and lines that go on. Pure. */

export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  const pattern =
    /\\\r?\n|\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(\s+)|([\s\S])/g;
  for (const [whole, ansi, single, double, escaped, space, plain] of text.matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else if (whole.startsWith('\\\n') || whole.startsWith('\\\r')) continue;
    else word = (word ?? '') + (unescaped(ansi, double) ?? single ?? escaped ?? plain ?? '');
  }
  if (word !== null) words.push(word);
  return words;
}

/** One word that a shell reads as this very text. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const ANSI: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

function unescaped(ansi: string | undefined, double: string | undefined): string | undefined {
  if (ansi !== undefined)
    return ansi.replace(
      /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
      (_, u?: string, x?: string, c = '') =>
        u !== undefined || x !== undefined
          ? String.fromCharCode(parseInt(u ?? x ?? '', 16))
          : (ANSI[c as string] ?? String(c)),
    );
  return double?.replace(/\\([$`"\\\n])/g, (_, character: string) => (character === '\n' ? '' : character));
}
