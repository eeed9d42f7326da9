import { describe, expect, it } from 'vitest';
import { createTailFeed } from '../../../../src/main/ipc/tail-feed.ts';
import {
  FLOOD_TICK_MS,
  MAX_UNACKNOWLEDGED,
  TAIL_ROWS,
  TICK_MS,
  type TailSource,
} from '../../../../src/main/ipc/tail-watch.ts';
import type { SessionBatch } from '../../../../src/shared/ipc/contract.ts';
import type { RowPage } from '../../../../src/shared/session/row.ts';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Time that only moves when the test says so. */
function createStageTimer() {
  let now = 1000;
  let due: { readonly at: number; readonly run: () => void }[] = [];
  return {
    timer: {
      nowMs: () => now,
      after(delayMs: number, run: () => void) {
        const entry = { at: now + delayMs, run };
        due.push(entry);
        return () => (due = due.filter((other) => other !== entry));
      },
    },
    pending: () => due.length,
    /** Moves the time and runs what is due; promises settle before and after. */
    async advance(ms: number) {
      await settle();
      now += ms;
      const ready = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { run } of ready) run();
      await settle();
    },
  };
}

function pageOf(from: number, count: number): RowPage {
  return {
    from,
    count,
    seq: Float64Array.from({ length: count }, (_, at) => from + at),
    atMs: new Float64Array(count),
    bytes: new Float64Array(count),
    attempt: new Uint16Array(count),
    kind: new Uint8Array(count),
    flags: new Uint8Array(count),
    type: new Uint16Array(count),
    types: [],
    ids: [],
    previews: [],
  };
}

/** A session that grows when told, and counts what was asked of it. */
function createGrowingSource() {
  let entries = 0;
  const listeners = new Set<() => void>();
  const state = { released: 0, rowsRead: 0, failNext: false };
  const source: TailSource = {
    get counts() {
      return { entries, events: entries, comments: 0, attempts: 1, bodyBytes: entries * 10 };
    },
    get lastAtMs() {
      return entries;
    },
    async rows(from, count) {
      if (state.failNext) {
        state.failNext = false;
        throw new Error('unreadable');
      }
      state.rowsRead += count;
      return pageOf(from, count);
    },
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release: () => void (state.released += 1),
  };
  return {
    source,
    state,
    listening: () => listeners.size,
    grow(by: number) {
      entries += by;
      for (const listener of [...listeners]) listener();
    },
  };
}

function stage() {
  const time = createStageTimer();
  const session = createGrowingSource();
  const batches: SessionBatch[] = [];
  const errors: unknown[] = [];
  let opened = 0;
  const feed = createTailFeed({
    open: async (sessionId) => {
      opened += 1;
      if (sessionId === 'gone') throw new Error('no such session');
      return session.source;
    },
    send: (batch) => batches.push(batch),
    timer: time.timer,
    onError: (error) => errors.push(error),
  });
  return { time, session, feed, batches, errors, opened: () => opened };
}

