/** Google's official client. It hands out chunks; adding up the texts is left to the caller. */
import { GoogleGenAI, type Candidate } from '@google/genai';
import type { Oracle, OracleCall, OracleChoice, Writes } from './answer.ts';
import { cannedFetch } from './canned-fetch.ts';

export const geminiOracle: Oracle = async (writes) => {
  const chunks = await clientOf(writes).models.generateContentStream({ model: 'any', contents: 'any' });
  const choices = new Map<number, OracleChoice>();
  let id = '';
  let model = '';
  let usage: unknown = null;
  for await (const chunk of chunks) {
    id ||= chunk.responseId ?? '';
    model ||= chunk.modelVersion ?? '';
    usage = chunk.usageMetadata ?? usage;
    for (const candidate of chunk.candidates ?? []) {
      const index = candidate.index ?? 0;
      choices.set(index, grown(choices.get(index) ?? { index }, candidate));
    }
  }
  return { id, model, usage, choices: [...choices.values()].sort((a, b) => a.index - b.index) };
};

function clientOf(writes: Writes): GoogleGenAI {
  const fetch = cannedFetch(writes);
  return new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: 'http://127.0.0.1', fetch } });
}

function grown(before: OracleChoice, { content, finishReason }: Candidate): OracleChoice {
  const parts = content?.parts ?? [];
  const joined = (isThought: boolean): string =>
    parts.map((part) => ((part.thought === true) === isThought ? (part.text ?? '') : '')).join('');
  const calls = parts.flatMap(({ functionCall, executableCode }): OracleCall[] => {
    if (functionCall) {
      const { id = '', name = '', args = {} } = functionCall;
      return [{ id, name, arguments: args }];
    }
    return executableCode
      ? [
          {
            id: executableCode.id ?? '',
            name: executableCode.language ?? '',
            arguments: executableCode.code ?? '',
          },
        ]
      : [];
  });
  return {
    index: before.index,
    content: (before.content ?? '') + joined(false),
    reasoning: (before.reasoning ?? '') + joined(true),
    toolCalls: [...(before.toolCalls ?? []), ...calls],
    finishReason: finishReason ?? before.finishReason ?? null,
  };
}
