import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomAttempts, sessionOf } from '../../../../support/random-session.ts';
import { eventsOf, roundTrip, wholeEntries } from '../../../../support/round-trip.ts';
import { STARTED_AT } from '../../../../support/recorded-log.ts';
import { ODD_ATTEMPTS } from '../../../../contract/exporter.ts';
import { recordedLog } from '../../../../support/recorded-log.ts';

const RUNS = { numRuns: 60 };

describe.each(['ndjson', 'json', 'csv', 'har'])('a session through %s and back', (format) => {
  it('has every entry, byte and time again', async () => {
    await fc.assert(
      fc.asyncProperty(randomAttempts, async (attempts) => {
        const before = sessionOf(attempts);
        const { log, capture } = await roundTrip(format, before);
        expect(await wholeEntries(log)).toEqual(await wholeEntries(before));
        expect(capture.head).toMatchObject({ url: 'http://127.0.0.1/events', startedAt: STARTED_AT });
      }),
      RUNS,
    );
  });

  it('has every event of any part of it again', async () => {
    await fc.assert(
      fc.asyncProperty(randomAttempts, fc.nat(40), fc.nat(40), async (attempts, from, length) => {
        // In front of a part that begins there, a U+FEFF in the middle of a body becomes a byte order mark.
        fc.pre(attempts.every(({ body }) => !body.includes(0xef, 1)));
        const before = sessionOf(attempts);
        const events = (await wholeEntries(before))
          .slice(from, from + length)
          .filter((entry) => 'eventType' in entry && entry.eventType !== null);
        fc.pre(from < before.count && length > 0);
        const after = await wholeEntries(
          (await roundTrip(format, before, { range: { from, to: from + length } })).log,
        );
        const brief = (entry: object) => {
          const { eventType, data, id, retryMs, atMs, attempt } = entry as Record<string, unknown>;
          return { eventType, data, id, retryMs, atMs, attempt };
        };
        expect(after.filter((entry) => 'eventType' in entry && entry.eventType !== null).map(brief)).toEqual(
          events.map(brief),
        );
      }),
      RUNS,
    );
  });

  it('takes in what has no head, as sessions of tests', async () => {
    const before = recordedLog(ODD_ATTEMPTS);
    expect(await wholeEntries((await roundTrip(format, before)).log)).toEqual(await wholeEntries(before));
  });
});

describe('a session through .sse and back', () => {
  it('has every byte and event of a stream again', async () => {
    await fc.assert(
      fc.asyncProperty(randomAttempts, async ([attempt]) => {
        if (attempt?.framing !== 'sse') return;
        const before = sessionOf([{ ...attempt, lastEventId: '' }]);
        const { log, bytes } = await roundTrip('sse', before).catch(() => ({ log: null, bytes: null }));
        // What is no event stream at all is refused.
        if (log === null || bytes === null) {
          expect(new TextDecoder().decode(attempt.body)).not.toMatch(/^data:/m);
          return;
        }
        expect(Buffer.from(bytes)).toEqual(Buffer.from(attempt.body));
        expect(Buffer.from(await log.readWire(0, log.wireBytes))).toEqual(Buffer.from(attempt.body));
        expect(await eventsOf(log)).toEqual(await eventsOf(before));
      }),
      RUNS,
    );
  });
});
