/** Whether a fault meets a frame. Owns the counting that "every" and "times" need, within one answer. */
import { matches, PLAIN_EVENT, type EventFacts } from '../filter/matches.ts';
import { kindOf } from '../session/index-record.ts';
import type { FrameContent, SourceFrame } from '../replay/source-frame.ts';
import { chanceAt } from './chance.ts';
import type { Fault, FaultPlan, NumberRange } from './fault.ts';

export interface FrameMoment {
  readonly frame: SourceFrame;
  /** Bytes of this answer that were sent before it. */
  readonly sentBytes: number;
  /** When it is due, since the head of this answer. */
  readonly dueMs: number;
  /** How often the recording was played before in this answer. */
  readonly round: number;
  /** Since the event before it, as it was recorded; null: there is none, or it is no event. */
  readonly gapMs: number | null;
}

export interface FaultConditions {
  /** Asked once for each frame, in order: it counts. */
  meets(moment: FrameMoment): boolean;
  /** For faults that wait for no event. */
  mayHappen(): boolean;
}

export function inRanges(ranges: readonly NumberRange[] | null, value: number): boolean {
  return ranges === null || ranges.some(({ from, to }) => value >= from && value <= to);
}

/** Of the fault number `at` of the plan, in the answer to this attempt. */
export function createConditions(plan: FaultPlan, at: number, attempt: number): FaultConditions {
  const { when } = plan.faults[at] as Fault;
  const { events, id, type, filter, afterBytes, afterMs, every, chance, times } = when;
  const ofAttempt = inRanges(when.attempts, attempt);
  let met = 0;
  let happened = 0;

  const mayHappen = (): boolean => ofAttempt && (times === null || happened < times);

  /** Comments and the like are meant by a filter alone. */
  function isMeant(moment: FrameMoment): boolean {
    const { frame, sentBytes, dueMs } = moment;
    if (frame.eventNumber === 0 && filter === null) return false;
    if (events !== null && (frame.eventNumber === 0 || !inRanges(events, frame.eventNumber))) return false;
    if (id !== null && frame.id !== id) return false;
    if (afterBytes !== null && sentBytes < afterBytes) return false;
    if (afterMs !== null && dueMs < afterMs) return false;
    if (type === null && filter === null) return true;
    const content = frame.content();
    if (type !== null && (frame.eventNumber === 0 || content.type !== type)) return false;
    return filter === null || matches(filter.query, factsOf(moment, content));
  }

  return {
    mayHappen,
    meets(moment) {
      if (!ofAttempt || !isMeant(moment)) return false;
      met += 1;
      if (every !== null && met % every !== 0) return false;
      if (chance !== null && chanceAt(plan.seed, at, attempt, moment.round, moment.frame.seq) >= chance)
        return false;
      if (times !== null && happened >= times) return false;
      happened += 1;
      return true;
    },
  };
}

function factsOf({ frame, gapMs }: FrameMoment, { text, type }: FrameContent): EventFacts {
  const { atMs, attempt, length: size, kindNumber } = frame.record;
  const known = { kind: kindOf(kindNumber), type, data: text, id: frame.id, size, atMs, gapMs, attempt };
  return { ...PLAIN_EVENT, ...known };
}
