/** Places in bytes that deserve attention, and the pieces that a row falls into because of them. */

export interface ByteMark {
  readonly at: number;
  /** 0: a place between two bytes. */
  readonly length: number;
  /** `read`: a socket read begins here; `finding`: a diagnostic; `focus`: what the user asked to see. */
  readonly kind: 'read' | 'finding' | 'focus';
  readonly title: string;
}

/** A stretch of bytes in which the same marks hold. */
export interface Piece {
  readonly at: number;
  readonly length: number;
  readonly finding: ByteMark | null;
  readonly focus: ByteMark | null;
  /** The read that begins with this piece. */
  readonly read: ByteMark | null;
}

/** Cuts `start` to `end` wherever a mark begins or ends. Marks may overlap; the later finding wins. */
export function piecesOf(start: number, end: number, marks: readonly ByteMark[]): Piece[] {
  const touching = marks.filter((mark) => mark.at < end && mark.at + Math.max(1, mark.length) > start);
  if (touching.length === 0)
    return [{ at: start, length: end - start, finding: null, focus: null, read: null }];
  const cuts = new Set([start, end]);
  for (const mark of touching)
    for (const at of [mark.at, mark.at + mark.length]) if (at > start && at < end) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const at = sorted[index] ?? start;
    const covering = touching.filter((mark) => mark.at <= at && mark.at + mark.length > at);
    pieces.push({
      at,
      length: (sorted[index + 1] ?? end) - at,
      finding: covering.findLast((mark) => mark.kind === 'finding') ?? null,
      focus: covering.find((mark) => mark.kind === 'focus') ?? null,
      read: touching.find((mark) => mark.kind === 'read' && mark.at === at) ?? null,
    });
  }
  return pieces;
}