describe('tail feed', () => {
  it('answers the watch with where the session stands', async () => {
    const { session, feed, batches } = stage();
    session.grow(100);
    const first = await feed.watch('s');
    expect(first).toMatchObject({ sessionId: 's', batch: 0, fromSeq: 100, lastAtMs: 100 });
    expect(first.counts.entries).toBe(100);
    expect(first.tail).toMatchObject({ from: 100 - TAIL_ROWS, count: TAIL_ROWS });
    expect(batches).toEqual([]);
  });

  it('sends the first entries after a silence at once, and has no timer while nothing comes', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    expect(time.pending()).toBe(0);
    session.grow(3);
    await time.advance(0);
    expect(batches).toMatchObject([
      { batch: 1, fromSeq: 0, counts: { entries: 3 }, tail: { from: 0, count: 3 } },
    ]);
    feed.acknowledge('s', 1);
    await time.advance(0);
    expect(time.pending()).toBe(0);
  });

  it('tells a flood seldom, and a stream that calms down as often as before', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    const pass = async (entries: number, ms: number) => {
      for (let at = 0; at < ms; at += 1) {
        session.grow(entries);
        await time.advance(1);
        feed.acknowledge('s', batches.length);
      }
    };
    await pass(500, 1000);
    const flooded = batches.length;
    expect(flooded).toBeLessThanOrEqual(1 + Math.ceil(1000 / FLOOD_TICK_MS));
    expect(flooded).toBeGreaterThanOrEqual(Math.floor(900 / FLOOD_TICK_MS));
    await pass(10, 1000);
    expect(batches.length - flooded).toBeGreaterThanOrEqual(Math.floor(900 / TICK_MS) - 4);
    expect(batches.at(-1)?.counts.entries).toBeGreaterThan(500_000 + 9000);
  });

  it('makes one batch of everything that comes within a tick', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    session.grow(1);
    await time.advance(0);
    for (let i = 0; i < 1000; i += 1) session.grow(1);
    await time.advance(TICK_MS - 1);
    expect(batches).toHaveLength(1);
    await time.advance(1);
    expect(batches).toHaveLength(2);
    expect(batches[1]).toMatchObject({ batch: 2, fromSeq: 1, counts: { entries: 1001 } });
    expect(batches[1]?.tail).toMatchObject({ from: 1001 - TAIL_ROWS, count: TAIL_ROWS });
  });

  it('gives a page that does not acknowledge two batches, then one that covers everything it missed', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    for (let i = 0; i < 10_000; i += 1) {
      session.grow(10);
      await time.advance(TICK_MS);
    }
    expect(batches).toHaveLength(MAX_UNACKNOWLEDGED);
    expect(session.state.rowsRead).toBeLessThanOrEqual(TAIL_ROWS * MAX_UNACKNOWLEDGED);
    expect(time.pending()).toBe(0);

    feed.acknowledge('s', 1);
    await time.advance(TICK_MS);
    expect(batches).toHaveLength(3);
    expect(batches[2]).toMatchObject({ batch: 3, fromSeq: 20, counts: { entries: 100_000 } });
  });

  it('tells every entry once, without holes, however the page acknowledges', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    for (let i = 0; i < 200; i += 1) {
      session.grow((i * 7) % 5);
      await time.advance((i * 13) % 50);
      if (i % 3 === 0) feed.acknowledge('s', batches.at(-1)?.batch ?? 0);
    }
    feed.acknowledge('s', batches.at(-1)?.batch ?? 0);
    await time.advance(TICK_MS);
    let expected = 0;
    for (const batch of batches) {
      expect(batch.fromSeq).toBe(expected);
      expected = batch.counts.entries;
    }
    expect(expected).toBe(session.source.counts.entries);
  });

  it('does not believe an acknowledgement of batches that were not sent', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    feed.acknowledge('s', 1_000_000);
    for (let i = 0; i < 10; i += 1) {
      session.grow(1);
      await time.advance(TICK_MS);
    }
    expect(batches).toHaveLength(MAX_UNACKNOWLEDGED);
  });

  it('shares the batches between two watches of one session and ends with the last', async () => {
    const { time, session, feed, batches, opened } = stage();
    await feed.watch('s');
    await feed.watch('s');
    expect(opened()).toBe(1);
    feed.unwatch('s');
    session.grow(1);
    await time.advance(TICK_MS);
    expect(batches).toHaveLength(1);
    feed.unwatch('s');
    await time.advance(0);
    session.grow(1);
    await time.advance(TICK_MS);
    expect(batches).toHaveLength(1);
    expect(session.state.released).toBe(1);
    expect(session.listening()).toBe(0);
  });

  it('goes on when a view is replaced by another of the same session in one turn', async () => {
    const { time, session, feed, batches } = stage();
    await feed.watch('s');
    feed.unwatch('s');
    await feed.watch('s');
    session.grow(1);
    await time.advance(TICK_MS);
    expect(batches).toHaveLength(1);
    expect(session.listening()).toBe(1);
  });

  it('lets go of a session that opened after its watch had ended', async () => {
    const { session, feed } = stage();
    const watching = feed.watch('s');
    feed.close();
    await watching;
    expect(session.state.released).toBe(1);
    expect(session.listening()).toBe(0);
  });

  it('tells the page that a session cannot be opened, and asks again the next time', async () => {
    const { feed, opened } = stage();
    await expect(feed.watch('gone')).rejects.toThrow('no such session');
    await expect(feed.watch('gone')).rejects.toThrow('no such session');
    expect(opened()).toBe(2);
    feed.acknowledge('gone', 1);
    feed.unwatch('gone');
    feed.close();
  });

  it('reports a batch that cannot be read and sends the next', async () => {
    const { time, session, feed, batches, errors } = stage();
    await feed.watch('s');
    session.state.failNext = true;
    session.grow(1);
    await time.advance(TICK_MS);
    expect(errors).toHaveLength(1);
    session.grow(1);
    await time.advance(TICK_MS);
    expect(batches).toMatchObject([{ batch: 1, fromSeq: 0, counts: { entries: 2 } }]);
  });
});
