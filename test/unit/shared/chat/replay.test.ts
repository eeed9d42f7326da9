import { describe, expect, it } from 'vitest';
import {
  AT_END,
  movedTo,
  passed,
  paused,
  played,
  replayIndex,
  REPLAY_SPEEDS,
  sought,
  stepped,
} from '../../../../src/shared/chat/replay.ts';
import type { ReplayLine } from '../../../../src/shared/chat/replay-line.ts';

const LINE: ReplayLine = { seqs: [2, 3, 7, 8], atMs: [0, 100, 100, 400], lengthMs: 400, leftOutMs: 0 };

describe('the clock of a replay', () => {
  it('plays from the start when it stands at the end, at the pace of the answer', () => {
    const start = played(AT_END, LINE);
    expect(start).toMatchObject({ atMs: 0, seq: 2, isPlaying: true });
    expect(passed(start, LINE, 99).seq).toBe(2);
    expect(passed(start, LINE, 100).seq).toBe(7);
    expect(passed(passed(start, LINE, 60), LINE, 60)).toMatchObject({ atMs: 120, seq: 7 });
  });

  it.each(REPLAY_SPEEDS.filter(Number.isFinite))('goes along the line %d times as fast', (speed) => {
    const replay = { ...played(AT_END, LINE), speed };
    expect(passed(replay, LINE, 20).atMs).toBe(20 * speed);
  });

  it('jumps to the end at once without a pace', () => {
    const replay = { ...played(AT_END, LINE), speed: Infinity };
    expect(passed(replay, LINE, 0)).toEqual({ ...AT_END, speed: Infinity });
  });

  it('stops at the end of the line and keeps its speed', () => {
    const replay = { ...played(AT_END, LINE), speed: 2 };
    expect(passed(replay, LINE, 200)).toEqual({ ...AT_END, speed: 2 });
  });

  it('stands still while it does not play', () => {
    const replay = paused(sought(AT_END, LINE, 50));
    expect(passed(replay, LINE, 1000)).toBe(replay);
    expect(passed(AT_END, LINE, 1000)).toBe(AT_END);
  });

  it('steps event by event, also among events of one moment, and back again', () => {
    const back = stepped(AT_END, LINE, -1);
    expect(back).toMatchObject({ atMs: 100, seq: 7, isPlaying: false });
    const further = stepped(back, LINE, -1);
    expect(further).toMatchObject({ atMs: 100, seq: 3 });
    expect(stepped(further, LINE, 1)).toEqual(back);
    expect(stepped(further, LINE, -5)).toMatchObject({ atMs: 0, seq: 2 });
    expect(stepped(back, LINE, 1)).toEqual(AT_END);
  });

  it('does not go back among events of one moment when it plays on from a step', () => {
    const replay = played(stepped(AT_END, LINE, -1), LINE);
    expect(passed(replay, LINE, 1).seq).toBe(7);
  });

  it('goes where it is dragged, and the end of the line is the end', () => {
    expect(sought(AT_END, LINE, 99.5)).toMatchObject({ atMs: 99.5, seq: 2 });
    expect(sought(AT_END, LINE, -3)).toMatchObject({ atMs: 0, seq: 2 });
    expect(sought(AT_END, LINE, 400)).toEqual(AT_END);
  });

  it('stays where it is while the answer grows', () => {
    const replay = sought(AT_END, LINE, 150);
    const longer = { ...LINE, seqs: [...LINE.seqs, 9], atMs: [...LINE.atMs, 900], lengthMs: 900 };
    expect(replayIndex(replay, longer)).toBe(2);
    expect(replayIndex(AT_END, longer)).toBe(4);
  });

  it('keeps its event when gaps are shortened', () => {
    const shortened = { ...LINE, atMs: [0, 50, 50, 90], lengthMs: 90 };
    expect(movedTo(sought(AT_END, LINE, 200), shortened)).toMatchObject({ seq: 7, atMs: 50 });
    expect(movedTo(AT_END, shortened)).toBe(AT_END);
  });
});
