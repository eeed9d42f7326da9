/** What capture does for an event, in counts and not in times, so that it cannot become more without anybody noticing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as Parser from 'eventsource-parser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createRecorder, type RecorderOptions } from '../../../src/shared/session/recorder.ts';
import type { ByteText } from '../../../src/shared/sse/byte-text.ts';

const parsed = vi.hoisted(() => ({ chars: 0 }));
vi.mock('eventsource-parser', async (original) => {
  const real = await original<typeof Parser>();
  return {
    ...real,
    createParser: (callbacks: Parameters<typeof real.createParser>[0]) => {
      const parser = real.createParser(callbacks);
      return {
        ...parser,
        feed(text: string) {
          // The mark that stands for the beginning of a body is not part of it.
          if (text !== '\uFEFF') parsed.chars += text.length;
          parser.feed(text);
        },
      };
    },
  };
});
afterEach(() => (parsed.chars = 0));

/** A log that stores nothing, so that what is counted is the recorder's. */
function sink(): RecorderOptions['log'] & { frames: number } {
  return {
    frames: 0,
    wireBytes: 0,
    appendWire(bytes) {
      Object.assign(this, { wireBytes: this.wireBytes + bytes.length });
    },
    appendFrame() {
      return (this.frames += 1);
    },
    extendLastFrame: () => undefined,
    appendEntry: () => 0,
    drained: async () => undefined,
  };
}

/** Counts the bytes that are turned into text, by the way in which. */
function countingText() {
  const real = createNodeByteText();
  const bytes = { isAscii: 0, latin1: 0, utf8: 0 };
  const counted = <K extends keyof ByteText>(name: K) =>
    ((source, start, end) => {
      bytes[name] += end - start;
      return real[name](source, start, end);
    }) as ByteText[K];
  const byteText: ByteText = {
    isAscii: counted('isAscii'),
    latin1: counted('latin1'),
    utf8: counted('utf8'),
  };
  return { byteText, bytes };
}

function record(body: Buffer, readBytes: number) {
  const { byteText, bytes } = countingText();
  const log = sink();
  const recorder = createRecorder({ log, byteText });
  recorder.beginBody(1, 'sse');
  for (let at = 0; at < body.length; at += readBytes) recorder.read(body.subarray(at, at + readBytes), at);
  recorder.endBody(body.length);
  return { bytes, frames: log.frames };
}

const chat = Buffer.from('data: {"choices":[{"delta":{"content":"word "}}]}\n\n'.repeat(4000));
const typed = Buffer.from('event: delta\nid: 7\ndata: {"text":"word "}\n\n: alive\n'.repeat(4000));
const german = Buffer.from('data: {"text":"Müller"}\n\nevent: ö\ndata: 豆腐\n\n'.repeat(4000));

describe('a byte that is captured', () => {
  it('of plain data lines is turned into text once, and parsed by nobody', () => {
    const { bytes, frames } = record(chat, 65_536);
    expect(frames).toBe(4000);
    expect(bytes).toEqual({ isAscii: chat.length, latin1: chat.length, utf8: expect.any(Number) as number });
    // Only frames that lie across two reads are joined and decoded by themselves.
    expect(bytes.utf8).toBeLessThan(4 * 128);
    expect(parsed.chars).toBe(bytes.utf8);
  });

  it.each([
    ['with types and ids', typed, 8000],
    ['outside ASCII', german, 8000],
  ])('%s is looked at once in each step, however it was cut into reads', (_, body, expected) => {
    for (const readBytes of [65_536, 1000, 100]) {
      parsed.chars = 0;
      const { bytes, frames } = record(body, readBytes);
      expect(frames).toBe(expected);
      expect(bytes.isAscii).toBe(body.length);
      expect(bytes.latin1).toBe(body.length);
      expect(bytes.utf8).toBeLessThanOrEqual(body.length);
      expect(parsed.chars).toBeLessThanOrEqual(body.length);
    }
  });
});

describe('the heap', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => process.memoryUsage().heapUsed;

  it('keeps nothing of an event, and little is made for one', () => {
    const byteText = createNodeByteText();
    const recorder = createRecorder({ log: sink(), byteText });
    recorder.beginBody(1, 'sse');
    let atMs = 0;
    const pass = (times: number) => {
      for (let time = 0; time < times; time += 1) recorder.read(chat.subarray(0, 49_000), (atMs += 1));
    };
    const eventsAPass = 49_000 / (chat.length / 4000);
    pass(30);
    collect();
    const before = used();
    pass(4);
    // The text of a read is as long as the read; what comes on top is the events'. A collection meanwhile only lowers it.
    const made = (used() - before - 4 * 49_000) / (4 * eventsAPass);
    pass(500);
    collect();
    const kept = (used() - before) / (504 * eventsAPass);
    expect(made).toBeLessThan(60);
    expect(kept).toBeLessThan(1);
  });
});
