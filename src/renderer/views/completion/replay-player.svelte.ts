/** Plays an answer's making again in the window: the replay's state, frame by frame while it plays. The clock itself is pure. */
import type { Completion } from '../../../shared/chat/completion.ts';
import { replayLine, type ReplayLine } from '../../../shared/chat/replay-line.ts';
import {
  AT_END,
  atEnd,
  movedTo,
  passed,
  paused,
  played,
  sought,
  stepped,
  type Replay,
} from '../../../shared/chat/replay.ts';

/** Reactive. */
export interface ReplayPlayer {
  readonly replay: Replay;
  /** The events to replay; made anew only while somebody may be looking at an earlier one. */
  readonly line: ReplayLine;
  /** Whether long gaps are shortened. */
  shortens: boolean;
  speed: number;
  /** Plays or pauses. */
  toggle(): void;
  step(by: number): void;
  seek(toMs: number): void;
  /** Shows all that there is, and what is yet to come. */
  leave(): void;
  dispose(): void;
}

export function createReplayPlayer(completionNow: () => Completion): ReplayPlayer {
  let replay = $state.raw<Replay>(AT_END);
  let shortens = $state(true);
  let frame = 0;
  let shownAtMs = 0;
  const isAway = $derived(replay.atMs !== null);
  /** While an answer is written and shown to its end, nobody needs a line for each frame. */
  const isGrowing = $derived(!isAway && completionNow().end === 'streaming');
  const line = $derived(isGrowing ? EMPTY : replayLine(completionNow(), shortens));
  const currentLine = (): ReplayLine => (isGrowing ? replayLine(completionNow(), shortens) : line);

  function tick(nowMs: number): void {
    replay = passed(replay, currentLine(), nowMs - shownAtMs);
    shownAtMs = nowMs;
    if (replay.isPlaying) frame = requestAnimationFrame(tick);
  }
  function show(next: Replay): void {
    cancelAnimationFrame(frame);
    replay = next;
    if (!next.isPlaying) return;
    shownAtMs = performance.now();
    frame = requestAnimationFrame(tick);
  }

  return {
    get replay() {
      return replay;
    },
    get line() {
      return line;
    },
    get shortens() {
      return shortens;
    },
    set shortens(next) {
      shortens = next;
      show(movedTo(replay, currentLine()));
    },
    get speed() {
      return replay.speed;
    },
    set speed(next) {
      show({ ...replay, speed: next });
    },
    toggle: () => show(replay.isPlaying ? paused(replay) : played(replay, currentLine())),
    step: (by) => show(stepped(replay, currentLine(), by)),
    seek: (toMs) => show(sought(replay, currentLine(), toMs)),
    leave: () => show(atEnd(replay)),
    dispose: () => cancelAnimationFrame(frame),
  };
}

const EMPTY: ReplayLine = { seqs: [], atMs: [], lengthMs: 0, leftOutMs: 0 };
