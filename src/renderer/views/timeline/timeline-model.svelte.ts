/** What the timeline draws of a session: its clock, its connection, and the slice of it that is in view. */
import type { TimelineRequest, TimelineSlice } from '../../../shared/session/timeline-slice.ts';
import type { LiveSession } from '../../state/live-session.svelte.ts';
import { connectionBands, silencesIn, type Connection, type Silence } from './bands.ts';
import { createSliceSource } from './slice-source.ts';
import type { TimeSpan } from './time-scale.ts';

export interface TimelineModel {
  readonly isLive: boolean;
  /** From the first attempt to the end, or to now. */
  readonly session: TimeSpan;
  readonly slice: TimelineSlice | null;
  readonly connection: Connection;
  readonly silences: readonly Silence[];
  /** Why there is no newer slice; null when all is well. */
  readonly error: string | null;
  want(request: TimelineRequest): void;
}

const TICK_MS = 100;

/** To be made while a component is: it ends with the component. */
export function createTimelineModel(live: LiveSession): TimelineModel {
  let slice = $state.raw<TimelineSlice | null>(null);
  let error = $state<string | null>(null);
  let nowMs = $state(0);

  const isLive = $derived(
    live.status !== null && ['connecting', 'open', 'waiting'].includes(live.status.state),
  );
  /** A silent stream still grows older. */
  const endMs = $derived(Math.max(live.lastAtMs, isLive ? nowMs : live.summary.durationMs));
  const connection = $derived(connectionBands(live.journal, endMs));
  const silences = $derived(slice ? silencesIn(slice, connection.bands) : []);

  $effect(() => {
    if (!isLive) return;
    const tick = (): void => {
      nowMs = Date.now() - live.summary.startedAt;
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  });

  const source = createSliceSource({
    ask: (request) => live.timeline(request),
    onSlice(next) {
      slice = next;
      error = null;
    },
    onError(cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    },
    now: () => performance.now(),
    later(callback, ms) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  $effect(() => source.dispose);

  return {
    get isLive() {
      return isLive;
    },
    get session() {
      return { fromMs: 0, toMs: endMs };
    },
    get slice() {
      return slice;
    },
    get connection() {
      return connection;
    },
    get silences() {
      return silences;
    },
    get error() {
      return error;
    },
    want: source.want,
  };
}
