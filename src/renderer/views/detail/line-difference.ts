/** Lines that differ between two texts: longest common subsequence between their common beginning and end. Pure. */

export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'gone';
  readonly text: string;
}

/** Above this many pairs of lines the middle is shown as wholly replaced: exactness is not worth a frozen window. */
const MAX_CELLS = 4_000_000;

export function lineDifference(before: string, after: string): DifferenceLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let tail = 0;
  while (
    tail < old.length - start &&
    tail < now.length - start &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail += 1;
  const same = (text: string): DifferenceLine => ({ kind: 'same', text });
  return [
    ...now.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - tail), now.slice(start, now.length - tail)),
    ...now.slice(now.length - tail).map(same),
  ];
}

function middle(old: readonly string[], now: readonly string[]): DifferenceLine[] {
  const gone = (text: string): DifferenceLine => ({ kind: 'gone', text });
  const added = (text: string): DifferenceLine => ({ kind: 'added', text });
  if (old.length * now.length > MAX_CELLS) return [...old.map(gone), ...now.map(added)];
  const width = now.length + 1;
  /** Length of the longest common subsequence of what follows old[i] and now[j]. */
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DifferenceLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: now[j] ?? '' });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(old[i] ?? ''));
      i += 1;
    } else {
      lines.push(added(now[j] ?? ''));
      j += 1;
    }
  }
  return lines;
}
