/** A recording as actions to perform, read while it is played: round after round when it loops. */
import type { PlayAction, Playback } from '../../shared/replay/playback.ts';
import type { SourceFrame } from '../../shared/replay/source-frame.ts';
import type { Take } from '../../shared/replay/takes.ts';
import type { FrameStart } from './recorded-frames.ts';

export interface PlaySource {
  readonly takes: readonly Take[];
  /** Where to begin. */
  readonly start: FrameStart;
  frames(start: FrameStart): AsyncIterable<readonly SourceFrame[]>;
  readonly loop: boolean;
  readonly onRound: (round: number) => void;
}

const BEGINNING: FrameStart = { seq: 0, eventNumber: 0 };

export async function* playActions(
  playback: Playback,
  source: PlaySource,
): AsyncGenerator<PlayAction, void, void> {
  const [first] = source.takes;
  const last = source.takes.at(-1);
  if (!first || !last) return;
  yield* playback.start();
  for (let round = 0; !playback.isOver; round += 1) {
    source.onRound(round);
    let frames = 0;
    for await (const block of source.frames(round === 0 ? source.start : BEGINNING)) {
      for (const frame of block) {
        frames += 1;
        yield* playback.frame(frame, round);
        if (playback.isOver) return;
      }
    }
    // Nothing again and again would be for ever.
    if (!source.loop || (frames === 0 && round > 0)) {
      yield* playback.end(last.endMs, last.how);
      return;
    }
    playback.rebase(first.headMs);
  }
}
