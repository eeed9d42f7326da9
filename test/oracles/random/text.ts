/** Random texts as models write them, in deltas: words, combining marks, emoji of several code points, and what breaks parsers. */
import fc from 'fast-check';

const AWKWARD = [
  '\r\n',
  '\n\ndata: [DONE]\n\n',
  '\u2028',
  '\ufeff',
  '\u0000',
  '👩‍👩‍👧',
  'e\u0301',
  '𝕏',
  '\\u0041',
  '"',
  '\\',
  '</script>',
  '[DONE]',
  'ไทย',
  'עברית',
];

const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      { weight: 2, arbitrary: fc.constantFrom(...AWKWARD) },
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** Deltas that are not empty. They are cut between UTF-16 units, so a pair of surrogates may come in two of them. */
export function deltas(of: fc.Arbitrary<string> = text): fc.Arbitrary<readonly string[]> {
  return fc.tuple(of, fc.array(fc.nat({ max: 60 }), { maxLength: 6 })).map(([whole, cuts]) => {
    const ends = [...new Set(cuts.filter((cut) => cut > 0 && cut < whole.length)), whole.length];
    ends.sort((a, b) => a - b);
    return ends
      .map((end, at) => whole.slice(at === 0 ? 0 : ends[at - 1], end))
      .filter((piece) => piece !== '');
  });
}

/** Arguments of a call: an object. Keys that some clients leave out on purpose are not among them. */
export const argumentsObject: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc
    .string({ unit: 'grapheme', maxLength: 6 })
    .filter((key) => !/^(?:__proto__|constructor|prototype|toString|valueOf)$/.test(key)),
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.constant({}),
  ),
  { maxKeys: 4, noNullPrototype: true },
);

export const toolName: fc.Arbitrary<string> = fc.stringMatching(/^[a-z][a-z_]{2,9}$/);

export interface RandomCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The input's JSON as it is streamed. */
  readonly pieces: readonly string[];
}

/** Calls whose ids are different. */
export const calls: fc.Arbitrary<readonly RandomCall[]> = fc
  .array(
    fc.tuple(toolName, argumentsObject, fc.boolean()).chain(([name, input, isSpaced]) => {
      const json = JSON.stringify(input, null, isSpaced ? 1 : 0);
      return deltas(fc.constant(json)).map((pieces) => ({ name, input, pieces }));
    }),
    { maxLength: 3 },
  )
  .map((drawn) => drawn.map((call, at) => ({ ...call, id: `call_${at}x` })));

/** Several lists as one, each in its own order; `picks` says whose turn it is. */
export function merged<T>(lists: readonly (readonly T[])[], picks: readonly number[]): T[] {
  const left = lists.map((list) => [...list]).filter((list) => list.length > 0);
  const out: T[] = [];
  for (let at = 0; left.length > 0; at += 1) {
    const turn = (picks[at % Math.max(picks.length, 1)] ?? 0) % left.length;
    const list = left[turn] as T[];
    out.push(list.shift() as T);
    if (list.length === 0) left.splice(turn, 1);
  }
  return out;
}

export const picks: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 5 }), {
  minLength: 1,
  maxLength: 12,
});
