/** A fault plan at work on the body of one answer. The head is the business of fault-head. */
import type { Meddler, PlayAction, PlayOut } from '../replay/playback.ts';
import type { SourceFrame } from '../replay/source-frame.ts';
import { createConditions } from './conditions.ts';
import { corrupted } from './corruption.ts';
import { HEAD_KINDS, STREAM_KINDS, waitsForEvent, type Fault, type FaultPlan } from './fault.ts';
import { createPositions } from './positions.ts';
import { createReordering } from './reordering.ts';
import { performFault } from './stream-faults.ts';
import { trickled } from './trickle.ts';

export function createFaultMeddler(plan: FaultPlan, attempt: number): Meddler {
  const { faults, seed } = plan;
  const positions = createPositions(plan, attempt);
  const reordering = createReordering(seed, attempt);
  const conditions = faults.map((_, at) => createConditions(plan, at, attempt));
  /** When the event before was recorded. */
  let eventAtMs: number | null = null;
  /** Faults that look at every frame, by number. */
  const watching = faults.flatMap(({ action, when }, at) =>
    HEAD_KINDS.has(action.kind) || (STREAM_KINDS.has(action.kind) && !waitsForEvent(when)) ? [] : [at],
  );

  const perform = (at: number, out: PlayOut, atMs: number | null = null): Iterable<PlayAction> =>
    performFault((faults[at] as Fault).action, at, out, atMs);

  function* whatIsDue(sentBytes: number, dueMs: number, out: PlayOut): Generator<PlayAction> {
    for (let next = positions.take(sentBytes, dueMs); next; next = positions.take(sentBytes, dueMs))
      yield* perform(next.fault, out, next.atMs);
  }

  /** The frame's bytes; `inside` happens in the middle of them. */
  function* send(frame: SourceFrame, out: PlayOut, slow: number | null, inside: readonly number[]) {
    const length = frame.segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
    let middle = inside.length > 0 ? Math.max(1, Math.floor(length / 2)) : Infinity;
    let done = 0;
    for (const { bytes, atMs, read } of frame.segments) {
      for (let from = 0; from < bytes.length;) {
        yield* whatIsDue(out.sentBytes, out.due(atMs), out);
        const room = Math.min(bytes.length - from, positions.nextBytes(out.sentBytes) - out.sentBytes);
        const part = bytes.subarray(from, from + Math.min(room, middle - done));
        done += part.length;
        from += part.length;
        const completes = done === length ? frame : null;
        if (slow === null) yield* out.send(part, out.due(atMs), read, completes);
        else yield* trickled(part, slow, out, out.due(atMs), completes);
        if (done === middle) {
          middle = Infinity;
          for (const at of inside) yield* perform(at, out);
        }
      }
    }
  }

  return {
    start: (out) => whatIsDue(0, 0, out),
    *frame(frame, round, out) {
      const dueMs = out.due(frame.segments[0]?.atMs ?? 0);
      yield* whatIsDue(out.sentBytes, dueMs, out);
      const isEvent = frame.eventNumber > 0;
      const gapMs = isEvent && eventAtMs !== null ? frame.record.atMs - eventAtMs : null;
      if (isEvent) eventAtMs = frame.record.atMs;
      const moment = { frame, sentBytes: out.sentBytes, dueMs, round, gapMs };
      let sent: SourceFrame[] = [frame];
      let slow: number | null = null;
      const around = { before: [] as number[], middle: [] as number[], after: [] as number[] };
      for (const at of watching) {
        const { action, when, place } = faults[at] as Fault;
        if (action.kind === 'trickle' && !waitsForEvent(when)) {
          const begun = moment.sentBytes >= (when.afterBytes ?? 0) && dueMs >= (when.afterMs ?? 0);
          if (begun && conditions[at]?.mayHappen()) slow = action.bytesPerSecond;
          continue;
        }
        if (!conditions[at]?.meets(moment)) continue;
        if (STREAM_KINDS.has(action.kind)) {
          around[place].push(at);
          continue;
        }
        yield* out.note(at, dueMs);
        if (action.kind === 'drop') sent = [];
        else if (action.kind === 'duplicate')
          sent = sent.flatMap((one) => Array.from({ length: action.copies + 1 }, () => one));
        else if (action.kind === 'corrupt')
          sent = sent.map((one, copy) => corrupted(one, action, seed, at, attempt, round, copy));
        else if (action.kind === 'reorder') reordering.begin(at, action.events, action.shuffle);
        else if (action.kind === 'trickle') slow = action.bytesPerSecond;
      }
      for (const at of around.before) yield* perform(at, out);
      const copies = sent.map((one, copy) => (copy === 0 ? one : asOwnWrite(one, out.nextRead())));
      if (reordering.isHolding && isEvent) {
        for (const one of copies) reordering.hold(one);
        for (const at of around.middle) yield* perform(at, out);
        if (reordering.isFull)
          for (const one of reordering.release(out.nextRead)) yield* send(one, out, slow, []);
      } else {
        for (const one of copies) yield* send(one, out, slow, one === copies[0] ? around.middle : []);
        if (copies.length === 0) for (const at of around.middle) yield* perform(at, out);
      }
      for (const at of around.after) yield* perform(at, out);
    },
    *end(dueMs, out) {
      if (reordering.isHolding)
        for (const one of reordering.release(out.nextRead)) yield* send(one, out, null, []);
      yield* whatIsDue(out.sentBytes, dueMs, out);
    },
  };
}

function asOwnWrite(frame: SourceFrame, read: number): SourceFrame {
  return { ...frame, segments: frame.segments.map((segment) => ({ ...segment, read })) };
}
