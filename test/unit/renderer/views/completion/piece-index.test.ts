import { describe, expect, it } from 'vitest';
import { createPieceIndex } from '../../../../../src/renderer/views/completion/piece-index.ts';

describe('the index of pieces', () => {
  it('finds the piece of each character and the place of each piece', () => {
    const index = createPieceIndex({ pieces: ['ab', 'c', 'def'], seqs: [4, 7, 7] });
    expect(index.grow()).toBe('abcdef');
    expect([...'abcdef'].map((_, at) => index.pieceAt(at))).toEqual([0, 0, 1, 2, 2, 2]);
    expect([0, 1, 2, 3].map(index.startOf)).toEqual([0, 2, 3, 6]);
    expect([-1, 6].map(index.pieceAt)).toEqual([null, null]);
  });

  it('finds all pieces of an entry', () => {
    const index = createPieceIndex({ pieces: ['ab', 'c', 'def'], seqs: [4, 7, 7] });
    index.grow();
    expect([3, 4, 5, 7, 8].map(index.piecesOf)).toEqual([
      null,
      { from: 0, to: 1 },
      null,
      { from: 1, to: 3 },
      null,
    ]);
  });

  it('grows with its text and looks no further than it has grown', () => {
    const text = { pieces: ['a'], seqs: [1] };
    const index = createPieceIndex(text);
    index.grow();
    text.pieces.push('bc');
    text.seqs.push(2);
    expect(index.piecesOf(2)).toBeNull();
    expect(index.grow()).toBe('bc');
    expect(index.grow()).toBe('');
    expect({ count: index.count, length: index.length, piece: index.pieceAt(2) }).toEqual({
      count: 2,
      length: 3,
      piece: 1,
    });
  });

  it('goes back with a shorter text that begins alike, and on again', () => {
    const index = createPieceIndex({ pieces: ['ab', 'c', 'def'], seqs: [4, 7, 9] });
    index.grow();
    index.follow({ pieces: ['ab'], seqs: [4] });
    expect([index.count, index.length, index.pieceAt(2)]).toEqual([1, 2, null]);
    expect(index.grow()).toBe('');
    index.follow({ pieces: ['ab', 'c', 'def'], seqs: [4, 7, 9] });
    expect(index.grow()).toBe('cdef');
    expect(index.piecesOf(9)).toEqual({ from: 2, to: 3 });
  });
});
