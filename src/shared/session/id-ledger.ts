/**
 * Watches the ids of events over reconnects and says, after each resume, what is missing and what came twice. Ids that count up
 * by one show gaps exactly; others show repeats only. It keeps MAX_RANGES ranges of numbers and MAX_IDS other ids an attempt and
 * as many for all attempts before it: a few hundred KiB at the most, however long the stream is.
 */
import type { ResumeReportEntry } from './entry.ts';
import { createNumberRanges, type NumberRanges } from './number-ranges.ts';

export type ResumeReport = Omit<ResumeReportEntry, 'kind' | 'attempt'>;

export const MAX_RANGES = 1024;
export const MAX_IDS = 2048;

/** Longer ids are told apart by their ends and their length. */
const MAX_ID_CHARS = 96;
/** Gaps and repeated ids that are named in a report. */
const MAX_NAMED = 16;
/** Ids count up when at least this share of their steps is one. */
const REGULAR_SHARE = 0.5;
/** Without leading zeros, and exact as a double. */
const NUMERIC = /^(?:0|[1-9]\d{0,14})$/;

export interface IdLedger {
  /** An attempt begins. */
  begin(): void;
  /** An event's own id. */
  add(id: string): void;
  /** What is known now, if it is news: when the first new event of a resumed attempt came, and at its end if more is known by then. */
  news(atEnd: boolean): ResumeReport | null;
}

export function createIdLedger(): IdLedger {
  const earlier = createNumberRanges(MAX_RANGES);
  let current = createNumberRanges(MAX_RANGES);
  const earlierIds = new Set<string>();
  let currentIds = new Set<string>();
  let forgotIds = false;
  /** Steps between ids that follow each other, of all attempts. */
  let steps = 0;
  let stepsOfOne = 0;

  /** The newest id of the attempts before; null when there was none. */
  let afterId: string | null = null;
  let firstId: string | null = null;
  let lastId: string | null = null;
  let lastNumber: number | null = null;
  let repeated = 0;
  let repeatedIds: string[] = [];
  /** Something came that no earlier attempt had brought. */
  let hasNew = false;
  let told: string | null = null;

  function begin(): void {
    earlier.addAll(current);
    for (const id of currentIds) remember(earlierIds, id);
    current = createNumberRanges(MAX_RANGES);
    currentIds = new Set();
    afterId = lastId ?? afterId;
    firstId = lastId = null;
    lastNumber = null;
    repeated = 0;
    repeatedIds = [];
    hasNew = false;
    told = null;
  }

  function remember(ids: Set<string>, id: string): void {
    ids.add(id);
    if (ids.size <= MAX_IDS) return;
    ids.delete(ids.values().next().value as string);
    forgotIds = true;
  }

  function sawBefore(id: string): boolean {
    if (!NUMERIC.test(id)) {
      const key = keyOf(id);
      const before = earlierIds.has(key);
      if (!before) remember(currentIds, key);
      return before;
    }
    const value = Number(id);
    if (lastNumber !== null && value !== lastNumber) {
      steps += 1;
      if (value === lastNumber + 1) stepsOfOne += 1;
    }
    lastNumber = value;
    const before = earlier.has(value);
    if (!before) current.add(value);
    return before;
  }

  /** Whether gaps can be read off the numbers; null while nothing is known of their steps. */
  function countsUp(): boolean | null {
    return steps === 0 ? null : stepsOfOne >= steps * REGULAR_SHARE;
  }

  function report(atEnd: boolean): ResumeReport | null {
    if (afterId === null || firstId === null || (!hasNew && !atEnd)) return null;
    const numeric = NUMERIC.test(afterId) && NUMERIC.test(lastId ?? '');
    const regular = numeric ? countsUp() : false;
    if (regular === null && !atEnd) return null;
    const gaps = regular === true ? gapsOf(earlier.highest, current) : null;
    return {
      afterId,
      firstId,
      ids: regular === true ? 'numeric' : 'other',
      missing: gaps?.reduce((sum, [from, to]) => sum + to - from + 1, 0) ?? null,
      gaps: gaps?.slice(0, MAX_NAMED) ?? [],
      repeated,
      repeatedIds,
      forgot: forgotIds || earlier.forgot || current.forgot,
    };
  }

  return {
    begin,
    add(id) {
      if (id === '') return;
      const own = ownCopy(id);
      firstId ??= own;
      lastId = own;
      if (sawBefore(own)) {
        repeated += 1;
        if (repeatedIds.length < MAX_NAMED && repeatedIds.at(-1) !== own) repeatedIds.push(own);
      } else {
        hasNew = true;
      }
    },
    news(atEnd) {
      // Most reads bring no news: nothing is put together for them.
      if (afterId === null || (!atEnd && (told !== null || !hasNew))) return null;
      const known = report(atEnd);
      if (known === null) return null;
      const text = JSON.stringify(known);
      if (text === told) return null;
      told = text;
      return known;
    },
  };
}

/** What lies between the numbers of an attempt and the highest number before it. */
function gapsOf(highestBefore: number, current: NumberRanges): (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = [];
  let next = highestBefore + 1;
  for (const [from, to] of current.ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return gaps;
}

function keyOf(id: string): string {
  if (id.length <= MAX_ID_CHARS) return id;
  return `${id.slice(0, MAX_ID_CHARS / 2)}…${id.slice(-MAX_ID_CHARS / 2)} ${id.length}`;
}

/** The parser's strings may be slices that keep a whole socket read alive; this copy does not. Ids are shown, so very long ones are cut. */
function ownCopy(id: string): string {
  return id.length < 13 ? id : (JSON.parse(JSON.stringify(id.length > 4096 ? keyOf(id) : id)) as string);
}
