/** Random answers of Gemini: candidates, thoughts and text in turns, parallel function calls, executed code, growing usage. */
import fc from 'fast-check';
import type { OracleCall, OracleChoice } from '../answer.ts';
import { calls, deltas, merged, picks, type RandomCall } from './text.ts';
import type { DrawnAnswer } from './wire.ts';

type DrawnPart =
  | { readonly kind: 'text' | 'thought'; readonly pieces: readonly string[] }
  | { readonly kind: 'calls'; readonly calls: readonly RandomCall[]; readonly haveIds: boolean }
  | { readonly kind: 'code'; readonly code: string };

interface DrawnCandidate {
  readonly parts: readonly DrawnPart[];
  readonly finishReason: string;
}

const part: fc.Arbitrary<DrawnPart> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'thought' as const), pieces: deltas() }),
  fc.record({ kind: fc.constant('calls' as const), calls, haveIds: fc.boolean() }),
  fc.record({ kind: fc.constant('code' as const), code: fc.string({ unit: 'grapheme', minLength: 1 }) }),
);

const candidate: fc.Arbitrary<DrawnCandidate> = fc.record({
  parts: fc.array(part, { maxLength: 4 }),
  finishReason: fc.constantFrom('STOP', 'MAX_TOKENS', 'SAFETY'),
});

export const geminiAnswers: fc.Arbitrary<DrawnAnswer> = fc
  .record({
    candidates: fc.array(candidate, { minLength: 1, maxLength: 3 }),
    turns: picks,
    prompt: fc.nat({ max: 9999 }),
  })
  .map(({ candidates, turns, prompt }) => {
    const chunks = merged(candidates.map(entriesOf), turns);
    const usage = (at: number) => ({
      promptTokenCount: prompt,
      candidatesTokenCount: at + 1,
      totalTokenCount: prompt + at + 1,
    });
    return {
      events: chunks.map((entry, at) => ({
        name: null,
        data: { candidates: [entry], usageMetadata: usage(at), modelVersion: 'tern-2', responseId: 'r1' },
      })),
      truth: {
        id: 'r1',
        model: 'tern-2',
        usage: usage(chunks.length - 1),
        choices: candidates.map(meaningOf),
      },
      suitsAiSdk: false,
    };
  });

function entriesOf({ parts, finishReason }: DrawnCandidate, index: number): object[] {
  const entry = (list: readonly object[]): object => ({ content: { parts: list, role: 'model' }, index });
  return [
    ...parts.flatMap((drawn, at) => chunksOf(drawn, at).map(entry)),
    { ...entry([{ text: '' }]), finishReason },
  ];
}

/** Parts by the chunk that brings them: calls come together, texts one after another. */
function chunksOf(drawn: DrawnPart, at: number): object[][] {
  switch (drawn.kind) {
    case 'text':
      return drawn.pieces.map((text) => [{ text }]);
    case 'thought':
      return drawn.pieces.map((text) => [{ text, thought: true }]);
    case 'code':
      return [[{ executableCode: { language: 'PYTHON', code: drawn.code } }]];
    case 'calls':
      return [
        drawn.calls.map(({ name, input, id }) => ({
          functionCall: { name, args: input, ...idOf(drawn.haveIds, id, at) },
        })),
      ];
  }
}

function idOf(has: boolean, id: string, at: number): { readonly id?: string } {
  return has ? { id: `${id}${at}` } : {};
}

function meaningOf({ parts, finishReason }: DrawnCandidate, index: number): OracleChoice {
  const textOf = (kind: string): string =>
    parts.map((one) => ('pieces' in one && one.kind === kind ? one.pieces.join('') : '')).join('');
  return {
    index,
    content: textOf('text'),
    reasoning: textOf('thought'),
    toolCalls: parts.flatMap((one, at): OracleCall[] => {
      if (one.kind === 'code') return [{ id: '', name: 'PYTHON', arguments: one.code }];
      if (one.kind !== 'calls') return [];
      return one.calls.map(({ name, input, id }) => ({
        id: idOf(one.haveIds, id, at).id ?? '',
        name,
        arguments: input,
      }));
    }),
    finishReason,
  };
}
