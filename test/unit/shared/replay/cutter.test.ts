import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCutter, type Write } from '../../../../src/shared/replay/cutter.ts';
import { REPLAY_CUTS, type ReplayCut } from '../../../../src/shared/replay/replay-options.ts';
import { sourceFrames } from '../../../support/source-frames.ts';

function writesOf(cut: ReplayCut, reads: readonly string[]): Write[] {
  const cutter = createCutter(cut);
  const writes: Write[] = [];
  for (const frame of sourceFrames(reads)) {
    frame.segments.forEach(({ bytes, atMs, read }, at) => {
      const completes = at === frame.segments.length - 1 ? frame : null;
      writes.push(...cutter.add({ bytes, atMs, read, completes }));
    });
  }
  return [...writes, ...cutter.flush()];
}

const textsOf = (writes: readonly Write[]) => writes.map(({ bytes }) => Buffer.from(bytes).toString());

it('keeps the reads, which cut frames and hold several', () => {
  const reads = ['data: a\n\nda', 'ta: b\n\n: c\n', 'data: d\n\n'];
  const writes = writesOf('reads', reads);
  expect(textsOf(writes)).toEqual(reads);
  expect(writes.map(({ completes }) => completes.length)).toEqual([1, 2, 1]);
  expect(writes.map(({ atMs }) => atMs)).toEqual([100, 200, 300]);
});

it('sends an event when all of it is there', () => {
  const writes = writesOf('event', ['data: a\n\nda', 'ta: b\n\n']);
  expect(textsOf(writes)).toEqual(['data: a\n\n', 'data: b\n\n']);
  expect(writes.map(({ atMs }) => atMs)).toEqual([100, 200]);
});

it('never alters or loses a byte, however it cuts, and tells each frame once', () => {
  const piece = fc.constantFrom('data: ', 'é', '你好', '😀', '\n', '\n\n', 'id: 1\n', ': c\n', '\r\n', 'x');
  fc.assert(
    fc.property(fc.array(fc.array(piece, { minLength: 1 }).map((parts) => parts.join(''))), (reads) => {
      for (const cut of REPLAY_CUTS) {
        const writes = writesOf(cut, reads);
        expect(Buffer.concat(writes.map(({ bytes }) => bytes)).toString()).toBe(reads.join(''));
        const seqs = writes.flatMap(({ completes }) => completes.map(({ seq }) => seq));
        expect(seqs).toEqual(sourceFrames(reads).map(({ seq }) => seq));
        expect(writes.every(({ bytes }) => bytes.length > 0)).toBe(true);
        if (cut === 'byte') expect(writes.every(({ bytes }) => bytes.length === 1)).toBe(true);
      }
    }),
  );
});
