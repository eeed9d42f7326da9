import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFrameGate } from '../../src/renderer/state/frame-gate.ts';
import { createJournalCache } from '../../src/renderer/state/journal-cache.ts';
import { createLiveSession, type LiveSession } from '../../src/renderer/state/live-session.svelte.ts';
import type { ConnectionStatus } from '../../src/shared/connection/types.ts';
import { createClient } from '../../src/shared/ipc/client.ts';
import type { EntryDetail, SessionBatch } from '../../src/shared/ipc/contract.ts';
import type { NumberedJournalEntry, SessionSummary } from '../../src/shared/session/entry.ts';
import { createFakeTransport } from '../support/fake-transport.ts';
import { rowPage } from '../support/row-pages.ts';
import { watched } from './support/watched.svelte.ts';
import { session } from './support/world.ts';

const COUNT = 1000;

function detailOf(seq: number, data = `{"n":${seq}}`): EntryDetail {
  const bytes = new TextEncoder().encode(`data: ${data}\n\n`);
  return {
    seq,
    atMs: seq * 10,
    attempt: 1,
    kindNumber: 0,
    flags: 0,
    framing: 'sse',
    offset: 0,
    length: bytes.length,
    bytes,
    lastEventId: '',
    reads: [],
    journal: null,
    previousSameTypeSeq: null,
  };
}

const batch = (entries: number): SessionBatch => ({
  sessionId: 's1',
  batch: 1,
  counts: { entries, events: entries, comments: 0, attempts: 1, bodyBytes: 0 },
  lastAtMs: entries * 10,
  fromSeq: 0,
  tail: rowPage(entries - 8, 8),
});

const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  flushSync();
};

const started: LiveSession[] = [];
afterEach(() => {
  for (const live of started.splice(0)) live.dispose();
});

async function open(options: { outcome?: SessionSummary['outcome']; selectedSeq?: number } = {}) {
  const { outcome = 'live', selectedSeq = null } = options;
  const transport = createFakeTransport({
    'connection:status-all': () => [],
    'feed:watch': () => batch(COUNT),
    'feed:ack': () => undefined,
    'feed:unwatch': () => undefined,
    'view:close': () => undefined,
    'session:rows': ({ from, count }) => rowPage(from, Math.min(count, COUNT - from)),
    'session:entry': ({ seq }) => detailOf(seq),
    'session:row-of-entry': ({ seq }) => Math.floor(seq / 2),
    'session:journal': () => [],
    'session:summary': () => session('s1', { outcome: 'ended', durationMs: 77 }),
  });
  const live = createLiveSession(createClient(transport), session('s1', { outcome }), { selectedSeq });
  started.push(live);
  await settled();
  const called = (name: string): number => transport.calls.filter((call) => call.name === name).length;
  return { transport, live, called };
}

describe('selecting', () => {
  it('fetches the entry and stops following', async () => {
    const { live } = await open();
    expect(live.following).toBe(true);
    live.selectRow(COUNT - 3);
    await settled();
    expect(live.selectedSeq).toBe(COUNT - 3);
    expect(live.detail?.seq).toBe(COUNT - 3);
    expect(live.following).toBe(false);
  });

  it('waits for a row that is not there yet', async () => {
    const { live } = await open();
    live.selectRow(5);
    expect(live.selectedSeq).toBeNull();
    expect(live.selectedIndex).toBe(5);
    await settled();
    await settled();
    expect(live.selectedSeq).toBe(5);
    expect(live.detail?.seq).toBe(5);
  });

  it('forgets a row that was waited for when another is selected', async () => {
    const { live } = await open();
    live.selectRow(5);
    live.selectRow(COUNT - 1);
    await settled();
    await settled();
    expect(live.selectedSeq).toBe(COUNT - 1);
  });

  it('drops the details of an entry that is no longer selected', async () => {
    const { transport, live } = await open();
    const answers = new Map<number, (detail: EntryDetail) => void>();
    transport.answer('session:entry', ({ seq }) => new Promise((resolve) => answers.set(seq, resolve)));
    live.select(7);
    live.select(8);
    await settled();
    answers.get(8)?.(detailOf(8));
    await settled();
    answers.get(7)?.(detailOf(7));
    await settled();
    expect(live.detail?.seq).toBe(8);
  });

  it('says why an entry cannot be shown', async () => {
    const { transport, live } = await open();
    transport.answer('session:entry', () => Promise.reject(new Error('The folder is gone.')));
    live.select(7);
    await settled();
    expect(live.detail).toBeNull();
    expect(live.detailError).toBe('The folder is gone.');
    live.select(null);
    expect(live.detailError).toBeNull();
  });

  it('stretches a range from where it began, in both directions', async () => {
    const { live } = await open();
    live.selectRow(COUNT - 4);
    live.selectRow(COUNT - 2, true);
    expect(live.selectedRange).toEqual({ from: COUNT - 4, to: COUNT - 1 });
    live.selectRow(COUNT - 6, true);
    expect(live.selectedRange).toEqual({ from: COUNT - 6, to: COUNT - 3 });
    live.selectRow(COUNT - 4, true);
    expect(live.selectedRange).toBeNull();
    live.selectRow(COUNT - 5);
    live.selectRow(COUNT - 4, true);
    expect(live.selectedRange).toEqual({ from: COUNT - 5, to: COUNT - 3 });
    live.selectRow(COUNT - 3);
    expect(live.selectedRange).toBeNull();
  });

  it('finds the place of an entry that was selected elsewhere, and again in another view', async () => {
    const { transport, live } = await open();
    live.select(40);
    await settled();
    expect(live.selectedIndex).toBe(40);
    transport.answer('view:open', () => ({
      viewId: 'v1',
      count: 500,
      scanned: COUNT,
      total: COUNT,
      failure: null,
    }));
    live.setFilter({ text: 'x', hiddenKinds: [] });
    await settled();
    await settled();
    expect(live.selectedIndex).toBe(20);
  });

  it('is taken up again where it was left, without following', async () => {
    const { live } = await open({ selectedSeq: 12 });
    expect(live.selectedSeq).toBe(12);
    expect(live.detail?.seq).toBe(12);
    expect(live.following).toBe(false);
  });
});

