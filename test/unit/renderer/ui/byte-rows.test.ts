import { describe, expect, it } from 'vitest';
import { piecesOf, type ByteMark } from '../../../../src/renderer/ui/byte-marks.ts';
import {
  beginsLine,
  characterBytes,
  rowOfByte,
  rowStarts,
  startOfCharacter,
  tokensOf,
} from '../../../../src/renderer/ui/byte-rows.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function rowsOf(bytes: Uint8Array, columns: number): number[][] {
  const starts = rowStarts(bytes, columns);
  return Array.from(starts, (start, row) => [start, starts[row + 1] ?? bytes.length]);
}

function shown(bytes: Uint8Array): string {
  return tokensOf(bytes, 0, bytes.length)
    .map((token) => (token.kind === 'text' ? token.text : `<${token.kind} ${token.text}>`))
    .join('');
}

describe('rows of bytes', () => {
  it('end after LF, CR and CRLF', () => {
    expect(rowsOf(bytesOf('a\nb\r\nc\rd'), 80)).toEqual([
      [0, 2],
      [2, 5],
      [5, 7],
      [7, 8],
    ]);
  });

  it('break at the width, but never inside a character', () => {
    const bytes = bytesOf('\u20ac'.repeat(9));
    for (const [start, end] of rowsOf(bytes, 16)) {
      expect((start ?? 0) % 3).toBe(0);
      expect(end).toBeGreaterThan(start ?? 0);
    }
  });

  it('hold at least a byte, however narrow the pane', () => {
    expect(rowsOf(new Uint8Array([1, 2, 3]), 1)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('cover every byte of any input', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919 + (at >> 3) * 31) & 0xff);
    let expected = 0;
    for (const [start, end] of rowsOf(bytes, 40)) {
      expect(start).toBe(expected);
      const tokens = tokensOf(bytes, start ?? 0, end ?? 0);
      for (const token of tokens) {
        expect(token.at).toBe(expected);
        expected += token.length;
      }
    }
    expect(expected).toBe(bytes.length);
  });

  it('are found by byte', () => {
    const starts = Uint32Array.from([0, 10, 20]);
    expect([0, 9, 10, 25].map((at) => rowOfByte(starts, at))).toEqual([0, 0, 1, 2]);
  });
});

describe('what a row of bytes shows', () => {
  it('names the fields and the line ends', () => {
    expect(shown(bytesOf('data: x\n'))).toBe('<name data: >x<eol LF>');
    expect(shown(bytesOf('id:7\r\n'))).toBe('<name id:>7<eol CRLF>');
    expect(shown(bytesOf(': hi\r'))).toBe('<name : >hi<eol CR>');
    expect(shown(bytesOf('data\n'))).toBe('<name data><eol LF>');
  });

  it('takes a lookalike for text', () => {
    expect(shown(bytesOf('Data: x\n'))).toBe('Data: x<eol LF>');
    expect(shown(bytesOf(' data: x'))).toBe(' data: x');
  });

  it('makes controls, byte order marks and bidirectional overrides visible', () => {
    expect(shown(bytesOf('\ufeffa\0b\u001bc\u007f\u202e'))).toBe(
      '<control BOM>a<control NUL>b<control ESC>c<control DEL><control U+202E>',
    );
  });

  it('shows bytes that are not UTF-8 by their value', () => {
    expect(shown(new Uint8Array([0x61, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]))).toBe(
      'a<bad FF><bad C3>(<bad ED><bad A0><bad 80>',
    );
  });

  it('does not take the rest of a wrapped line for a field', () => {
    const bytes = bytesOf('xdata: y');
    expect(tokensOf(bytes, 1, bytes.length)[0]?.kind).toBe('text');
    expect(beginsLine(bytes, 1)).toBe(false);
    expect(beginsLine(bytesOf('\r\n'), 1)).toBe(false);
  });
});

describe('characters', () => {
  it('are as long as UTF-8 makes them, and 0 when they are none', () => {
    const lengths = (text: string): number => characterBytes(bytesOf(text), 0, bytesOf(text).length);
    expect(['a', '\u00e9', '\u20ac', '\ud83d\ude00'].map(lengths)).toEqual([1, 2, 3, 4]);
    for (const bad of [
      [0x80],
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82],
    ])
      expect(characterBytes(Uint8Array.from(bad), 0, bad.length)).toBe(0);
  });

  it('are found from any of their bytes', () => {
    const bytes = bytesOf('a\u20acb');
    expect([0, 1, 2, 3, 4].map((at) => startOfCharacter(bytes, at))).toEqual([0, 1, 1, 1, 4]);
  });
});

describe('pieces of a row', () => {
  const mark = (kind: ByteMark['kind'], at: number, length: number): ByteMark => ({
    kind,
    at,
    length,
    title: kind,
  });

  it('are the whole row when nothing is marked', () => {
    expect(piecesOf(5, 9, [mark('finding', 20, 3)])).toEqual([
      { at: 5, length: 4, finding: null, focus: null, read: null },
    ]);
  });

  it('begin and end with the marks', () => {
    const pieces = piecesOf(0, 10, [mark('finding', 2, 4), mark('read', 4, 0), mark('focus', 8, 10)]);
    expect(
      pieces.map((piece) => [
        piece.at,
        piece.length,
        piece.finding !== null,
        piece.read !== null,
        piece.focus !== null,
      ]),
    ).toEqual([
      [0, 2, false, false, false],
      [2, 2, true, false, false],
      [4, 2, true, true, false],
      [6, 2, false, false, false],
      [8, 2, false, false, true],
    ]);
  });

  it('show a read that begins with the row', () => {
    expect(piecesOf(4, 8, [mark('read', 4, 0)])[0]?.read).not.toBeNull();
    expect(piecesOf(0, 4, [mark('read', 4, 0)])[0]?.read).toBeNull();
  });
});
