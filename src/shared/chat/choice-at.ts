/**
 * A choice as it was when an entry had come, made by cutting what is known now: nothing is folded again. What a stream changed in
 * place (the status of a call, the versions of an image) is known only as it is last, and left out before that.
 */
import type { SeqNo } from '../base/clock.ts';
import type { Choice, ToolCall } from './completion.ts';
import type { AudioPart, ImagePart, ReasoningDetail } from './parts.ts';
import { countUpTo, cutLogprobs, cutText } from './piece-cut.ts';
import { base64Length } from './rich-parts.ts';

/** The choice after entry `seq` and everything before it. Costs time in the pieces that stay, for copying them. */
export function choiceAt(choice: Choice, seq: SeqNo): Choice {
  const had = (part: { readonly seq: SeqNo }): boolean => part.seq <= seq;
  const isFinished = choice.finishSeq !== null && choice.finishSeq <= seq;
  return {
    ...choice,
    content: cutText(choice.content, seq),
    reasoning: cutText(choice.reasoning, seq),
    refusal: cutText(choice.refusal, seq),
    toolCalls: choice.toolCalls.filter(had).map((call) => callAt(call, seq)),
    citations: choice.citations.filter(had),
    contentLogprobs: cutLogprobs(choice.contentLogprobs, seq),
    refusalLogprobs: cutLogprobs(choice.refusalLogprobs, seq),
    audio: choice.audio && had(choice.audio) ? audioAt(choice.audio, seq) : null,
    images: choice.images.flatMap((image) => imageAt(image, seq)),
    reasoningDetails: choice.reasoningDetails.flatMap((detail) => detailAt(detail, seq)),
    otherParts: choice.otherParts.filter(had),
    facts: choice.facts.filter(had),
    finishReason: isFinished ? choice.finishReason : null,
    finishSeq: isFinished ? choice.finishSeq : null,
  };
}

function callAt(call: ToolCall, seq: SeqNo): ToolCall {
  const args = cutText(call.arguments, seq);
  const results = call.results.filter((result) => result.seq <= seq);
  const isWhole = args === call.arguments && results.length === call.results.length;
  return isWhole ? call : { ...call, arguments: args, results, status: null, signature: null };
}

function audioAt(audio: AudioPart, seq: SeqNo): AudioPart {
  const data = cutText(audio.data, seq);
  const transcript = cutText(audio.transcript, seq);
  if (data === audio.data) return { ...audio, transcript };
  const byteLength = data.pieces.reduce((sum, piece) => sum + base64Length(piece), 0);
  return { ...audio, data, transcript, byteLength, droppedBytes: 0 };
}

/** Before its last version came an image has no bytes: only the latest is kept. */
function imageAt(image: ImagePart, seq: SeqNo): ImagePart[] {
  const count = countUpTo(image.seqs, seq);
  if (count === image.seqs.length) return [image];
  if (count === 0) return [];
  return [{ ...image, data: '', url: '', isComplete: false, seqs: image.seqs.slice(0, count) }];
}

function detailAt(detail: ReasoningDetail, seq: SeqNo): ReasoningDetail[] {
  const count = countUpTo(detail.seqs, seq);
  if (count === detail.seqs.length) return [detail];
  if (count === 0) return [];
  const text = cutText(detail.text, seq);
  return [{ ...detail, text, signature: null, data: null, seqs: detail.seqs.slice(0, count) }];
}
