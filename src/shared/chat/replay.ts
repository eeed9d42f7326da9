/**
 * The clock of a replay: where it is on a line, how fast it goes, and what a passing moment, a step or a drag does to it. Pure:
 * whoever owns a timer says how much time has passed. A replay that stands nowhere shows all that there is, live or recorded.
 */
import type { SeqNo } from '../base/clock.ts';
import { countUpTo } from './piece-cut.ts';
import type { ReplayLine } from './replay-line.ts';

/** Times the original pace; Infinity jumps to the end. */
export const REPLAY_SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, Infinity];

export interface Replay {
  /** Milliseconds along the line; null: at the end of whatever is there, and it stays there while more comes. */
  readonly atMs: number | null;
  /** The entry that it has reached; null with `atMs`. Told apart from the time because several events may come at once. */
  readonly seq: SeqNo | null;
  readonly isPlaying: boolean;
  readonly speed: number;
}

export const AT_END: Replay = { atMs: null, seq: null, isPlaying: false, speed: 1 };

/** Number of the event on the line that is reached. */
export function replayIndex({ seq }: Replay, line: ReplayLine): number {
  return seq === null ? line.seqs.length - 1 : Math.max(0, countUpTo(line.seqs, seq) - 1);
}

/** `elapsedMs` of real time have passed. Reaching the end of the line ends the replay. */
export function passed(replay: Replay, line: ReplayLine, elapsedMs: number): Replay {
  if (!replay.isPlaying || replay.atMs === null) return replay;
  const atMs = replay.speed === Infinity ? Infinity : replay.atMs + Math.max(0, elapsedMs) * replay.speed;
  if (atMs >= line.lengthMs) return atEnd(replay);
  const reached = line.seqs[countUpTo(line.atMs, atMs) - 1] ?? null;
  // A step may have gone ahead among events of the same moment.
  const seq = reached === null || (replay.seq !== null && replay.seq > reached) ? replay.seq : reached;
  return { ...replay, atMs, seq };
}

/** Goes on from where it is; from the start when it is at the end. */
export function played(replay: Replay, line: ReplayLine): Replay {
  if (replay.atMs !== null) return { ...replay, isPlaying: true };
  return { ...replay, atMs: 0, seq: line.seqs[0] ?? null, isPlaying: true };
}

export function paused(replay: Replay): Replay {
  return { ...replay, isPlaying: false };
}

/** Event by event, forward or back; a step beyond the last is the end. Stops playing. */
export function stepped(replay: Replay, line: ReplayLine, by: number): Replay {
  const next = replayIndex(replay, line) + by;
  if (next >= line.seqs.length - 1) return atEnd(replay);
  return atIndex(paused(replay), line, Math.max(0, next));
}

/** To a place on the line, as a drag does; the end of the line is the end. Goes on playing when it did. */
export function sought(replay: Replay, line: ReplayLine, toMs: number): Replay {
  if (toMs >= line.lengthMs && line.lengthMs > 0) return atEnd(replay);
  const atMs = Math.max(0, toMs);
  return { ...replay, atMs, seq: line.seqs[Math.max(0, countUpTo(line.atMs, atMs) - 1)] ?? null };
}

/** On another line of the same answer: the same event. */
export function movedTo(replay: Replay, line: ReplayLine): Replay {
  return replay.seq === null ? replay : atIndex(replay, line, replayIndex(replay, line));
}

export function atEnd(replay: Replay): Replay {
  return { ...AT_END, speed: replay.speed };
}

function atIndex(replay: Replay, line: ReplayLine, index: number): Replay {
  return { ...replay, atMs: line.atMs[index] ?? 0, seq: line.seqs[index] ?? null };
}
