/** Words that sentences of checks are made of. */

/** Such as "250 ms", "3.2 s", "5 min". */
export function timeWords(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(ms < 10 ? 1 : 0))} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(2))} s`;
  return `${Number((ms / 60_000).toFixed(2))} min`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** A text on one line, in quotes, cut where it gets long. */
export function quoted(text: string, maxChars = 80): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= maxChars
    ? `“${line}”`
    : `“${line.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…”`;
}

/** "a, b and c" */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
