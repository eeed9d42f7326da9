import { describe, expect, it, vi } from 'vitest';
import { readFrameRun } from '../../../../src/main/sessions/frame-run.ts';
import { createCompletionReader, PROBE_EVENTS } from '../../../../src/renderer/state/completion-reader.ts';
import { joined } from '../../../../src/shared/chat/rebuilt.ts';
import type { AttemptEndEntry } from '../../../../src/shared/session/entry.ts';
import { kindNumberOf } from '../../../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

const chunk = (content: string) =>
  `data: ${JSON.stringify({ id: 'a', choices: [{ index: 0, delta: { content } }] })}\n\n`;
const finish = 'data: {"id":"a","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';

const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };
const ATTEMPT_END: AttemptEndEntry = {
  kind: 'attempt-end',
  attempt: 1,
  how: 'end-of-stream',
  failure: null,
  wireBytes: 0,
  bodyBytes: 0,
  timings: NO_TIMINGS,
};

function readerOf(log: SessionReader) {
  const asked: number[] = [];
  const onChange = vi.fn();
  const reader = createCompletionReader({
    readRun(fromSeq, maxBytes) {
      asked.push(fromSeq);
      return readFrameRun(log, fromSeq, maxBytes);
    },
    readJournal: () => log.journal(),
    onChange,
  });
  const text = () =>
    reader.completions().map((one) => joined(one.choices[0]?.content ?? { pieces: [], seqs: [] }));
  return { reader, asked, onChange, text };
}

describe('reading completions of a session', () => {
  it('reads only what is new', async () => {
    const log = recordedLog([{ reads: [chunk('one '), chunk('two '), chunk('three')] }]);
    const { reader, asked, text } = readerOf(log);
    reader.advance(2, false);
    await vi.waitFor(() => expect(reader.cursor).toBeGreaterThanOrEqual(2));
    const before = reader.cursor;
    reader.advance(log.count, false);
    await vi.waitFor(() => expect(reader.cursor).toBe(log.count));
    expect(text()).toEqual(['one two three']);
    expect(asked.every((from) => from === 0 || from >= before)).toBe(true);
    expect(reader.completions()[0]?.end).toBe('streaming');
  });

  it('ends the answer when the session is over and everything is read', async () => {
    const log = recordedLog([{ reads: [chunk('one'), finish] }]);
    const { reader } = readerOf(log);
    reader.advance(log.count, false);
    await vi.waitFor(() => expect(reader.cursor).toBe(log.count));
    expect(reader.completions()[0]?.end).toBe('streaming');
    reader.advance(log.count, true);
    await vi.waitFor(() => expect(reader.completions()[0]?.end).toBe('complete'));
  });

  it('takes the end of an attempt for the end of its answer until a reconnect goes on with it', async () => {
    const log = recordedLog([{ reads: [chunk('one ')] }]);
    const { reader, text } = readerOf(log);
    log.appendEntry(ATTEMPT_END, 50);
    reader.advance(log.count, false);
    await vi.waitFor(() => expect(reader.completions()[0]?.end).toBe('truncated'));
    const more = new TextEncoder().encode(chunk('two'));
    const record = {
      offset: log.wireBytes,
      atMs: 60,
      length: more.length,
      attempt: 2,
      firstRead: 1,
      framing: 0,
    };
    log.appendWire(more, 60, 2);
    log.appendFrame({ ...record, typeNumber: 0, kindNumber: kindNumberOf('event'), flags: 0 }, 'message');
    reader.advance(log.count, false);
    await vi.waitFor(() => expect(text()).toEqual(['one two']));
    expect(reader.completions()[0]?.end).toBe('streaming');
  });

  it('reads one run after another and never the same entry twice', async () => {
    const reads = Array.from({ length: 20 }, (_, at) => chunk(`${at}:${'x'.repeat(100_000)};`));
    const log = recordedLog([{ reads }]);
    const { reader, asked, text } = readerOf(log);
    reader.advance(log.count, true);
    reader.advance(log.count, true);
    await vi.waitFor(() => expect(reader.cursor).toBe(log.count));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(3);
    expect(text()[0]?.match(/\d+(?=:)/g)).toEqual(reads.map((_, at) => String(at)));
  });

  it('fetches a frame that is longer than a run whole', async () => {
    const log = recordedLog([{ reads: [chunk('a'), chunk('b'.repeat(1_000_000)), chunk('c')] }]);
    const { reader, text } = readerOf(log);
    reader.advance(log.count, true);
    await vi.waitFor(() => expect(reader.cursor).toBe(log.count));
    expect(text()[0]).toHaveLength(1_000_002);
  });

  it('gives up after events that are no chat, says what they were, and reads on when told to', async () => {
    const goals = Array.from({ length: PROBE_EVENTS + 100 }, (_, at) =>
      at % 4 === 0 ? 'event: goal\ndata: {"home":1}\n\n' : 'data: tick\n\n',
    );
    const log = recordedLog([{ reads: [goals.join(''), chunk('late')] }]);
    const { reader, text } = readerOf(log);
    reader.advance(log.count, true);
    await vi.waitFor(() => expect(reader.gaveUp).toBe(true));
    expect(reader.cursor).toBeLessThan(log.count);
    expect(reader.seen).toEqual({
      events: PROBE_EVENTS,
      types: [
        { type: 'message', count: 150 },
        { type: 'goal', count: 50 },
      ],
      paths: [],
    });
    reader.readOn();
    await vi.waitFor(() => expect(text()).toEqual(['late']));
    expect(reader.gaveUp).toBe(false);
  });

  it('says why reading failed and tries again when there is more', async () => {
    const log = recordedLog([{ reads: [chunk('one')] }]);
    let fail = true;
    const reader = createCompletionReader({
      readRun: (from, bytes) =>
        fail ? Promise.reject(new Error('The disk is gone')) : readFrameRun(log, from, bytes),
      readJournal: () => log.journal(),
      onChange() {},
    });
    reader.advance(1, false);
    await vi.waitFor(() => expect(reader.error).toBe('The disk is gone'));
    fail = false;
    reader.advance(log.count, true);
    await vi.waitFor(() => expect(reader.completions()).toHaveLength(1));
    expect(reader.error).toBeNull();
  });

  it('falls silent when it is disposed', async () => {
    const log = recordedLog([{ reads: [chunk('one')] }]);
    const { reader, onChange } = readerOf(log);
    reader.advance(log.count, true);
    reader.dispose();
    await new Promise((resolve) => setTimeout(resolve));
    expect(onChange).not.toHaveBeenCalled();
  });
});
