/**
 * Events per second of every live session over the last minute, for the sidebar, the header and the status bar. Asks main for
 * the counters once a second while something is live and the window can be seen.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Client } from '../../shared/ipc/contract.ts';
import type { SessionCounts } from '../../shared/session/entry.ts';
import type { Connections } from './connections.svelte.ts';

export interface SessionRate {
  /** Events per second over the last tick; over the last five when they are few, so that a slow stream has a rate too. */
  readonly perSecond: number;
  /** One value a second, oldest first, at most RATE_SPAN. */
  readonly history: readonly number[];
  readonly counts: SessionCounts;
}

export interface Rates {
  of(sessionId: string | null): SessionRate | undefined;
  /** Of all live sessions together. */
  readonly total: number;
  dispose(): void;
}

export const RATE_SPAN = 60;
const EVERY_MS = 1000;
const FEW = 10;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function createRates(client: Client, connections: Connections, now: () => number): Rates {
  const rates = new SvelteMap<string, SessionRate>();
  let seen: { readonly atMs: number; readonly events: ReadonlyMap<string, number> } | null = null;
  let busy = false;
  const total = $derived([...rates.values()].reduce((sum, rate) => sum + rate.perSecond, 0));

  async function tick(): Promise<void> {
    const live = connections.live.map((session) => session.id);
    for (const id of rates.keys()) if (!live.includes(id)) rates.delete(id);
    if (live.length === 0 || document.hidden) {
      seen = null;
      return;
    }
    // A session that was deleted between the two has no summary; the next tick does not ask for it.
    const answers = await Promise.allSettled(
      live.map((sessionId) => client.call('session:summary', { sessionId })),
    );
    const atMs = now();
    const events: [string, number][] = [];
    for (const answer of answers) {
      if (answer.status === 'rejected' || !connections.isLive(answer.value.id)) continue;
      const { id, counts } = answer.value;
      const before = seen?.events.get(id);
      const seconds = seen ? (atMs - seen.atMs) / 1000 : 0;
      // The first look tells a count; a rate takes two.
      const latest = before === undefined || seconds <= 0 ? [] : [(counts.events - before) / seconds];
      const history = [...(rates.get(id)?.history ?? []), ...latest].slice(-RATE_SPAN);
      const newest = history.at(-1) ?? 0;
      rates.set(id, { perSecond: newest < FEW ? mean(history.slice(-5)) : newest, history, counts });
      events.push([id, counts.events]);
    }
    seen = { atMs, events: new Map(events) };
  }

  const timer = setInterval(() => {
    // A slow answer makes the next one later, never two at once.
    if (busy) return;
    busy = true;
    void tick().finally(() => (busy = false));
  }, EVERY_MS);

  return {
    of: (sessionId) => (sessionId === null ? undefined : rates.get(sessionId)),
    get total() {
      return total;
    },
    dispose: () => clearInterval(timer),
  };
}
