import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/shared/session/index-record.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { recordsOf } from '../../../contract/session-log.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const STREAM =
  '\ufeffretry: 100\n\nid: 7\n\n: hello\n\nevent: goal\ndata: {"minute":7}\n\nevent: ping\n\n\r\n' +
  'data: Müller 豆腐\r\ndata: second\r\n\r\nfoo: bar\n\ndata: left over\nid: never';

function start(maxFrameBytes?: number) {
  const log = createMemoryLog({ sessionId: 'memory', maxBytes: 64 * 1024 * 1024 });
  const byteText = createPortableByteText();
  const recorder = createRecorder({ log, byteText, ...(maxFrameBytes ? { maxFrameBytes } : {}) });
  return { log, recorder };
}

async function rows(log: ReturnType<typeof start>['log']) {
  const records = await recordsOf(log);
  return Promise.all(
    records.map(async (record) => {
      const bytes = record.kindNumber >= 64 ? [] : await log.readWire(record.offset, record.length);
      return { kind: kindOf(record.kindNumber), atMs: record.atMs, text: Buffer.from(bytes).toString() };
    }),
  );
}

describe('the recorder', () => {
  it('turns a stream into frames whose bytes, laid end to end, are the stream', async () => {
    const { log, recorder } = start();
    recorder.beginBody(1, 'sse');
    const outcome = recorder.read(Buffer.from(STREAM), 5);
    recorder.endBody(9);
    expect(outcome).toEqual({ events: 2, retryMs: 100, longEvent: false });
    expect(recorder.lastEventId).toBe('7');
    const found = await rows(log);
    expect(found.map((row) => row.text).join('')).toBe(STREAM);
    expect(found.map((row) => row.kind)).toEqual([
      'retry',
      'id',
      'comment',
      'event',
      'no-data',
      'event',
      'unknown',
      'incomplete',
    ]);
    expect(log.eventTypes).toEqual(['goal', 'message']);
  });

  it('says in which read a frame began and when its last byte came, however the stream is cut', async () => {
    const whole = Buffer.from(STREAM);
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const { log, recorder } = start();
      recorder.beginBody(1, 'sse');
      for (let at = 0, atMs = 0; at < whole.length; atMs += 1) {
        const length = 1 + Math.floor(random() * 12);
        recorder.read(whole.subarray(at, at + length), atMs);
        at += length;
      }
      recorder.endBody(1000);
      const records = await recordsOf(log);
      expect(records).toHaveLength(8);
      for (const record of records) {
        const reads = await log.readsIn(record.offset, record.length);
        expect(record.firstRead).toBe(reads[0]?.number);
        // The LF of a CRLF may come one read after its CR ended the frame.
        expect(reads.slice(-2).map((read) => read.atMs)).toContain(record.atMs);
      }
    }
  });

  it('adds the late half of a CRLF to the frame that its CR ended', async () => {
    const { log, recorder } = start();
    recorder.beginBody(1, 'sse');
    expect(recorder.read(Buffer.from('data: 1\r\n\r'), 1).events).toBe(1);
    recorder.read(Buffer.from('\ndata: 2\r\n\r\n'), 2);
    const found = await rows(log);
    expect(found.map((row) => row.text)).toEqual(['data: 1\r\n\r\n', 'data: 2\r\n\r\n']);
    expect(found.map((row) => row.atMs)).toEqual([1, 2]);
    expect((await recordsOf(log)).map((record) => record.firstRead)).toEqual([0, 1]);
  });

  it('keeps the last event ID over bodies, and a retry that has no blank line', () => {
    const { recorder } = start();
    recorder.beginBody(1, 'sse');
    recorder.read(Buffer.from('id: abc\ndata: 1\n\nid: lost\nretry: 70\n'), 1);
    expect(recorder.endBody(2).retryMs).toBe(70);
    recorder.beginBody(2, 'sse');
    recorder.read(Buffer.from('data: 2\n\n'), 3);
    expect(recorder.lastEventId).toBe('abc');
  });

  it('keeps a body that is no event stream as runs of whole reads', async () => {
    const { log, recorder } = start();
    recorder.beginBody(1, null);
    expect(recorder.read(Buffer.from('{"error":'), 1)).toEqual({
      events: 0,
      retryMs: null,
      longEvent: false,
    });
    recorder.read(Buffer.from('"no"}\n\n'), 2);
    recorder.endBody(3);
    recorder.beginBody(2, null);
    for (let at = 0; at < 10; at += 1) recorder.read(Buffer.alloc(20_000, 'x'), 4 + at);
    recorder.endBody(20);
    const records = await recordsOf(log);
    expect(records.map((record) => [kindOf(record.kindNumber), record.length, record.firstRead])).toEqual([
      ['unknown', 16, 0],
      ['unknown', 80_000, 2],
      ['unknown', 80_000, 6],
      ['unknown', 40_000, 10],
    ]);
  });

  it('cuts up a frame that outgrows the cap, keeps every byte, and says it once a body', async () => {
    const { log, recorder } = start(1000);
    recorder.beginBody(1, 'sse');
    for (let at = 0; at < 10; at += 1) recorder.read(Buffer.from(`data: ${'x'.repeat(494)}`), at);
    recorder.read(Buffer.from('\n\ndata: fine\n\n'), 11);
    recorder.endBody(12);
    const found = await rows(log);
    expect(found.map((row) => row.text.length).reduce((sum, length) => sum + length)).toBe(5014);
    expect(found.filter((row) => row.kind === 'oversize').length).toBeGreaterThan(4);
    expect(found.at(-1)).toMatchObject({ kind: 'event', text: 'data: fine\n\n' });
    expect((await log.journal()).map((line) => line.entry.kind)).toEqual(['capture-notice']);
  });
});
