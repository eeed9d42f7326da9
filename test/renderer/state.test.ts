import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnections } from '../../src/renderer/state/connections.svelte.ts';
import { createRates, RATE_SPAN } from '../../src/renderer/state/connections-rates.svelte.ts';
import { createDrafts } from '../../src/renderer/state/endpoints-draft.svelte.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';
import { createNotices } from '../../src/renderer/state/undo.svelte.ts';
import { createClient } from '../../src/shared/ipc/client.ts';
import { createFakeTransport } from '../support/fake-transport.ts';
import { NO_COUNTS, session, status } from './support/world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('notices', () => {
  it('leave by themselves, but not while they are looked at', () => {
    const notices = createNotices();
    notices.show({ text: 'Done' });
    notices.hold(true);
    vi.advanceTimersByTime(60_000);
    expect(notices.list).toHaveLength(1);
    notices.hold(false);
    vi.advanceTimersByTime(60_000);
    expect(notices.list).toHaveLength(0);
  });

  it('stay when they tell a failure or work under way', () => {
    const notices = createNotices();
    notices.failed('It', new Error('broke'));
    const job = notices.show({ text: 'Working', tone: 'busy', progress: 0.5 });
    vi.advanceTimersByTime(600_000);
    expect(notices.list.map((notice) => notice.text)).toEqual(['It: broke', 'Working']);
    notices.change(job, { text: 'Worked', tone: 'good' });
    vi.advanceTimersByTime(60_000);
    expect(notices.list.map((notice) => notice.text)).toEqual(['It: broke']);
  });

  it('make room for new ones, except for work under way', () => {
    const notices = createNotices();
    notices.show({ text: 'Working', tone: 'busy' });
    for (let number = 1; number <= 6; number += 1) notices.show({ text: `Notice ${number}` });
    expect(notices.list.map((notice) => notice.text)).toEqual([
      'Working',
      'Notice 3',
      'Notice 4',
      'Notice 5',
      'Notice 6',
    ]);
  });

  it('take their Undo with them when it is used', () => {
    const notices = createNotices();
    let undone = 0;
    notices.undoable('Deleted', () => (undone += 1));
    notices.list[0]?.action?.run();
    expect(undone).toBe(1);
    expect(notices.list).toHaveLength(0);
  });
});

describe('rates', () => {
  function openRates(eventsAt: (seconds: number) => number) {
    let seconds = 0;
    const transport = createFakeTransport({
      'session:list': () => [session('s', { outcome: 'live' })],
      'connection:status-all': () => [{ sessionId: 's', status: status('open') }],
      'session:summary': () =>
        session('s', { outcome: 'live', counts: { ...NO_COUNTS, events: eventsAt(seconds) } }),
    });
    const client = createClient(transport);
    const connections = createConnections(client, createNotices());
    const rates = createRates(client, connections, () => seconds * 1000);
    return {
      connections,
      rates,
      transport,
      async second(): Promise<void> {
        seconds += 1;
        await vi.advanceTimersByTimeAsync(1000);
        flushSync();
      },
    };
  }

  it('are counted from the second look on and kept for a minute', async () => {
    const { connections, rates, second } = openRates((seconds) => seconds * 120);
    await connections.refresh();
    await second();
    expect(rates.of('s')).toMatchObject({ perSecond: 0, history: [] });
    await second();
    expect(rates.of('s')).toMatchObject({ perSecond: 120, history: [120] });
    expect(rates.total).toBe(120);
    for (let more = 0; more < RATE_SPAN + 5; more += 1) await second();
    expect(rates.of('s')?.history).toHaveLength(RATE_SPAN);
    rates.dispose();
  });

  it('of a slow stream are the mean of some seconds', async () => {
    const { connections, rates, second } = openRates((seconds) => Math.floor(seconds / 5));
    await connections.refresh();
    for (let more = 0; more < 12; more += 1) await second();
    expect(rates.of('s')?.perSecond).toBeCloseTo(0.2);
    rates.dispose();
  });

  it('end with the connection, and nothing is asked for then', async () => {
    const { connections, rates, transport, second } = openRates(() => 1);
    await connections.refresh();
    await second();
    transport.emit('session:status', { sessionId: 's', status: status('closed') });
    await second();
    expect(rates.of('s')).toBeUndefined();
    const asked = transport.calls.length;
    await second();
    expect(transport.calls).toHaveLength(asked);
    rates.dispose();
  });
});

describe('drafts', () => {
  it('are forgotten when they are what is saved', () => {
    const drafts = createDrafts();
    const saved = { ...BLANK_REQUEST, headers: [{ name: 'A', value: '1', enabled: true }] };
    const changed = { ...saved, headers: [{ name: 'A', value: '1', enabled: false }] };
    expect(drafts.keep('e', changed, saved)).toBe(changed);
    expect(drafts.has('e')).toBe(true);
    expect(drafts.keep('e', structuredClone(saved), saved)).toBeNull();
    expect(drafts.of('e')).toBeNull();
  });

  it('of an address that is not saved are kept apart from all endpoints', () => {
    const drafts = createDrafts();
    drafts.keep(null, { ...BLANK_REQUEST, url: 'x' }, undefined);
    expect(drafts.of(null)?.url).toBe('x');
    expect(drafts.of('e')).toBeNull();
    drafts.forget(null);
    expect(drafts.of(null)).toBeNull();
  });
});
