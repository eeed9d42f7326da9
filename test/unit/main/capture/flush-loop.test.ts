import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppendFile } from '../../../../src/main/capture/append-file.ts';
import { createFlushLoop, FLUSH_INTERVAL_MS } from '../../../../src/main/capture/flush-loop.ts';

/** A file that only counts; its writes take until `release` when `slow`. */
function countingFile(name: string, order: string[]) {
  let pending = 0;
  let taken = 0;
  let failure: Error | null = null;
  let gate: Promise<void> = Promise.resolve();
  const file = {
    get pendingBytes() {
      return pending + taken;
    },
    take() {
      if (taken > 0) return;
      taken = pending;
      pending = 0;
    },
    async writeTaken() {
      if (taken === 0) return;
      await gate;
      if (failure) throw failure;
      order.push(`${name} ${taken}`);
      taken = 0;
    },
  } as AppendFile;
  return {
    file,
    append: (bytes: number) => (pending += bytes),
    fail: (error: Error | null) => (failure = error),
    hold() {
      let release = (): void => {};
      gate = new Promise((resolve) => (release = resolve));
      return release;
    },
  };
}

function start() {
  const order: string[] = [];
  const failures: unknown[] = [];
  const first = countingFile('first', order);
  const second = countingFile('second', order);
  const loop = createFlushLoop({
    files: [first.file, second.file],
    nowMs: () => Date.now(),
    onWritten: () => {},
    onFailure: (error) => failures.push(error),
  });
  return { order, failures, first, second, loop };
}

describe('the loop that writes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('writes soon after a quiet time, in order, and then less often', async () => {
    const { order, first, second, loop } = start();
    second.append(2);
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(20);
    expect(order).toEqual(['first 1', 'second 2']);
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(20);
    expect(order).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(FLUSH_INTERVAL_MS);
    expect(order).toHaveLength(3);
  });

  it('writes at once when there is much, without a timer', async () => {
    const { order, first, loop } = start();
    first.append(1200 * 1024);
    loop.appendedWire();
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['first 1228800']);
  });

  it('writes when it is due although timers are starved', async () => {
    const { order, first, loop } = start();
    first.append(1);
    loop.appended();
    // The clock goes on, the timer does not get its turn.
    vi.setSystemTime(Date.now() + 1000);
    first.append(1);
    loop.appendedWire();
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['first 2']);
  });

  it('keeps no timer while nothing is appended', async () => {
    const { first, loop } = start();
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds back whoever appends while too much is waiting', async () => {
    const { first, loop } = start();
    const release = first.hold();
    first.append(5 * 1024 * 1024);
    loop.appendedWire();
    let drained = false;
    const waiting = loop.drained().then(() => (drained = true));
    await vi.advanceTimersByTimeAsync(10);
    expect(drained).toBe(false);
    release();
    await waiting;
  });

  it('stops at a failure, and tries once more at the end', async () => {
    const { order, failures, first, loop } = start();
    const error = new Error('EIO');
    first.fail(error);
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(20);
    expect(failures).toEqual([error]);
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(1000);
    expect(failures).toHaveLength(1);
    first.fail(null);
    await loop.end();
    expect(order).toEqual(['first 1', 'first 1']);
    first.append(1);
    loop.appended();
    await vi.advanceTimersByTimeAsync(1000);
    expect(order).toHaveLength(2);
  });
});
