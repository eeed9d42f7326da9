/** Replays in words. Pure. */
import type { ReplayAttempts, ReplayCut, ReplaySpeed } from '../../../shared/replay/replay-options.ts';
import type { ReplayClient, ReplayInfo } from '../../../shared/replay/replay-status.ts';
import type { Mark } from '../../ui/StateMark.svelte';
import { bytesText, countOf } from '../../ui/measures.ts';

export const SPEEDS: readonly (readonly [speed: ReplaySpeed, label: string])[] = [
  [0.1, '0.1 × as fast'],
  [0.25, '0.25 × as fast'],
  [0.5, '0.5 × as fast'],
  [1, 'Original'],
  [2, '2 × as fast'],
  [4, '4 × as fast'],
  [10, '10 × as fast'],
  [100, '100 × as fast'],
  ['instant', 'Instant'],
  ['step', 'Step by step'],
];

export const CUTS: readonly (readonly [cut: ReplayCut, label: string])[] = [
  ['reads', 'As recorded'],
  ['event', 'One an event'],
  ['byte', 'One a byte'],
  ['mid-char', 'Inside characters'],
  ['all', 'All at once'],
];

export const ATTEMPTS: readonly (readonly [attempts: ReplayAttempts, label: string])[] = [
  ['whole', 'Whole recording'],
  ['each', 'One attempt each'],
];

export const MAX_GAPS: readonly (readonly [ms: number | null, label: string])[] = [
  [null, 'As recorded'],
  [1000, 'At most 1 s'],
  [5000, 'At most 5 s'],
  [30_000, 'At most 30 s'],
];

const MARKS: Readonly<Record<ReplayClient['state'], readonly [mark: Mark, word: string]>> = {
  playing: ['open', 'Playing'],
  held: ['waiting', 'Paused'],
  silent: ['waiting', 'Silent by a fault'],
  done: ['closed', 'Got it all'],
  answered: ['closed', 'Answered'],
  broken: ['interrupted', 'Broken off'],
  left: ['stopped', 'Left'],
  failed: ['failed', 'Failed'],
};

export function markOf(client: ReplayClient): Mark {
  return MARKS[client.state][0];
}

/** "Answered 503", "Playing", … */
export function wordOf(client: ReplayClient): string {
  const word = MARKS[client.state][1];
  return client.state === 'answered' ? `${word} ${client.status}` : word;
}

export function isOver({ state }: ReplayClient): boolean {
  return state !== 'playing' && state !== 'held' && state !== 'silent';
}

/** 0 to 1 of the recording. */
export function progressOf(client: ReplayClient, { durationMs }: ReplayInfo): number {
  if (client.state === 'done') return 1;
  return durationMs > 0 ? Math.min(1, client.positionMs / durationMs) : 0;
}

/** "12 events, 3.2 kB, round 2". */
export function gotText({ sentEvents, sentBytes, round }: ReplayClient): string {
  const rounds = round > 0 ? `, round ${round + 1}` : '';
  return `${countOf(sentEvents, 'event')}, ${bytesText(sentBytes)}${rounds}`;
}

/** "Running, 2 clients". */
export function stateText({ state, active }: ReplayInfo): string {
  if (state === 'stopped') return 'Not running';
  return active === 0 ? 'Running, no client' : `Running, ${countOf(active, 'client')}`;
}
