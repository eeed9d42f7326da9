/**
 * What is done for one answer, and when: writes to the socket and how it ends, faults included. It opens no socket and reads no clock:
 * frames go in as they are read, actions with the times they are due come out, no more of them than are asked for.
 */
import type { ReplayCut } from './replay-options.ts';
import { createCutter, type Write } from './cutter.ts';
import { createPace, type PaceOptions } from './pace.ts';
import type { SourceFrame } from './source-frame.ts';

export type PlayEnd =
  /** The answer ends as it should. */
  | 'complete'
  /** The connection is closed, and the body has no end. */
  | 'cut'
  /** The connection is reset. */
  | 'reset';

export type PlayAction =
  | ({ readonly do: 'write' } & Write)
  /** A fault of the plan happens here; for whoever keeps the record. */
  | { readonly do: 'fault'; readonly atMs: number; readonly fault: number }
  /** Nothing more is sent, and the connection stays open. */
  | { readonly do: 'hang'; readonly atMs: number }
  | { readonly do: 'end'; readonly atMs: number; readonly how: PlayEnd };

/** What is done to a stream on its way; `shared/faults` has the one that breaks things. */
export interface Meddler {
  /** Before the first frame. */
  start(out: PlayOut): Iterable<PlayAction>;
  frame(frame: SourceFrame, round: number, out: PlayOut): Iterable<PlayAction>;
  /** The stream is over at this time of the client's clock, unless something happens first. */
  end(dueMs: number, out: PlayOut): Iterable<PlayAction>;
}

/** What a meddler may do. */
export interface PlayOut {
  /** When bytes that came at this time of the recording are due. */
  due(atMs: number): number;
  readonly latestMs: number;
  send(bytes: Uint8Array, dueMs: number, read: number, completes: SourceFrame | null): Iterable<PlayAction>;
  /** Tells that a fault happens, behind what was sent so far. */
  note(fault: number, dueMs: number): Iterable<PlayAction>;
  /** What was sent so far is written before anything else happens. */
  flush(): Iterable<PlayAction>;
  /** Everything that follows comes this much later. */
  shift(ms: number): void;
  notBefore(ms: number): void;
  /** Bytes of the body so far. */
  readonly sentBytes: number;
  /** A number for bytes that no read brought. */
  nextRead(): number;
}

export interface Playback {
  start(): Iterable<PlayAction>;
  frame(frame: SourceFrame, round?: number): Iterable<PlayAction>;
  /** The recording is over at this time of its clock. */
  end(atMs: number, how: PlayEnd): Iterable<PlayAction>;
  /** It goes on at this time of the recording without a gap. */
  rebase(atMs: number): void;
  /** An end or a hang was given out: nothing follows. */
  readonly isOver: boolean;
}

export interface PlaybackOptions extends PaceOptions {
  readonly cut: ReplayCut;
  readonly meddler: Meddler;
}

export function createPlayback(options: PlaybackOptions): Playback {
  const { meddler } = options;
  const pace = createPace(options);
  const cutter = createCutter(options.cut);
  let sentBytes = 0;
  let lastRead = 0;
  let isOver = false;
  /** Behind what the cutter still holds. */
  let notes: PlayAction[] = [];

  function* written(writes: Iterable<Write>): Generator<PlayAction> {
    for (const write of writes) {
      yield { do: 'write', ...write };
      yield* notes;
      notes = [];
    }
  }

  const out: PlayOut = {
    due: pace.due,
    shift: pace.shift,
    notBefore: pace.notBefore,
    get latestMs() {
      return pace.latestMs;
    },
    get sentBytes() {
      return sentBytes;
    },
    *send(bytes, atMs, read, completes) {
      sentBytes += bytes.length;
      yield* written(cutter.add({ bytes, atMs, read, completes }));
    },
    *note(fault, atMs) {
      const note: PlayAction = { do: 'fault', atMs, fault };
      if (cutter.isHolding) notes.push(note);
      else yield note;
    },
    *flush() {
      yield* written(cutter.flush());
    },
    nextRead() {
      lastRead -= 1;
      return lastRead;
    },
  };

  /** Nothing comes after the end. */
  function* untilOver(actions: Iterable<PlayAction>): Generator<PlayAction> {
    if (isOver) return;
    for (const action of actions) {
      if (action.do === 'end' || action.do === 'hang') isOver = true;
      yield action;
      if (isOver) return;
    }
  }

  return {
    get isOver() {
      return isOver;
    },
    start: () => untilOver(meddler.start(out)),
    frame: (frame, round = 0) => untilOver(meddler.frame(frame, round, out)),
    *end(atMs, how) {
      const dueMs = pace.due(atMs);
      yield* untilOver(meddler.end(dueMs, out));
      yield* untilOver(out.flush());
      yield* untilOver([{ do: 'end', atMs: pace.latestMs, how }]);
    },
    rebase: pace.rebase,
  };
}

/** Plays everything as it is. */
export const NO_MEDDLER: Meddler = {
  start: () => [],
  *frame(frame, _round, out) {
    const last = frame.segments.length - 1;
    for (const [at, { bytes, atMs, read }] of frame.segments.entries())
      yield* out.send(bytes, out.due(atMs), read, at === last ? frame : null);
  },
  end: () => [],
};
