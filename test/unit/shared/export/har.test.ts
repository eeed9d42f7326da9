import { describe, expect, it } from 'vitest';
import { harTimings } from '../../../../src/shared/export/har-entry.ts';
import { attemptsOf } from '../../../../src/shared/session/attempts.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog, STARTED_AT } from '../../../support/recorded-log.ts';

interface Har {
  readonly log: { readonly version: string; readonly entries: readonly HarEntry[] };
}
interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: Record<string, unknown>;
  readonly response: {
    readonly content: { readonly text: string; readonly size: number; readonly encoding?: string };
  };
  readonly timings: Record<string, number>;
  readonly _resourceType: string;
  readonly _eventSourceMessages: readonly Record<string, unknown>[];
}
const parse = (text: string): Har => JSON.parse(text) as Har;

describeExporter('har', null);

describe('a HAR file', () => {
  it('has an entry an attempt, with the fields that HAR 1.2 demands', async () => {
    const { log } = parse((await exported('har', recordedLog(ODD_ATTEMPTS))).text);
    expect(log.version).toBe('1.2');
    expect(log.entries).toHaveLength(ODD_ATTEMPTS.length);
    for (const entry of log.entries) {
      expect(Object.keys(entry)).toEqual(
        expect.arrayContaining(['startedDateTime', 'time', 'request', 'response', 'cache', 'timings']),
      );
      expect(Object.keys(entry.request)).toEqual(
        expect.arrayContaining([
          'method',
          'url',
          'httpVersion',
          'cookies',
          'headers',
          'queryString',
          'headersSize',
          'bodySize',
        ]),
      );
      const { ssl: _ssl, ...phases } = entry.timings;
      const sum = Object.values(phases).reduce((all, ms) => all + Math.max(0, ms), 0);
      expect(entry.time).toBeCloseTo(sum);
    }
  });

  it('notes events as Chrome does, in seconds since 1970', async () => {
    const log = recordedLog([{ reads: ['id: 1\nevent: goal\ndata: {"a":1}\n\n', 'data: b\n\n'] }]);
    const [entry] = parse((await exported('har', log)).text).log.entries;
    expect(entry?._resourceType).toBe('eventsource');
    expect(entry?._eventSourceMessages).toEqual([
      { time: (STARTED_AT + 10) / 1000, eventName: 'goal', eventId: '1', data: '{"a":1}' },
      { time: (STARTED_AT + 20) / 1000, eventName: 'message', eventId: '1', data: 'b' },
    ]);
    expect(entry?.response.content).toMatchObject({
      text: 'id: 1\nevent: goal\ndata: {"a":1}\n\ndata: b\n\n',
    });
  });

  it('has bodies that are no UTF-8 in base64', async () => {
    const body = new Uint8Array([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0x0a, 0x0a]);
    const [entry] = parse((await exported('har', recordedLog([{ reads: [body] }]))).text).log.entries;
    expect(entry?.response.content.encoding).toBe('base64');
    expect(Buffer.from(entry?.response.content.text ?? '', 'base64')).toEqual(Buffer.from(body));
    expect(entry?.response.content.size).toBe(8);
  });
});

describe('the phases of an attempt', () => {
  const timings = { dnsMs: 5, connectMs: 15, tlsMs: 40, headMs: 100, firstByteMs: 101 };
  const of = (known: typeof timings | object) => {
    const head = { ...responseHead(1), timings: known } as never;
    const end = { ...attemptEnd(1), timings: known } as never;
    const journal = [attemptStart(1), head, end].map((entry, seq) => ({
      seq,
      atMs: [1000, 1100, 1500][seq] ?? 0,
      entry,
    }));
    return harTimings(attemptsOf(journal)[0] ?? null);
  };

  it('follow one another, TLS counted in connect as well', () => {
    expect(of(timings)).toEqual({
      blocked: -1,
      dns: 5,
      connect: 35,
      ssl: 25,
      send: 0,
      wait: 60,
      receive: 400,
    });
  });

  it('are -1 where they did not happen', () => {
    const none = { dnsMs: null, connectMs: null, tlsMs: null, headMs: 100, firstByteMs: null };
    expect(of(none)).toEqual({
      blocked: -1,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait: 100,
      receive: 400,
    });
  });
});
