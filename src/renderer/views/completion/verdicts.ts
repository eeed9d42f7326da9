/** What is to be said of an answer at a glance: how it ended, what went wrong, what is odd, each with the entry that shows it. */
import type { Completion } from '../../../shared/chat/completion.ts';
import { errorSentence } from '../../../shared/chat/provider-error.ts';
import { joined } from '../../../shared/chat/rebuilt.ts';
import { countOf } from '../../ui/measures.ts';
import { toolCallState } from './tool-call-state.ts';

export interface Verdict {
  readonly tone: 'good' | 'busy' | 'warn' | 'bad';
  readonly text: string;
  /** The entry that shows it; null when it is something that did not come. */
  readonly seq: number | null;
}

export function verdictsOf(completion: Completion): Verdict[] {
  return [endVerdict(completion), ...reasonVerdicts(completion), ...toolVerdicts(completion)];
}

/** The event that ends an answer; null where the end of the stream is the end of the answer. */
const TERMINATORS: ReadonlyMap<string, string | null> = new Map([
  ['anthropic-messages', 'message_stop'],
  ['openai-responses', 'the last state of the response'],
  ['gemini', null],
  ['anthropic-complete-legacy', 'a stop reason'],
  ['cohere-v2', 'message-end'],
  ['tgi-generate', 'the whole text'],
  ['watsonx', null],
  ['replicate', 'done'],
]);

function terminatorOf({ dialect }: Completion): string | null {
  const terminator = TERMINATORS.get(dialect);
  return terminator === undefined ? '[DONE]' : terminator;
}

function endVerdict(completion: Completion): Verdict {
  const { end, endSeq, lastSeq, timing } = completion;
  const terminator = terminatorOf(completion);
  const chunks = countOf(timing.deltaCount, 'chunk');
  switch (end) {
    case 'streaming':
      return { tone: 'busy', text: `Streaming: ${chunks} so far`, seq: lastSeq };
    case 'done':
      return { tone: 'good', text: `Ended with ${terminator ?? 'its finish reason'}`, seq: endSeq };
    case 'complete':
      if (terminator === null) return { tone: 'good', text: 'Complete', seq: lastSeq };
      return { tone: 'warn', text: `Complete, but ended without ${terminator}`, seq: lastSeq };
    case 'truncated':
      return {
        tone: 'bad',
        text: `Cut off after ${chunks}: no finish reason${terminator === null ? '' : `, no ${terminator}`}`,
        seq: lastSeq,
      };
    case 'error':
      return {
        tone: 'bad',
        text: `Error inside the stream after ${chunks}: ${errorSentence(completion.error)}`,
        seq: endSeq,
      };
  }
}

/** Finish reasons that say more than that the model was done. */
const TELLING_REASONS: Readonly<Record<string, string>> = {
  length: 'Stopped at the token limit',
  max_tokens: 'Stopped at the token limit',
  max_output_tokens: 'Stopped at the token limit',
  MAX_TOKENS: 'Stopped at the token limit',
  SAFETY: 'Stopped by a content filter',
  content_filter: 'Stopped by a content filter',
  refusal: 'The model refused',
  pause_turn: 'The provider paused the turn',
};

function reasonVerdicts({ choices }: Completion): Verdict[] {
  return choices.flatMap(({ index, finishReason, finishSeq, refusal }) => {
    const where = choices.length > 1 ? ` (choice ${index})` : '';
    const telling = TELLING_REASONS[finishReason ?? ''];
    if (telling !== undefined) return [{ tone: 'warn' as const, text: `${telling}${where}`, seq: finishSeq }];
    const refusedAt = refusal.seqs[0];
    return refusedAt === undefined
      ? []
      : [{ tone: 'warn' as const, text: `The model refused${where}`, seq: refusedAt }];
  });
}

function toolVerdicts(completion: Completion): Verdict[] {
  const isOver = completion.end !== 'streaming';
  return completion.choices.flatMap((choice) =>
    choice.toolCalls
      .filter((call) => isOver && toolCallState(call.type, joined(call.arguments), true) === 'invalid')
      .map((call) => ({
        tone: 'bad' as const,
        text: `The arguments of ${call.name === '' ? 'a tool call' : call.name} are not valid JSON`,
        seq: call.arguments.seqs.at(-1) ?? call.seq,
      })),
  );
}
