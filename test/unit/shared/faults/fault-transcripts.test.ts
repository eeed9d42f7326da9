/** Fault scripts as transcripts: what would be written, and when. */
import { describe, expect, it } from 'vitest';
import { createFaultMeddler } from '../../../../src/shared/faults/fault-meddler.ts';
import { parseFaults } from '../../../../src/shared/faults/parse-faults.ts';
import { createPlayback, type PlayAction } from '../../../../src/shared/replay/playback.ts';
import type { ReplayCut, ReplaySpeed } from '../../../../src/shared/replay/replay-options.ts';
import { sourceFrames } from '../../../support/source-frames.ts';
import { transcriptOf } from '../../../support/transcript.ts';

const FIVE = ['a', 'b', 'c', 'd', 'e'].map((data, at) => `id: ${at + 1}\ndata: ${data}\n\n`);

interface Play {
  readonly attempt?: number;
  readonly cut?: ReplayCut;
  readonly speed?: ReplaySpeed;
  readonly reads?: readonly string[];
  readonly max?: number;
}

function play(
  script: string,
  { attempt = 1, cut = 'reads', speed = 1, reads = FIVE, max }: Play = {},
): string[] {
  const parsed = parseFaults(script);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  const meddler = createFaultMeddler(parsed.plan, attempt);
  const playback = createPlayback({ speed, cut, meddler, maxGapMs: null, startMs: 0 });
  function* actions(): Generator<PlayAction> {
    yield* playback.start();
    for (const frame of sourceFrames(reads)) yield* playback.frame(frame);
    yield* playback.end((reads.length + 1) * 100, 'complete');
  }
  return transcriptOf(actions(), max).map((line) => line.replace(/id: (\d)\\ndata: (\w)\\n\\n/g, '$1$2'));
}

const script = (...lines: string[]) => `faults:\n  - ${lines.join('\n    ')}\n`;

