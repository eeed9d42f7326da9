import { describe, expect, it } from 'vitest';
import { asarArchive } from '../../../scripts/setup/asar-archive.mjs';

/** Reads an archive as Electron does: the size of the header, the header, then files by offset from its end. */
function read(archive) {
  const headerSize = archive.readUInt32LE(4);
  const jsonLength = archive.readUInt32LE(12);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + jsonLength));
  const body = 8 + headerSize;
  return Object.fromEntries(
    Object.entries(header.files).map(([name, { offset, size }]) => {
      const from = body + Number(offset);
      return [name, archive.toString('utf8', from, from + size)];
    }),
  );
}

describe('the asar archive', () => {
  it.each([
    { 'package.json': '{"main":"main.cjs"}', 'main.cjs': 'console.log(1);' },
    { a: '', b: 'ünï', c: 'x' },
    { 'a-name-of-another-length': '1', z: '22' },
  ])('gives back what was put in: %o', (files) => {
    expect(read(asarArchive(files))).toEqual(files);
  });

  it('keeps its pickles whole multiples of four', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd']) {
      const archive = asarArchive({ [name]: '' });
      expect(archive.readUInt32LE(0)).toBe(4);
      expect(archive.readUInt32LE(4) % 4).toBe(0);
      expect(archive.readUInt32LE(8)).toBe(archive.readUInt32LE(4) - 4);
    }
  });
});
