/** The columns of a comparison: one an answer. Pure. */
import type { Completion } from '../../../shared/chat/completion.ts';
import { joined } from '../../../shared/chat/rebuilt.ts';
import type { MeasuredAnswer } from '../../../shared/chat/timing/measured-answer.ts';

export interface ComparedColumn {
  /** "A: weather" */
  readonly name: string;
  /** The session's name. */
  readonly session: string;
  readonly sessionId: string;
  /** null while there is none. */
  readonly completion: Completion | null;
  readonly measured: MeasuredAnswer | null;
  /** Which answer of the session it is, of how many. */
  readonly index: number;
  readonly count: number;
  /** Why there is none; "" when there is. */
  readonly note: string;
}

export function letterOf(at: number): string {
  return String.fromCharCode(65 + at);
}

export function answerName(at: number, session: string): string {
  return `${letterOf(at)}: ${session}`;
}

/** A colour for each, of those that events have as well. */
export function columnTint(at: number): string {
  return `var(--tint-${[1, 2, 3, 8, 4, 6, 7, 5][at % 8]})`;
}

export type TextPart = 'content' | 'reasoning' | 'tools';

/** What is aligned of an answer: all its choices, one after the other. */
export function textOfPart(completion: Completion | null, part: TextPart): string {
  return (completion?.choices ?? [])
    .map(({ content, refusal, reasoning, toolCalls }) => {
      if (part === 'content') return joined(content) || joined(refusal);
      if (part === 'reasoning') return joined(reasoning);
      return toolCalls.map((call) => `${call.name} ${joined(call.arguments)}`).join('\n');
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

export interface TimeSpan {
  readonly kind: 'waiting' | 'reasoning' | 'answer';
  readonly fromMs: number;
  readonly toMs: number;
}

/** The course of an answer in milliseconds from its request: waiting, reasoning, answering. */
export function spansOf(completion: Completion, originMs: number): TimeSpan[] {
  const { firstReasoningMs, firstContentMs, lastContentMs } = completion.timing;
  if (lastContentMs === null) return [];
  const starts = [
    { kind: 'waiting' as const, at: originMs },
    { kind: 'reasoning' as const, at: firstReasoningMs },
    { kind: 'answer' as const, at: firstContentMs },
  ]
    .flatMap(({ kind, at }) => (at === null ? [] : [{ kind, at }]))
    .sort((a, b) => a.at - b.at);
  return starts.map(({ kind, at }, index) => ({
    kind,
    fromMs: Math.max(0, at - originMs),
    toMs: Math.max(0, (starts[index + 1]?.at ?? lastContentMs) - originMs),
  }));
}

/** How much of the text was there when: points of milliseconds from the request and the share of the characters, 0 to 1. */
export function growthOf(
  lengths: Float64Array,
  atMs: readonly number[],
  originMs: number,
): [number, number][] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const MOST_POINTS = 200;
  const every = Math.max(1, Math.ceil(lengths.length / MOST_POINTS));
  const points: [number, number][] = [];
  let sum = 0;
  lengths.forEach((length, at) => {
    sum += length;
    if (total > 0 && (at % every === 0 || at === lengths.length - 1))
      points.push([Math.max(0, (atMs[at] ?? 0) - originMs), sum / total]);
  });
  return points;
}
