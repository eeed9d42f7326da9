/** Random events as bytes: line ends, comments, spaces, data on several lines, and any cut into writes. */
import fc from 'fast-check';
import type { OracleAnswer, Writes } from '../answer.ts';

export interface DrawnEvent {
  /** The event's name; null leaves the line out. */
  readonly name: string | null;
  /** A value that is written as JSON, or text as it is. */
  readonly data: unknown;
}

/** A valid answer as events, and what it says. */
export interface DrawnAnswer {
  readonly events: readonly DrawnEvent[];
  readonly truth: OracleAnswer;
  /** Whether the AI SDK reads such answers as everybody else does (docs/dialects.md). */
  readonly suitsAiSdk: boolean;
}

export interface RandomStream extends DrawnAnswer {
  readonly writes: Writes;
}

interface Form {
  readonly eol: string;
  readonly space: string;
  readonly isPretty: boolean;
  readonly isAscii: boolean;
  readonly comments: readonly number[];
}

/** @param plain only what Google's client can read: one line of data an event, no comments */
export function streams(answers: fc.Arbitrary<DrawnAnswer>, plain = false): fc.Arbitrary<RandomStream> {
  const form: fc.Arbitrary<Form> = fc.record({
    eol: fc.constantFrom('\n', '\r\n', ...(plain ? [] : ['\r'])),
    space: fc.constantFrom(' ', ''),
    isPretty: plain ? fc.constant(false) : fc.boolean(),
    isAscii: fc.boolean(),
    comments: plain ? fc.constant([]) : fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
  });
  const cuts = fc.oneof(
    { weight: 5, arbitrary: fc.array(fc.nat({ max: 4000 }), { maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constant<'each'>('each') },
  );
  return fc.tuple(answers, form, cuts).map(([answer, how, at]) => {
    const bytes = new TextEncoder().encode(
      answer.events.map((event, nth) => frame(event, how, nth)).join(''),
    );
    return { ...answer, writes: cut(bytes, at) };
  });
}

function frame(
  { name, data }: DrawnEvent,
  { eol, space, isPretty, isAscii, comments }: Form,
  nth: number,
): string {
  const plain = typeof data === 'string' ? data : JSON.stringify(data, null, isPretty ? 1 : 0);
  const json = isAscii ? plain.replaceAll(/[\u0080-\uffff]/g, escaped) : plain;
  return [
    ...(comments.includes(nth) ? [`: still here`, ''] : []),
    ...(name === null ? [] : [`event:${space}${name}`]),
    ...json.split('\n').map((line) => `data:${space}${line}`),
    '',
    '',
  ].join(eol);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function cut(bytes: Uint8Array<ArrayBuffer>, at: readonly number[] | 'each'): Writes {
  const inner = at === 'each' ? [...bytes.keys()] : at.map((place) => place % bytes.length);
  const ends = [...new Set([...inner.filter((place) => place > 0), bytes.length])].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}
