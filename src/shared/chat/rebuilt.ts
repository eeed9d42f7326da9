/**
 * A completion as plain JSON values with its texts joined: what `streamscope rebuild` prints and what the JSON export holds.
 * The keys are a promise (docs/formats.md).
 */
import type { Choice, Completion, CompletionDiagnostic, CompletionEnd, PieceText } from './completion.ts';
import { jsonTextOf } from './json-read.ts';

export interface RebuiltToolCall {
  readonly id: string | null;
  readonly type: string;
  readonly name: string;
  readonly arguments: string;
}

export interface RebuiltChoice {
  readonly index: number;
  readonly role: string;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly RebuiltToolCall[];
  readonly finishReason: string | null;
}

export interface RebuiltCompletion {
  readonly dialect: string;
  readonly id: string | null;
  readonly model: string | null;
  readonly created: number | null;
  readonly systemFingerprint: string | null;
  readonly choices: readonly RebuiltChoice[];
  readonly usage: unknown;
  readonly end: CompletionEnd;
  readonly error: unknown;
  readonly diagnostics: readonly CompletionDiagnostic[];
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** The text of all pieces. */
export function joined(text: PieceText): string {
  return text.pieces.join('');
}

export function rebuiltCompletion(completion: Completion): RebuiltCompletion {
  const { dialect, id, model, created, systemFingerprint, end, firstSeq, lastSeq } = completion;
  return {
    dialect,
    id,
    model,
    created,
    systemFingerprint,
    choices: completion.choices.map(rebuiltChoice),
    usage: printable(completion.usage),
    end,
    error: printable(completion.error),
    diagnostics: [...completion.diagnostics],
    firstSeq,
    lastSeq,
  };
}

function rebuiltChoice(choice: Choice): RebuiltChoice {
  return {
    index: choice.index,
    role: choice.role,
    content: joined(choice.content),
    reasoning: joined(choice.reasoning),
    refusal: joined(choice.refusal),
    toolCalls: choice.toolCalls.map(({ id, type, name, arguments: text }) => ({
      id,
      type,
      name,
      arguments: joined(text),
    })),
    finishReason: choice.finishReason,
  };
}

/** A provider's value as it is, unless it is nested too deeply to be written down again. */
function printable(value: unknown): unknown {
  return value !== null && jsonTextOf(value) === '' ? 'A value nested too deeply to be shown' : value;
}
