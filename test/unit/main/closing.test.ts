import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeBeforeQuit } from '../../../src/main/closing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(closers: readonly (() => Promise<void>)[]) {
  let quit: (event: { preventDefault(): void }) => void = () => undefined;
  const exits: number[] = [];
  const faults: unknown[] = [];
  let prevented = 0;
  closeBeforeQuit(
    { on: (_event, listener) => (quit = listener), exit: (code = 0) => void exits.push(code) },
    closers,
    (_what, error) => faults.push(error),
  );
  return {
    quit: () => quit({ preventDefault: () => (prevented += 1) }),
    exits,
    faults,
    prevented: () => prevented,
  };
}

describe('closing', () => {
  it('waits for everything, once, and then ends the process', async () => {
    let finish: () => void = () => undefined;
    let closed = 0;
    const slow = () => {
      closed += 1;
      return new Promise<void>((resolve) => (finish = resolve));
    };
    const { quit, exits, prevented } = stage([slow, async () => undefined]);
    quit();
    quit();
    await vi.advanceTimersByTimeAsync(100);
    expect([closed, prevented(), exits]).toEqual([1, 2, []]);
    finish();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exits).toEqual([0]);
  });

  it('lets the others end when one fails, and says so', async () => {
    let ended = false;
    const { quit, exits, faults } = stage([
      async () => {
        throw new Error('disk');
      },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        ended = true;
      },
    ]);
    quit();
    await vi.advanceTimersByTimeAsync(1000);
    expect([ended, exits, faults]).toEqual([true, [1], [new Error('disk')]]);
  });

  it('does not wait for ever', async () => {
    const { quit, exits, faults } = stage([() => new Promise<void>(() => undefined)]);
    quit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(exits).toEqual([1]);
    expect(faults).toHaveLength(1);
  });
});