describe('a session in the window', () => {
  it('does not follow what has ended', async () => {
    expect((await open({ outcome: 'ended' })).live.following).toBe(false);
  });

  it('reads its summary again when the list of sessions changed', async () => {
    const { transport, live } = await open();
    transport.emit('session:list-changed', null);
    await settled();
    expect(live.summary.durationMs).toBe(77);
  });

  it('reads the journal when somebody looks, and again when the connection changed', async () => {
    const { transport, live, called } = await open();
    expect(called('session:journal')).toBe(0);
    expect(live.journal).toEqual([]);
    await settled();
    expect(called('session:journal')).toBe(1);
    const status: ConnectionStatus = {
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
    transport.emit('session:status', { sessionId: 's1', status });
    await settled();
    expect(called('session:journal')).toBe(2);
    transport.emit('session:batch', { ...batch(COUNT + 5), batch: 2 });
    await settled();
    expect(called('session:journal')).toBe(2);
  });

  it('tells what changed once a frame, however many batches come', async () => {
    const { transport, live } = await open();
    let drawn = 0;
    const end = watched(() => {
      void live.counts.entries;
      drawn += 1;
    });
    flushSync();
    const frames: FrameRequestCallback[] = [];
    vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame));
    for (let number = 2; number < 12; number += 1)
      transport.emit('session:batch', { ...batch(COUNT + number), batch: number });
    expect(frames).toHaveLength(1);
    frames[0]?.(0);
    flushSync();
    expect(drawn).toBe(2);
    end();
    vi.restoreAllMocks();
  });
});

describe('the journal of a session', () => {
  const entry = (seq: number): NumberedJournalEntry => ({
    seq,
    atMs: 0,
    entry: { kind: 'capture-notice', code: 'disk', message: '' },
  });

  it('is read once more when news came during a read', async () => {
    const answers: ((entries: readonly NumberedJournalEntry[]) => void)[] = [];
    const cache = createJournalCache(() => new Promise((resolve) => answers.push(resolve)));
    cache.entries();
    cache.refresh();
    cache.refresh();
    expect(answers).toHaveLength(1);
    answers[0]?.([entry(1)]);
    await settled();
    expect(answers).toHaveLength(2);
    answers[1]?.([entry(1), entry(2)]);
    await settled();
    expect(cache.entries()).toHaveLength(2);
    expect(answers).toHaveLength(2);
  });
});

describe('the frame gate', () => {
  it('keeps telling while the window is hidden, only slower', () => {
    vi.useFakeTimers();
    let hidden = true;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    let told = 0;
    const gate = createFrameGate(() => (told += 1));
    gate.touch();
    gate.touch();
    vi.advanceTimersByTime(400);
    expect(told).toBe(0);
    vi.advanceTimersByTime(200);
    expect(told).toBe(1);
    gate.touch();
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(50);
    expect(told).toBe(2);
    gate.touch();
    gate.dispose();
    vi.advanceTimersByTime(5000);
    expect(told).toBe(2);
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
});
