/** `text`: the text of a completion, as it is rebuilt, equals, contains or matches something. Points at the events that brought it. */
import type { SeqNo } from '../../base/clock.ts';
import type { Choice, PieceText } from '../../chat/completion.ts';
import { failed, MAX_PROOFS, passed, pending, type Moment, type Verdict } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import type { SpecNode } from '../spec-node.ts';
import { counted, quoted } from '../words.ts';

const PARTS = ['content', 'reasoning', 'refusal', 'tool-arguments'] as const;
type Part = (typeof PARTS)[number];

type TextTest =
  | { readonly is: 'equals' | 'contains' | 'lacks'; readonly text: string }
  | { readonly is: 'matches'; readonly regex: RegExp };

interface TextSpec {
  readonly of: Part;
  /** From 1. */
  readonly answer: number;
  readonly choice: number;
  readonly test: TextTest;
}

export const textKind: CheckKind = {
  key: 'text',
  means: 'the rebuilt text of a completion equals, contains, lacks or matches something',
  example: 'text: { contains: "Paris" }',
  read(value) {
    const given = value.fields('text', ['equals', 'contains', 'lacks', 'matches', 'of', 'answer', 'choice']);
    const tests = [given.equals, given.contains, given.lacks, given.matches].filter(
      (one) => one !== undefined,
    );
    if (tests.length !== 1)
      throw value.fault('text needs one of "equals", "contains", "lacks" and "matches".');
    const spec: TextSpec = {
      of: given.of?.oneOf('of', PARTS) ?? 'content',
      answer: given.answer?.wholeNumber('answer') ?? 1,
      choice: given.choice?.wholeNumber('choice') ?? 0,
      test: given.matches
        ? { is: 'matches', regex: readRegex(given.matches) }
        : given.equals
          ? { is: 'equals', text: given.equals.text('equals') }
          : given.contains
            ? { is: 'contains', text: given.contains.text('contains') }
            : { is: 'lacks', text: given.lacks?.text('lacks') ?? '' },
    };
    if (spec.answer < 1) throw (given.answer ?? value).fault('The first answer is answer 1.');
    return {
      asserts: `The ${partWords(spec)} ${testWords(spec.test)}`,
      needs: ['rebuilt'],
      hasRegex: spec.test.is === 'matches',
      start: () => ({ verdict: (moment) => verdictOf(spec, moment) }),
    };
  },
};

/** `/pattern/flags`, or the pattern alone. */
function readRegex(node: SpecNode): RegExp {
  const text = node.text('matches');
  const [, pattern = text, flags = ''] = /^\/([^]*)\/([imsu]*)$/.exec(text) ?? [];
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    throw node.fault(
      `"matches" is no regular expression: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function partWords({ of, answer, choice }: TextSpec): string {
  const part = { content: 'text', reasoning: 'reasoning', refusal: 'refusal', 'tool-arguments': 'arguments' }[
    of
  ];
  return `${part} of ${answer === 1 ? 'the answer' : `answer ${answer}`}${choice === 0 ? '' : `, choice ${choice},`}`;
}

function testWords(test: TextTest): string {
  return test.is === 'matches' ? `matches ${String(test.regex)}` : `${test.is} ${quoted(test.text, 60)}`;
}

function verdictOf(spec: TextSpec, { ended, rebuilt }: Moment): Verdict {
  const completion = rebuilt.completions[spec.answer - 1];
  if (!completion) {
    if (!ended) return pending('Waiting for the answer.');
    const found = counted(rebuilt.completions.length, 'completion');
    return failed(
      rebuilt.completions.length === 0
        ? 'No completion came.'
        : `There is no answer ${spec.answer}: ${found} came.`,
    );
  }
  const choice = completion.choices.find(({ index }) => index === spec.choice);
  const texts = choice ? partsOf(choice, spec.of) : [];
  const whole = texts.flatMap(({ pieces }) => pieces).join('');
  const seqs = texts.flatMap((text) => text.seqs.slice(0, text.pieces.length));
  const lengths = texts.flatMap(({ pieces }) => pieces.map((piece) => piece.length));
  const brought = (from: number, to: number) => broughtBetween(seqs, lengths, from, to);
  const settled = ended || completion.end === 'done' || completion.end === 'error';
  const is = `It is ${whole === '' ? 'empty' : quoted(whole, 200)}`;
  const { test } = spec;
  switch (test.is) {
    case 'contains': {
      const at = whole.indexOf(test.text);
      if (at >= 0) return passed('It does.', brought(at, at + test.text.length));
      return settled ? failed(`${is}.`, brought(0, whole.length)) : pending('Not yet.');
    }
    case 'lacks': {
      const at = whole.indexOf(test.text);
      if (at >= 0) return failed('It is in it.', brought(at, at + test.text.length));
      return settled ? passed('It does.') : pending('So far.');
    }
    case 'matches': {
      if (!settled) return pending('Waiting for the whole text.');
      const match = test.regex.exec(whole);
      if (!match) return failed(`${is}.`, brought(0, whole.length));
      return passed('It does.', brought(match.index, match.index + match[0].length));
    }
    case 'equals': {
      const same = commonStart(whole, test.text);
      if (same < whole.length || (settled && whole.length < test.text.length)) {
        const rest = same < whole.length ? `it goes on with ${quoted(whole.slice(same), 60)}` : 'it ends';
        const wanted =
          same < test.text.length
            ? `where ${quoted(test.text.slice(same), 60)} is wanted`
            : 'where it is to end';
        return failed(
          `After ${counted(same, 'character')} ${rest} ${wanted}.`,
          brought(same, whole.length).slice(0, 1),
        );
      }
      return settled ? passed('It does.', brought(0, whole.length)) : pending('So far it begins like it.');
    }
  }
}

function partsOf(choice: Choice, of: Part): readonly PieceText[] {
  if (of === 'tool-arguments') return choice.toolCalls.map((call) => call.arguments);
  return [choice[of]];
}

/** The entries whose pieces have characters of that stretch. */
function broughtBetween(
  seqs: readonly SeqNo[],
  lengths: readonly number[],
  from: number,
  to: number,
): SeqNo[] {
  const found: SeqNo[] = [];
  let at = 0;
  for (const [index, length] of lengths.entries()) {
    const seq = seqs[index];
    if (seq !== undefined && at < to && at + length > from && found.at(-1) !== seq) found.push(seq);
    at += length;
    if (at >= to || found.length >= MAX_PROOFS) break;
  }
  return found;
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}
