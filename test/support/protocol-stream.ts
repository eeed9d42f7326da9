/** Streams of protocols from the fixtures, and what is rebuilt from them. */
import { existsSync, readFileSync } from 'node:fs';
import { createExchangeFold, type ExchangeFold } from '../../src/shared/protocol/exchange-fold.ts';
import { rebuiltExchange } from '../../src/shared/protocol/rebuilt-exchange.ts';
import {
  createStreamFold,
  type StreamFold,
  type StreamFrame,
} from '../../src/shared/protocol/stream-fold.ts';
import type { HeaderPair, JournalEntry } from '../../src/shared/session/entry.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { createFrameReader } from '../../src/shared/sse/frame-reader.ts';

/** What is folded, in order. */
export type ProtocolStep = (fold: StreamFold) => void;

interface RequestFile {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  readonly body: unknown;
}

/** The entries of an attempt before its first frame. */
export function attemptSteps(
  file: Partial<RequestFile>,
  seq = 0,
  attempt = 1,
  lastEventId = '',
): ProtocolStep[] {
  const body = typeof file.body === 'string' ? file.body : JSON.stringify(file.body);
  const start: JournalEntry = {
    kind: 'attempt-start',
    attempt,
    method: file.method ?? 'POST',
    url: file.url ?? 'http://127.0.0.1/',
    headers: [],
    body,
    lastEventId,
    why: 'You connected',
  };
  const head: JournalEntry = {
    kind: 'response-head',
    attempt,
    status: 200,
    statusText: 'OK',
    headers: file.headers ?? [],
    url: start.url,
    httpVersion: '1.1',
    remoteAddress: null,
    timings: { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null },
    accepted: true,
  };
  return [(fold) => fold.entry(start, seq, seq * 10), (fold) => fold.entry(head, seq + 1, seq * 10 + 10)];
}

/** Entries 10 ms apart, numbered from `seq`. */
export function frameSteps(bytes: Uint8Array, seq = 0, attempt = 1): ProtocolStep[] {
  const steps: ProtocolStep[] = [];
  const reader = createFrameReader({
    byteText: createPortableByteText(),
    onFrame({ kind, eventType, data, id, offset, length }) {
      const number = seq + steps.length;
      const frame: StreamFrame = {
        kind,
        seq: number,
        atMs: number * 10,
        attempt,
        length,
        event: () => (eventType === null ? null : { type: eventType, data, id }),
        bytes: () => bytes.subarray(offset, offset + length),
      };
      steps.push((fold) => fold.frame(frame));
    },
    onExtend() {},
  });
  reader.begin(0, true);
  reader.push(bytes);
  reader.end();
  return steps;
}

/** The steps of a fixture: its request, where there is one, and its frames. */
export function fixtureSteps(path: string): ProtocolStep[] {
  const bytes = new Uint8Array(readFileSync(`${path}.sse`));
  if (!existsSync(`${path}.request.json`)) return frameSteps(bytes);
  const request = JSON.parse(readFileSync(`${path}.request.json`, 'utf8')) as RequestFile;
  return [...attemptSteps(request), ...frameSteps(bytes, 2)];
}

export function streamFold(): StreamFold {
  return createStreamFold(createPortableByteText());
}

/** What the steps amount to, as plain JSON. */
export function rebuiltExchanges(steps: readonly ProtocolStep[]): object[] {
  const fold = streamFold();
  for (const step of steps) step(fold);
  fold.end();
  return fold.exchanges().map(rebuiltExchange);
}

/** A fold that takes values as the data of unnamed events. */
export function foldOf(values: readonly unknown[]): ExchangeFold {
  const fold = createExchangeFold();
  for (const [seq, value] of values.entries()) {
    fold.push({ type: 'message', data: JSON.stringify(value), id: null, seq, atMs: seq * 10, attempt: 1 });
  }
  return fold;
}
