import { describe, expect, it } from 'vitest';
import { reconnectPolicy, steerConnection } from '../../../../src/shared/ipc/parse-reconnect.ts';

describe('a policy that an older version saved', () => {
  const old = { initialDelayMs: 3000, floorMs: 250, maxDelayMs: 60_000 };

  it.each([
    ['auto', 'auto'],
    ['always', 'browser'],
    ['never', 'one-answer'],
  ])('with the mode %s is the preset %s', (mode, preset) => {
    expect(reconnectPolicy({ mode, ...old })).toEqual({ preset });
  });

  it('keeps the numbers that were changed', () => {
    expect(reconnectPolicy({ mode: 'auto', ...old, floorMs: 9 })).toEqual({ preset: 'auto', floorMs: 9 });
  });

  it('without anything is the default', () => {
    expect(reconnectPolicy({})).toEqual({ preset: 'auto' });
  });
});

it('a policy is a preset and what differs from it, and nothing else', () => {
  const policy = {
    preset: 'resilient',
    afterFailure: 'before-answer',
    retryStatuses: '503',
    useRetryAfter: false,
    stallTimeoutMs: 30_000,
  };
  expect(reconnectPolicy({ ...policy, rest: 1 })).toEqual(policy);
});

it.each([
  [{ preset: 'best' }, '"preset"'],
  [{ mode: 'sometimes' }, '"mode"'],
  [{ preset: 'auto', floorMs: -1 }, '"floorMs"'],
  [{ preset: 'auto', floorMs: 2 ** 31 }, '"floorMs"'],
  [{ preset: 'auto', jitter: 'some' }, '"jitter"'],
  [{ preset: 'auto', useRetryAfter: 'yes' }, '"useRetryAfter"'],
  [{ preset: 'auto', retryStatuses: '5x' }, '"5x" is not a status'],
])('refuses %j', (policy, named) => {
  expect(() => reconnectPolicy(policy)).toThrow(named);
});

it.each([
  { kind: 'drop' },
  { kind: 'pause' },
  { kind: 'resume' },
  { kind: 'set-last-event-id', lastEventId: '' },
  { kind: 'set-last-event-id', lastEventId: null },
])('takes %j', (action) => {
  expect(steerConnection({ sessionId: 's', action })).toEqual({ sessionId: 's', action });
});

it.each([{ kind: 'explode' }, { kind: 'set-last-event-id' }, null])('refuses the action %j', (action) => {
  expect(() => steerConnection({ sessionId: 's', action })).toThrow('Bad arguments');
});
