import { describe, expect, it } from 'vitest';
import { controlReplay, updateReplay } from '../../../../src/shared/ipc/parse-replay.ts';
import { DEFAULT_REPLAY } from '../../../../src/shared/replay/replay-options.ts';

const update = (options: object) => () =>
  updateReplay({ replayId: 'r1', options: { ...DEFAULT_REPLAY, ...options }, faults: '' });

describe('arguments about replays', () => {
  it.each([['instant'], ['step'], [0.5], [1000]])('take the speed %j', (speed) => {
    expect(update({ speed })().options.speed).toBe(speed);
  });

  it.each([['fast'], [0], [-1], [1e6], [Number.NaN], [null]])('refuse the speed %j', (speed) => {
    expect(update({ speed })).toThrow('"speed"');
  });

  it.each([
    ['cut', 'word'],
    ['attempts', 'some'],
    ['port', 65_536],
    ['maxGapMs', -1],
    ['loop', 1],
  ])('refuse %s %j', (name, value) => {
    expect(update({ [name]: value })).toThrow(`"${name}"`);
  });

  it('let nothing else through', () => {
    expect(update({ extra: 1 })().options).toEqual(DEFAULT_REPLAY);
    expect(() => controlReplay({ replayId: 'r1', client: null, action: 'kill' })).toThrow('"action"');
  });
});
