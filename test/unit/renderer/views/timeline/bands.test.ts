import { describe, expect, it } from 'vitest';
import { connectionBands, silencesIn } from '../../../../../src/renderer/views/timeline/bands.ts';
import type {
  AttemptTimings,
  JournalEntry,
  NumberedJournalEntry,
} from '../../../../../src/shared/session/entry.ts';

const NO_TIMINGS: AttemptTimings = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  headMs: null,
  firstByteMs: null,
};

const start = (attempt: number): JournalEntry => ({
  kind: 'attempt-start',
  attempt,
  method: 'GET',
  url: 'http://localhost/',
  headers: [],
  body: '',
  lastEventId: '',
  why: 'You connected',
});
const head = (attempt: number, status = 200): JournalEntry => ({
  kind: 'response-head',
  attempt,
  status,
  statusText: status === 200 ? 'OK' : '',
  headers: [],
  url: 'http://localhost/',
  httpVersion: '1.1',
  remoteAddress: null,
  timings: NO_TIMINGS,
  accepted: status === 200,
});
const end = (attempt: number, how: 'end-of-stream' | 'failed' = 'end-of-stream'): JournalEntry => ({
  kind: 'attempt-end',
  attempt,
  how,
  failure: how === 'failed' ? { code: 'reset', message: 'The connection was reset.' } : null,
  wireBytes: 0,
  bodyBytes: 0,
  timings: NO_TIMINGS,
});
const wait = (attempt: number): JournalEntry => ({
  kind: 'retry-scheduled',
  attempt,
  delayMs: 3000,
  source: 'default',
  why: 'The stream ended',
});

function journal(...entries: (readonly [atMs: number, entry: JournalEntry])[]): NumberedJournalEntry[] {
  return entries.map(([atMs, entry], seq) => ({ seq, atMs, entry }));
}

const brief = (entries: NumberedJournalEntry[], now: number): string[] =>
  connectionBands(entries, now).bands.map((band) => `${band.kind} ${band.fromMs}-${band.toMs}`);

describe('the bands of a connection', () => {
  it('follow its attempts, heads, ends and waits', () => {
    const entries = journal(
      [0, start(1)],
      [30, head(1)],
      [900, end(1)],
      [901, wait(1)],
      [3901, start(2)],
      [3950, head(2)],
    );
    expect(brief(entries, 5000)).toEqual([
      'connecting 0-30',
      'open 30-900',
      'waiting 901-3901',
      'connecting 3901-3950',
      'open 3950-5000',
    ]);
  });

  it('end now where nothing has ended them', () => {
    expect(brief(journal([0, start(1)]), 700)).toEqual(['connecting 0-700']);
    expect(brief(journal([0, start(1)], [5, end(1, 'failed')], [6, wait(1)]), 700)).toEqual([
      'connecting 0-5',
      'waiting 6-700',
    ]);
  });

  it('tell an answer that was refused from one that was taken', () => {
    expect(brief(journal([0, start(1)], [10, head(1, 404)], [20, end(1, 'failed')]), 50)).toEqual([
      'connecting 0-10',
      'refused 10-20',
    ]);
  });

  it('mark the ends, with the cause of the bad ones', () => {
    const { ends } = connectionBands(journal([0, start(1)], [10, head(1)], [20, end(1, 'failed')]), 50);
    expect(ends).toEqual([{ atMs: 20, seq: 2, bad: true, title: 'The connection was reset.' }]);
  });
});

describe('silences', () => {
  const open = connectionBands(journal([0, start(1)], [0, head(1)], [20_000, end(1)]), 20_000).bands;
  const slice = (loud: readonly number[], buckets = 20) => {
    const bytes = new Float64Array(buckets);
    for (const bucket of loud) bytes[bucket] = 10;
    return { fromMs: 0, toMs: 20_000, buckets, lanes: [], bytes, sessionEndMs: 20_000 };
  };

  it('are stretches of an open connection without a byte', () => {
    expect(silencesIn(slice([0, 1, 2, 12, 13]), open)).toEqual([
      { fromMs: 3000, toMs: 12_000 },
      { fromMs: 14_000, toMs: 20_000 },
    ]);
  });

  it('are not short ones', () => {
    expect(silencesIn(slice([0, 4, 8, 12, 16, 19]), open)).toEqual([]);
  });

  it('cannot be told when buckets are too wide', () => {
    expect(silencesIn(slice([0], 4), open)).toEqual([]);
  });

  it('do not reach beyond the connection', () => {
    const short = connectionBands(
      journal([0, start(1)], [0, head(1)], [4000, end(1)], [4001, wait(1)]),
      20_000,
    ).bands;
    expect(silencesIn(slice([0]), short)).toEqual([]);
  });
});
