/**
 * A completion as plain JSON values with its texts joined: what `streamscope rebuild` prints and what the JSON export holds.
 * The keys are a promise (docs/formats.md).
 */
import type { Choice, Completion, CompletionDiagnostic, CompletionEnd, PieceText } from './completion.ts';
import {
  printable,
  rebuiltParts,
  rebuiltTelling,
  rebuiltToolExtras,
  type RebuiltParts,
  type RebuiltTelling,
  type RebuiltToolExtras,
} from './rebuilt-parts.ts';
import type { MeasuredAnswer } from './timing/measured-answer.ts';
import { rebuiltMetrics, type RebuiltMetrics } from './timing/rebuilt-metrics.ts';
import type { Verdict } from './verdict.ts';
import { allVerdicts } from './verdicts.ts';

export interface RebuiltToolCall extends RebuiltToolExtras {
  readonly id: string | null;
  readonly type: string;
  readonly name: string;
  readonly arguments: string;
}

export interface RebuiltChoice extends RebuiltParts {
  readonly index: number;
  readonly role: string;
  readonly content: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly RebuiltToolCall[];
  readonly finishReason: string | null;
}

export interface RebuiltVerdict {
  readonly code: string;
  readonly severity: Verdict['severity'];
  readonly text: string;
  readonly explanation: string;
  readonly seqs: readonly number[];
}

export interface RebuiltCompletion extends RebuiltTelling {
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
  /** There when they were asked for. */
  readonly verdicts?: readonly RebuiltVerdict[];
  /** There when the times of the events are known. */
  readonly metrics?: RebuiltMetrics;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** The text of all pieces. */
export function joined(text: PieceText): string {
  return text.pieces.join('');
}

/**
 * All answers of a stream with their verdicts: what is printed and exported. `measured[i]` belongs to `completions[i]`; a file of
 * bytes has no times, and nothing is measured.
 */
export function rebuiltCompletions(
  completions: readonly Completion[],
  measured: readonly MeasuredAnswer[] = [],
): RebuiltCompletion[] {
  const verdicts = allVerdicts(completions);
  return completions.map((completion, at) => {
    const times = measured[at];
    return { ...rebuilt(completion, verdicts[at] ?? null), ...(times && { metrics: rebuiltMetrics(times) }) };
  });
}

/** One answer by itself: without verdicts, which take the answers around it into account. */
export function rebuiltCompletion(completion: Completion): RebuiltCompletion {
  return rebuilt(completion, null);
}

function rebuilt(completion: Completion, verdicts: readonly Verdict[] | null): RebuiltCompletion {
  const { dialect, id, model, created, systemFingerprint, end, firstSeq, lastSeq } = completion;
  return {
    dialect,
    id,
    model,
    created,
    systemFingerprint,
    choices: completion.choices.map(rebuiltChoice),
    usage: printable(completion.usage),
    ...rebuiltTelling(completion),
    end,
    error: printable(completion.error),
    diagnostics: [...completion.diagnostics],
    ...(verdicts && { verdicts }),
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
    toolCalls: choice.toolCalls.map((call) => ({
      id: call.id,
      type: call.type,
      name: call.name,
      arguments: joined(call.arguments),
      ...rebuiltToolExtras(call),
    })),
    ...rebuiltParts(choice),
    finishReason: choice.finishReason,
  };
}