describe('a fault script', () => {
  it('that is empty changes nothing', () => {
    expect(play('')).toEqual(['+100 1a', '+200 2b', '+300 3c', '+400 4d', '+500 5e', '+600 (complete)']);
  });

  it('stalls before an event, and what follows comes as much later', () => {
    expect(play(script('stall: 10s', 'event: 3'))).toEqual([
      '+100 1a',
      '+200 2b',
      '+300 (fault 0)',
      '+10300 3c',
      '+10400 4d',
      '+10500 5e',
      '+10600 (complete)',
    ]);
  });

  it('stalls as long at any speed', () => {
    expect(play(script('stall: 10s', 'event: 3'), { speed: 'instant' }).slice(2, 5)).toEqual([
      '+0 (fault 0)',
      '+10000 3c',
      '+10000 4d',
    ]);
  });

  it('stalls for ever, and nothing follows', () => {
    expect(play(script('stall: forever', 'event: 2', 'where: after'))).toEqual([
      '+100 1a',
      '+200 2b',
      '+200 (fault 0)',
      '+200 (silence)',
    ]);
  });

  it('stalls at a time between two events', () => {
    expect(play(script('stall: 1s', 'after: 250ms'))).toEqual([
      '+100 1a',
      '+200 2b',
      '+250 (fault 0)',
      '+1300 3c',
      '+1400 4d',
      '+1500 5e',
      '+1600 (complete)',
    ]);
  });

  it('drops by number, type, id and filter', () => {
    expect(play(script('drop:', 'event: [1, 4-5]'))).toEqual([
      '+100 (fault 0)',
      '+200 2b',
      '+300 3c',
      '+400 (fault 0)',
      '+500 (fault 0)',
      '+600 (complete)',
    ]);
    expect(play(script('drop:', 'id: 2')).filter((line) => line.includes('2b'))).toEqual([]);
    expect(play(script('drop:', 'filter: data~/^[bc]$/')).join(' ')).not.toMatch(/2b|3c/);
    const typed = ['event: ping\ndata: x\n\n', 'data: y\n\n'];
    expect(play(script('drop:', 'type: ping'), { reads: typed }).slice(1)).toEqual([
      '+200 data: y\\n\\n',
      '+300 (complete)',
    ]);
  });

  it('drops every second of those that match, at most so often', () => {
    expect(play(script('drop:', 'every: 2', 'times: 1'))).toEqual([
      '+100 1a',
      '+200 (fault 0)',
      '+300 3c',
      '+400 4d',
      '+500 5e',
      '+600 (complete)',
    ]);
  });

  it('leaves comments alone unless a filter means them', () => {
    const reads = [': hi\n', 'data: a\n\n'];
    expect(play(script('drop:', 'every: 1'), { reads })).toContain('+100 : hi\\n');
    expect(play(script('drop:', 'filter: kind:comment'), { reads })).not.toContain('+100 : hi\\n');
  });

  it('resets after an event, in the attempt that it names', () => {
    const reset = script('reset:', 'event: 2', 'where: after', 'attempt: 1');
    expect(play(reset)).toEqual(['+100 1a', '+200 2b', '+200 (fault 0)', '+200 (reset)']);
    expect(play(reset, { attempt: 2 })).toHaveLength(6);
  });

  it('ends early as if that were all', () => {
    expect(play(script('close:', 'event: 2')).slice(1)).toEqual(['+200 (fault 0)', '+200 (complete)']);
  });

  it('cuts an event off in its middle', () => {
    expect(play(script('truncate:', 'event: 2'))).toEqual([
      '+100 1a',
      '+200 id: 2\\nd',
      '+200 (fault 0)',
      '+200 (cut)',
    ]);
  });

  it('cuts the body off at a byte', () => {
    expect(play(script('truncate:', 'after-bytes: 20'))).toEqual([
      '+100 1a',
      '+200 id: 2',
      '+200 (fault 0)',
      '+200 (cut)',
    ]);
  });

  it('repeats an event in writes of their own', () => {
    expect(play(script('duplicate: 2', 'event: 4')).slice(3, 7)).toEqual([
      '+400 (fault 0)',
      '+400 4d',
      '+400 4d',
      '+400 4d',
    ]);
  });

  it('swaps two events when the second is due', () => {
    expect(play(script('reorder: swap', 'event: 2'))).toEqual([
      '+100 1a',
      '+200 (fault 0)',
      '+300 3c',
      '+300 2b',
      '+400 4d',
      '+500 5e',
      '+600 (complete)',
    ]);
  });

  it('shuffles by its seed, and loses nothing at the end', () => {
    const order = (seed: number) =>
      play(`seed: ${seed}\nfaults:\n  - reorder: 9\n    event: 1\n`)
        .filter((line) => /\d[a-e]$/.test(line))
        .map((line) => line.slice(-2));
    expect(order(3)).toEqual(order(3));
    expect([...order(3)].sort()).toEqual(['1a', '2b', '3c', '4d', '5e']);
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => order(seed).join())).size).toBeGreaterThan(2);
  });

  it('corrupts a byte, the same one each time', () => {
    const corrupt = script('corrupt: {at: 11, to: 0xff}', 'event: 1');
    expect(play(corrupt)[1]).toBe('+100 id: 1\\ndata:ÿa\\n\\n');
    const random = script('corrupt: 1', 'event: 1');
    expect(play(random)).toEqual(play(random));
    expect(play(random)[1]).not.toBe('+100 1a');
    expect(play(random)[2]).toBe('+200 2b');
  });

  it('trickles, and what follows is late', () => {
    expect(play(script('trickle: 100', 'event: 1')).slice(0, 6)).toEqual([
      '+100 (fault 0)',
      '+150 id: 1',
      '+200 \\ndata',
      '+250 : a\\n\\n',
      '+250 2b',
      '+300 3c',
    ]);
  });

  it('sends a line without end, as long as somebody reads', () => {
    const lines = play(script('endless-line: forever', 'event: 2'), { max: 200 });
    expect(lines).toHaveLength(200);
    expect(lines.slice(0, 3)).toEqual(['+100 1a', '+200 (fault 0)', '+200 data: ']);
    expect(lines.slice(3).every((line) => /^\+\d+ x+$/.test(line))).toBe(true);
  });

  it('sends a line of a size and goes on', () => {
    const lines = play(script('endless-line: 10', 'event: 2'));
    expect(lines.slice(2, 5)).toEqual(['+200 data: ', '+210 xxxx', '+210 2b']);
  });

  it('inserts comments, reconnection times and events', () => {
    const text = `faults:
  - insert: {retry: 50}
  - insert: {comment: hi}
    event: 2
    where: after
  - insert: {raw: "data: x"}
    event: 3
    where: after
`;
    expect(play(text)).toEqual([
      '+0 (fault 0)',
      '+0 retry: 50\\n\\n',
      '+100 1a',
      '+200 2b',
      '+200 (fault 1)',
      '+200 : hi\\n\\n',
      '+300 3c',
      '+300 (fault 2)',
      '+300 data: x',
      '+400 4d',
      '+500 5e',
      '+600 (complete)',
    ]);
  });

  it('happens by chance the same way for the same seed and attempt', () => {
    const some = (seed: number, attempt = 1) =>
      play(`seed: ${seed}\nfaults:\n  - drop:\n    chance: 50%\n`, { attempt }).join();
    expect(some(1)).toBe(some(1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => some(seed))).size).toBeGreaterThan(1);
    expect(new Set([1, 2, 3, 4, 5].map((attempt) => some(1, attempt))).size).toBeGreaterThan(1);
  });
});
