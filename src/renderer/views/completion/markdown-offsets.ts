/**
 * Where the characters of a piece of formatted text stand in its source: escapes, entities, the marks of quotes and the indents
 * of lists are in the source alone.
 */

/** What the formatted text was in the source. */
export type LeafKind = 'text' | 'code' | 'inline-code';

const ENTITY = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[\da-zA-Z]{1,31});/;

/** For each character of `value` its offset in `source`, and one more for the end. Never falls. */
export function sourceOffsets(value: string, source: string, kind: LeafKind = 'text'): number[] {
  const offsets: number[] = [];
  let at = bodyStart(source, kind);
  for (let index = 0; index < value.length; index += 1) {
    const char = value.charAt(index);
    const entity =
      kind === 'text' && source.charAt(at) === '&' ? ENTITY.exec(source.slice(at, at + 40)) : null;
    if (entity && !value.startsWith(entity[0], index)) {
      offsets.push(at);
      // Both halves of a character beyond U+FFFF came from the same entity.
      if (/[\uD800-\uDBFF]/.test(char)) {
        offsets.push(at);
        index += 1;
      }
      at += entity[0].length;
      continue;
    }
    const found = source.indexOf(char, at);
    offsets.push(found < 0 ? at : found);
    if (found >= 0) at = found + 1;
  }
  offsets.push(at);
  return offsets;
}

/** After the fence and its language, or after the backticks. */
function bodyStart(source: string, kind: LeafKind): number {
  if (kind === 'inline-code') return /^`* ?/.exec(source)?.[0].length ?? 0;
  if (kind === 'text' || !/^\s*(?:`{3}|~{3})/.test(source)) return 0;
  const lineEnd = source.indexOf('\n');
  return lineEnd < 0 ? source.length : lineEnd + 1;
}
