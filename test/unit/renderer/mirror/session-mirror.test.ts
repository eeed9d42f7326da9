import { describe, expect, it } from 'vitest';
import { createSessionMirror, NO_FILTER } from '../../../../src/renderer/mirror/session-mirror.ts';
import { createClient } from '../../../../src/shared/ipc/client.ts';
import type { SessionBatch, ViewProgress } from '../../../../src/shared/ipc/contract.ts';
import { CodedError } from '../../../../src/shared/ipc/envelope.ts';
import type { ConnectionStatus } from '../../../../src/shared/connection/types.ts';
import { createFakeTransport } from '../../../support/fake-transport.ts';
import { rowPage } from '../../../support/row-pages.ts';

const OPEN: ConnectionStatus = {
  state: 'open',
  attempt: 1,
  lastEventId: '',
  retryMs: null,
  waiting: null,
  paused: false,
  nextLastEventId: null,
  reason: '',
  failure: null,
  sinceMs: 0,
};

function batchOf(batch: number, entries: number, sessionId = 's1'): SessionBatch {
  const tailFrom = Math.max(0, entries - 4);
  return {
    sessionId,
    batch,
    counts: { entries, events: entries, comments: 0, attempts: 1, bodyBytes: entries * 20 },
    lastAtMs: entries * 10,
    fromSeq: tailFrom,
    tail: rowPage(tailFrom, entries - tailFrom),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function setup(entries = 100) {
  const transport = createFakeTransport({
    'connection:status-all': () => [],
    'feed:watch': () => batchOf(1, entries),
    'feed:ack': () => undefined,
    'feed:unwatch': () => undefined,
    'view:close': () => undefined,
    'session:rows': ({ viewId, from, count }) =>
      viewId === null
        ? rowPage(from, Math.min(count, entries - from))
        : rowPage(from, count, (index) => index * 2),
    'session:row-of-entry': ({ seq }) => seq / 2,
  });
  const mirror = createSessionMirror(createClient(transport), 's1');
  let changes = 0;
  mirror.onChange(() => {
    changes += 1;
  });
  await settled();
  const called = (name: string): unknown[] =>
    transport.calls.filter((call) => call.name === name).map((call) => call.args);
  return { transport, mirror, called, changes: () => changes };
}

describe('the mirror of a session', () => {
  it('takes over the counters of the first answer and reads rows when they are looked at', async () => {
    const { mirror, called } = await setup();
    expect(mirror.counts.entries).toBe(100);
    expect(mirror.lastAtMs).toBe(1000);
    expect(mirror.rowAt(99)?.preview).toBe('data of 99');
    expect(called('session:rows')).toEqual([]);
    expect(mirror.rowAt(7)).toBeUndefined();
    await settled();
    expect(mirror.rowAt(7)?.preview).toBe('data of 7');
    expect(called('session:rows')).toHaveLength(1);
  });

  it('acknowledges each batch of its session and no other', async () => {
    const { transport, mirror, called, changes } = await setup();
    const before = changes();
    transport.emit('session:batch', batchOf(2, 150));
    transport.emit('session:batch', batchOf(9, 999, 's2'));
    await settled();
    expect(called('feed:ack')).toEqual([{ sessionId: 's1', batch: 2 }]);
    expect(mirror.view.count).toBe(150);
    expect(mirror.rowAt(149)?.seq).toBe(149);
    expect(changes()).toBe(before + 1);
  });

  it('does not step back when a batch overtakes the first answer', async () => {
    const transport = createFakeTransport({
      'connection:status-all': () => [],
      'feed:watch': () => batchOf(1, 10),
      'feed:ack': () => undefined,
    });
    const mirror = createSessionMirror(createClient(transport), 's1');
    transport.emit('session:batch', batchOf(2, 50));
    await settled();
    expect(mirror.counts.entries).toBe(50);
  });

  it('holds the status of its connection', async () => {
    const { transport, mirror } = await setup();
    expect(mirror.status).toBeNull();
    transport.emit('session:status', { sessionId: 's2', status: OPEN });
    expect(mirror.status).toBeNull();
    transport.emit('session:status', { sessionId: 's1', status: OPEN });
    expect(mirror.status?.state).toBe('open');
  });

  it('lists the matches of a filter as they are found', async () => {
    const { transport, mirror, called } = await setup();
    const numberBefore = mirror.viewNumber;
    transport.answer('view:open', () => ({ viewId: 'v1', count: 3, scanned: 10, total: 100, failure: null }));
    mirror.setFilter({ text: 'type:t', hiddenKinds: [] });
    expect(mirror.view.pending).toBe(true);
    expect(mirror.view.count).toBe(100);
    await settled();
    expect(mirror.view).toMatchObject({ count: 3, scanned: 10, total: 100, pending: false, error: null });
    expect(mirror.viewNumber).toBeGreaterThan(numberBefore);
    transport.emit('view:progress', { viewId: 'v1', count: 50, scanned: 100, total: 100, failure: null });
    expect(mirror.view.count).toBe(50);
    mirror.rowAt(4);
    await settled();
    expect(mirror.rowAt(4)?.seq).toBe(8);
    expect(await mirror.rowOfEntry(8)).toBe(4);
    mirror.setFilter(NO_FILTER);
    await settled();
    expect(called('view:close')).toEqual([{ viewId: 'v1' }]);
    expect(mirror.view.count).toBe(100);
    expect(mirror.rowAt(99)?.seq).toBe(99);
  });

  it('keeps progress that arrives before the answer that names the view', async () => {
    const { transport, mirror } = await setup();
    let answer: (progress: ViewProgress) => void = () => undefined;
    transport.answer('view:open', () => new Promise<ViewProgress>((resolve) => (answer = resolve)));
    mirror.setFilter({ text: 'x', hiddenKinds: [] });
    await settled();
    transport.emit('view:progress', { viewId: 'v1', count: 9, scanned: 100, total: 100, failure: null });
    answer({ viewId: 'v1', count: 0, scanned: 0, total: 100, failure: null });
    await settled();
    expect(mirror.view.count).toBe(9);
  });

  it('closes a view that was overtaken by the next filter', async () => {
    const { transport, mirror, called } = await setup();
    const answers: ((progress: ViewProgress) => void)[] = [];
    transport.answer('view:open', () => new Promise<ViewProgress>((resolve) => answers.push(resolve)));
    mirror.setFilter({ text: 'a', hiddenKinds: [] });
    mirror.setFilter({ text: 'ab', hiddenKinds: [] });
    await settled();
    answers[1]?.({ viewId: 'v2', count: 2, scanned: 100, total: 100, failure: null });
    answers[0]?.({ viewId: 'v1', count: 7, scanned: 100, total: 100, failure: null });
    await settled();
    expect(mirror.view.count).toBe(2);
    expect(called('view:close')).toEqual([{ viewId: 'v1' }]);
  });

  it('says why a filter cannot be used, and keeps the rows it had', async () => {
    const { transport, mirror } = await setup();
    transport.answer('view:open', () => {
      throw new CodedError('bad-arguments', 'Expected a value after ":"');
    });
    mirror.setFilter({ text: 'type:', hiddenKinds: [] });
    await settled();
    expect(mirror.view).toMatchObject({ count: 100, pending: false, error: 'Expected a value after ":"' });
    mirror.setFilter(NO_FILTER);
    expect(mirror.view.error).toBeNull();
  });

  it('says why rows cannot be read, and recovers', async () => {
    const { transport, mirror } = await setup();
    transport.answer('session:rows', () => {
      throw new CodedError('storage', 'The session folder is gone.');
    });
    mirror.rowAt(0);
    await settled();
    expect(mirror.error).toBe('The session folder is gone.');
    transport.answer('session:rows', ({ from, count }) => rowPage(from, count));
    transport.emit('session:batch', batchOf(2, 101));
    mirror.rowAt(0);
    await settled();
    expect(mirror.error).toBeNull();
    expect(mirror.rowAt(0)?.seq).toBe(0);
  });

  it('leaves nothing behind', async () => {
    const { transport, mirror, called } = await setup();
    transport.answer('view:open', () => ({
      viewId: 'v1',
      count: 3,
      scanned: 100,
      total: 100,
      failure: null,
    }));
    mirror.setFilter({ text: 'x', hiddenKinds: [] });
    await settled();
    mirror.dispose();
    await settled();
    expect(called('view:close')).toEqual([{ viewId: 'v1' }]);
    expect(called('feed:unwatch')).toEqual([{ sessionId: 's1' }]);
    expect(transport.subscriberCount).toBe(0);
  });
});
