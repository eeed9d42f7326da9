/** Work is counted, not timed: how many bytes are looked at, copied or decoded for each byte that comes. */
import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import type { ByteText } from '../../../../src/shared/sse/byte-text.ts';
import { createFrameReader, MAX_FRAME_BYTES } from '../../../../src/shared/sse/frame-reader.ts';
import { createPendingBytes } from '../../../../src/shared/sse/pending-bytes.ts';
import { bytesOf, inPieces, readBody } from './read-frames.ts';

interface Work {
  readonly byteText: ByteText;
  bytes: number;
  longest: number;
}

function countingByteText(): Work {
  const node = createNodeByteText();
  const count = (start: number, end: number): void => {
    work.bytes += end - start;
    work.longest = Math.max(work.longest, end - start);
  };
  const work: Work = {
    bytes: 0,
    longest: 0,
    byteText: {
      isAscii: (bytes, start, end) => (count(start, end), node.isAscii(bytes, start, end)),
      latin1: (bytes, start, end) => (count(start, end), node.latin1(bytes, start, end)),
      utf8: (bytes, start, end) => (count(start, end), node.utf8(bytes, start, end)),
    },
  };
  return work;
}

describe('work', () => {
  it('#37 huge-line-tiny-chunks: a line of 64 MiB in pieces of 16 bytes is looked at four times a byte', () => {
    const work = countingByteText();
    const lengths: number[] = [];
    const reader = createFrameReader({
      byteText: work.byteText,
      onFrame: (frame) => lengths.push(frame.data.length),
      onExtend: () => undefined,
    });
    const size = 64 * 1024 * 1024;
    const piece = bytesOf('0123456789abcdef');
    reader.begin(0, true);
    reader.push(bytesOf('data: '));
    for (let sent = 0; sent < size; sent += piece.length) reader.push(piece);
    reader.push(bytesOf('\n\n'));
    expect(lengths).toEqual([size]);
    expect(work.bytes / size).toBeLessThan(4.1);
  }, 120_000);

  it('#36 huge-line: two halves of 5 MiB make one event', () => {
    const half = 'x'.repeat(5 * 1024 * 1024);
    const { events } = readBody([bytesOf(`data: ${half}`), bytesOf(`${half}\n\n`)]);
    expect(events.map((event) => event.data.length)).toEqual([10 * 1024 * 1024]);
  });

  it('#38 never-ending-line: memory stays under the cap, and every piece is handed out', () => {
    const work = countingByteText();
    const frames: { kind: string; length: number }[] = [];
    const reader = createFrameReader({
      byteText: work.byteText,
      maxFrameBytes: 10_000,
      onFrame: ({ kind, length }) => frames.push({ kind, length }),
      onExtend: () => undefined,
    });
    reader.begin(0, true);
    reader.push(bytesOf('data: '));
    const piece = bytesOf('y'.repeat(1000));
    for (let sent = 0; sent < 1000; sent += 1) reader.push(piece);
    expect(frames).toHaveLength(100);
    expect(new Set(frames.map((frame) => `${frame.kind} ${frame.length}`))).toEqual(
      new Set(['oversize 10000']),
    );
    reader.push(bytesOf('\n\ndata: fine\n\n'));
    expect(frames.slice(100)).toEqual([
      { kind: 'oversize', length: 8 },
      { kind: 'event', length: 12 },
    ]);
    expect(work.longest).toBeLessThanOrEqual(1000);
  });

  it('#39 empty-data-line-flood: a block of 200,000 data lines is one event, read once', () => {
    const work = countingByteText();
    const body = bytesOf(`${'data:\n'.repeat(200_000)}\n`);
    const { events } = readBody(inPieces(body, 1024), { byteText: work.byteText });
    expect(events[0]?.data).toHaveLength(199_999);
    expect(work.bytes / body.length).toBeLessThan(4.1);
  });

  it('#40 many-small-events: all events of one read, in order, each byte looked at twice', () => {
    const work = countingByteText();
    const body = bytesOf(Array.from({ length: 5000 }, (_, n) => `data: ${n}\n\n`).join(''));
    const { events } = readBody([body], { byteText: work.byteText });
    expect(events.map((event) => Number(event.data))).toEqual(Array.from({ length: 5000 }, (_, n) => n));
    expect(work.bytes / body.length).toBeLessThan(2.1);
  });

  it('a run of line ends that never stops is handed out as blank, and does not spoil the next frame', () => {
    const { frames } = readBody([bytesOf(`${'\n'.repeat(100)}data: a\n\n`)], { maxFrameBytes: 40 });
    expect(frames.map(({ kind, length }) => [kind, length])).toEqual([
      ['blank', 40],
      ['blank', 40],
      ['event', 29],
    ]);
  });

  it('holds lines of at least 64 MiB by default', () => {
    expect(MAX_FRAME_BYTES).toBeGreaterThan(64 * 1024 * 1024);
  });
});

describe('pending bytes', () => {
  it('come back as they were appended, and start again after clear', () => {
    const pending = createPendingBytes();
    for (const piece of inPieces(bytesOf('a'.repeat(5000) + 'b'.repeat(5000)), 7)) {
      pending.append(piece, 0, piece.length);
    }
    expect(Buffer.from(pending.bytes()).toString()).toBe('a'.repeat(5000) + 'b'.repeat(5000));
    pending.clear();
    pending.append(bytesOf('xyz'), 1, 2);
    expect([pending.length, ...pending.bytes()]).toEqual([1, 121]);
  });
});
