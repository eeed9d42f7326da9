/** How an answer ended: with its terminator, without it, cut off, or by an error; and what its finish reason means. */
import type { Completion } from './completion.ts';
import { errorSentence } from './provider-error.ts';
import { counted, inChoice, type Verdict } from './verdict.ts';

/** The event that ends an answer; null where the end of the stream is the end of the answer. */
const TERMINATORS: Readonly<Record<string, string | null>> = {
  'openai-chat': '[DONE]',
  'openai-completions': '[DONE]',
  'anthropic-messages': 'message_stop',
  'openai-responses': 'the last state of the response',
  'openai-assistants': 'the event "done"',
  'openai-transcription': 'transcript.text.done',
  'openai-speech': 'speech.audio.done',
  'openai-images': null,
  gemini: null,
  'gemini-interactions': 'interaction.completed',
  'anthropic-complete-legacy': 'a stop reason',
  'cohere-v2': 'message-end',
  'tgi-generate': 'the whole text',
  watsonx: null,
  replicate: 'done',
  'ollama-native': 'the line with "done": true',
  'bedrock-converse': 'metadata',
  'bedrock-invoke': null,
  'ai-sdk-ui': '[DONE]',
  'json-path': null,
};

/** Dialects that have no finish reason, so that none is missed. */
const WITHOUT_REASON = new Set([
  'openai-transcription',
  'openai-speech',
  'replicate',
  'json-path',
  'tgi-generate',
]);

export function terminatorOf(dialect: string): string | null {
  const terminator = TERMINATORS[dialect];
  return terminator === undefined ? 'its last event' : terminator;
}

export function endVerdicts(completion: Completion): Verdict[] {
  return [howItEnded(completion), ...missingReasons(completion), ...tellingReasons(completion)];
}

function howItEnded(completion: Completion): Verdict {
  const { end, endSeq, lastSeq, timing, dialect } = completion;
  const terminator = terminatorOf(dialect);
  const chunks = counted(timing.deltaCount, 'chunk');
  const proof = endSeq === null ? [] : [endSeq];
  switch (end) {
    case 'streaming':
      return {
        code: 'streaming',
        severity: 'busy',
        text: `Streaming: ${chunks} so far`,
        explanation: 'The stream is open and the answer has not ended.',
        seqs: [lastSeq],
      };
    case 'done':
      return {
        code: 'ended',
        severity: 'good',
        text: `Ended with ${terminator ?? 'its finish reason'}`,
        explanation: 'The answer ended as its dialect says that it must.',
        seqs: proof,
      };
    case 'complete':
      if (terminator === null) {
        const explanation = 'This dialect has no terminator: the end of the stream is the end of the answer.';
        return { code: 'ended', severity: 'good', text: 'Complete', explanation, seqs: [lastSeq] };
      }
      return {
        code: 'no-terminator',
        severity: 'warn',
        text: `Complete, but ended without ${terminator}`,
        explanation:
          'Every choice has its finish reason, so the text is whole. Clients that wait for the terminator may hang or report an error.',
        seqs: [lastSeq],
      };
    case 'truncated':
      return {
        code: 'cut-off',
        severity: 'bad',
        text: `Cut off after ${chunks}: no finish reason${terminator === null ? '' : `, no ${terminator}`}`,
        explanation:
          'The stream ended before the answer did. What is shown is all that came; the connection says how it ended.',
        seqs: [lastSeq],
      };
    case 'error':
      return {
        code: 'error-in-stream',
        severity: 'bad',
        text: `Error inside the stream after ${chunks}: ${errorSentence(completion.error)}`,
        explanation:
          'The status was that of success, because it was sent before the error happened. Clients that look at the status alone miss it.',
        seqs: proof,
      };
  }
}

function missingReasons(completion: Completion): Verdict[] {
  if (completion.end !== 'done' || WITHOUT_REASON.has(completion.dialect)) return [];
  return completion.choices
    .filter((choice) => choice.finishReason === null)
    .map((choice) => ({
      code: 'finish-reason-missing',
      severity: 'warn' as const,
      text: `No finish reason came${inChoice(completion, choice.index)}`,
      explanation:
        'The terminator came, but nothing said why the model stopped. Some official clients refuse such an answer.',
      seqs: completion.endSeq === null ? [] : [completion.endSeq],
    }));
}

/** Finish reasons that say more than that the model was done. */
const LIMIT = 'Stopped at the token limit';
const FILTER = 'Stopped by a content filter';
const TELLING_REASONS: Readonly<Record<string, string>> = {
  length: LIMIT,
  max_tokens: LIMIT,
  max_output_tokens: LIMIT,
  MAX_TOKENS: LIMIT,
  SAFETY: FILTER,
  content_filter: FILTER,
  refusal: 'The model refused',
  pause_turn: 'The provider paused the turn',
};

function tellingReasons(completion: Completion): Verdict[] {
  return completion.choices.flatMap(({ index, finishReason, finishSeq, refusal }): Verdict[] => {
    const telling = TELLING_REASONS[finishReason ?? ''];
    const where = inChoice(completion, index);
    if (telling !== undefined) {
      const explanation = `The finish reason is "${finishReason ?? ''}": the answer is not all that the model would have said.`;
      const seqs = finishSeq === null ? [] : [finishSeq];
      return [{ code: 'stopped-early', severity: 'warn', text: `${telling}${where}`, explanation, seqs }];
    }
    const refusedAt = refusal.seqs[0];
    if (refusedAt === undefined) return [];
    const explanation = 'The provider sent a refusal in the place for it, beside or instead of content.';
    return [
      {
        code: 'refused',
        severity: 'warn',
        text: `The model refused${where}`,
        explanation,
        seqs: [refusedAt],
      },
    ];
  });
}
