import { describe, expect, it } from 'vitest';
import { lineDifference } from '../../../../../src/renderer/views/detail/line-difference.ts';
import { textRows } from '../../../../../src/renderer/views/detail/text-rows.ts';

function rowsOf(text: string, columns: number): string[] {
  const rows = textRows(text, columns);
  return Array.from({ length: rows.count }, (_, row) => `${rows.lineNumber(row) || '-'}|${rows.text(row)}`);
}

describe('rows of a text', () => {
  it('are its lines when they fit', () => {
    expect(rowsOf('one\n\nthree', 20)).toEqual(['1|one', '2|', '3|three']);
  });

  it('break a long line at a space, and number only its first row', () => {
    expect(rowsOf('the quick brown fox', 10)).toEqual(['1|the quick ', '-|brown fox']);
  });

  it('break a long word where it must be', () => {
    expect(rowsOf('x'.repeat(45), 20).map((row) => row.length)).toEqual([22, 22, 7]);
  });

  it('never break a character, and count wide ones twice', () => {
    expect(rowsOf('\ud83d\ude00'.repeat(5), 4)).toEqual([
      '1|\ud83d\ude00\ud83d\ude00',
      '-|\ud83d\ude00\ud83d\ude00',
      '-|\ud83d\ude00',
    ]);
  });

  it('count the escapes that hidden characters are shown as', () => {
    expect(rowsOf('\u202e\u202e\u202e', 12)).toEqual(['1|\u202e\u202e', '-|\u202e']);
  });

  it('have one empty row for an empty text', () => {
    expect(rowsOf('', 10)).toEqual(['1|']);
    expect(rowsOf('a\n', 10)).toEqual(['1|a', '2|']);
  });

  it('laid end to end are the text', () => {
    const text = 'a b\n\n' + 'word '.repeat(50) + '\n' + 'y'.repeat(99);
    const rows = textRows(text, 16);
    let joined = '';
    for (let row = 0; row < rows.count; row += 1)
      joined += (row > 0 && rows.lineNumber(row) > 0 ? '\n' : '') + rows.text(row);
    expect(joined).toBe(text);
  });
});

describe('the difference between two texts', () => {
  const marks = (before: string, after: string): string =>
    lineDifference(before, after)
      .map((line) => `${{ same: '=', added: '+', gone: '-' }[line.kind]}${line.text}`)
      .join(' ');

  it('keeps what is common in place', () => {
    expect(marks('a\nb\nc', 'a\nx\nc')).toBe('=a -b +x =c');
    expect(marks('a\nb', 'a\nb')).toBe('=a =b');
    expect(marks('a\nb\nc\nd', 'b\nc\ne\nd')).toBe('-a =b =c +e =d');
  });

  it('does not take a line for both the common beginning and the common end', () => {
    expect(marks('a', 'a\na')).toBe('=a +a');
    expect(marks('a\na', 'a')).toBe('=a -a');
  });

  it('gives up on exactness, not on truth, when there is too much', () => {
    const many = (name: string): string =>
      Array.from({ length: 3000 }, (_, at) => `${name}${at % 7}${at}`).join('\n');
    const lines = lineDifference(many('a'), many('b'));
    expect(lines.filter((line) => line.kind === 'gone')).toHaveLength(3000);
    expect(lines.filter((line) => line.kind === 'added')).toHaveLength(3000);
  });
});
