/** Characters of a text that grows: asked again, only the pieces that are new are counted. */
import type { PieceText } from './completion.ts';

const counted = new WeakMap<readonly string[], { pieces: number; length: number }>();

export function textLength({ pieces }: PieceText): number {
  let known = counted.get(pieces);
  if (!known) counted.set(pieces, (known = { pieces: 0, length: 0 }));
  for (; known.pieces < pieces.length; known.pieces += 1) known.length += (pieces[known.pieces] ?? '').length;
  return known.length;
}
