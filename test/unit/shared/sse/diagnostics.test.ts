import { describe, expect, it } from 'vitest';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { diagnoseFrame, MAX_FINDINGS } from '../../../../src/shared/sse/diagnostics.ts';
import { createEventParser } from '../../../../src/shared/sse/event-parser.ts';
import { explainUnknownLine } from '../../../../src/shared/sse/unknown-line.ts';
import { utf8Faults } from '../../../../src/shared/sse/utf8-faults.ts';
import { bytesOf } from './read-frames.ts';

const byteText = createPortableByteText();

describe('explaining ignored lines', () => {
  it.each([
    ['Data: x', '"Data" is not "data": field names are case-sensitive'],
    [' data: x', 'Space before "data"'],
    ['data : x', 'Space after "data"'],
    ['\uFEFFdata: x', 'byte order mark'],
    ['{"error":1}', 'JSON without "data:"'],
    ['[1,', 'JSON without "data:"'],
    ['weather: fog', '"weather" is not a field'],
    ['weather', '"weather" has no colon'],
  ])('says what is wrong with %j', (line, sentence) => {
    expect(explainUnknownLine(line, false)).toContain(sentence);
  });

  it('takes a line without a colon after data for a line break that was not encoded', () => {
    expect(explainUnknownLine('second line', true)).toContain('follows data');
  });

  it('shows no more than the beginning of a long name', () => {
    expect(explainUnknownLine('n'.repeat(1000), false).length).toBeLessThan(150);
  });
});

describe('diagnoseFrame', () => {
  it('counts what is too much to list', () => {
    const bytes = bytesOf(`${'nope\n'.repeat(1000)}data: x\n\n`);
    const found = diagnoseFrame({ bytes, offset: 7, kind: 'event', flags: 0 }, byteText);
    expect(found).toHaveLength(MAX_FINDINGS + 1);
    expect(found.some((finding) => finding.message.startsWith('950 more'))).toBe(true);
    expect(found[0]).toMatchObject({ code: 'unknown-field', offset: 7, length: 4 });
  });

  it('says of a piece of an oversize frame only that', () => {
    const found = diagnoseFrame(
      { bytes: bytesOf('nope\n'), offset: 0, kind: 'oversize', flags: 0 },
      byteText,
    );
    expect(found.map((finding) => finding.code)).toEqual(['oversize']);
  });

  it('does not blame the beginning of a known field for being cut off', () => {
    for (const tail of ['da', 'data', 'data: x', 'retry: 1', ':', 'i']) {
      const found = diagnoseFrame(
        { bytes: bytesOf(tail), offset: 0, kind: 'incomplete', flags: 0 },
        byteText,
      );
      expect(
        found.map((finding) => finding.code),
        tail,
      ).toEqual(['incomplete-at-end']);
    }
    const found = diagnoseFrame(
      { bytes: bytesOf('dat: x'), offset: 0, kind: 'incomplete', flags: 0 },
      byteText,
    );
    expect(found.map((finding) => finding.code)).toContain('unknown-field');
  });
});

describe('utf8Faults', () => {
  const faults = (...bytes: number[]) =>
    utf8Faults(Uint8Array.from(bytes), 0, bytes.length, 10).map(({ start, end }) => [start, end]);

  it('finds nothing in well-formed text', () => {
    const bytes = bytesOf('a é € 🦊 \u{10FFFF} \uFFFD\u0000');
    expect(utf8Faults(bytes, 0, bytes.length, 10)).toEqual([]);
  });

  it.each([
    ['a byte alone', [0x61, 0xff, 0x61], [[1, 2]]],
    ['an overlong form', [0xc0, 0xaf, 0x61], [[0, 2]]],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], [[0, 3]]],
    ['a surrogate', [0xed, 0xa0, 0x80, 0x61], [[0, 3]]],
    ['beyond the last character', [0xf4, 0x90, 0x80, 0x80], [[0, 4]]],
    ['a character that is cut off', [0x61, 0xe2, 0x82], [[1, 3]]],
    [
      'two places',
      [0xff, 0x61, 0x80],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('finds %s', (_what, bytes, expected) => expect(faults(...bytes)).toEqual(expected));

  it('stops at the limit', () => {
    expect(utf8Faults(Uint8Array.from([0xff, 0x61, 0xff, 0x61, 0xff]), 0, 5, 2)).toHaveLength(2);
  });
});

describe('a frame of which only the beginning is at hand', () => {
  it('is read as far as it goes, and no character is cut in two', () => {
    const bytes = bytesOf('event: tide\ndata: 豆腐');
    const parser = createEventParser(byteText);
    const facts = { kind: 'event', flags: 8, cut: true } as const;
    const texts = [3, 2, 1, 0].map(
      (less) => parser.interpret(bytes, 0, bytes.length - less, facts).event?.data,
    );
    expect(texts).toEqual(['豆', '豆', '豆', '豆腐']);
    expect(parser.interpret(bytes, 0, 20, facts).event).toMatchObject({ type: 'tide', data: '' });
  });
});
