/** How much text each chunk of an answer brought. Linear: chunks and pieces are both in the order of their entries. */
import type { Choice, Completion, PieceText } from '../completion.ts';

/** `lengths[i]` characters (UTF-16 units) came with entry `timing.deltaSeqs[i]`; sound and images count nothing. */
export function chunkLengths({ choices, timing }: Completion): Float64Array {
  const { deltaSeqs } = timing;
  const lengths = new Float64Array(deltaSeqs.length);
  for (const choice of choices) {
    for (const { pieces, seqs } of textsOf(choice)) {
      let chunk = 0;
      for (let at = 0; at < seqs.length; at += 1) {
        const seq = seqs[at] ?? 0;
        while (chunk < deltaSeqs.length && (deltaSeqs[chunk] ?? 0) < seq) chunk += 1;
        // What no chunk brought (a text that was completed by a later whole) is passed over.
        if (deltaSeqs[chunk] === seq) lengths[chunk] = (lengths[chunk] ?? 0) + (pieces[at]?.length ?? 0);
      }
    }
  }
  return lengths;
}

/** Everything that the model wrote as text. */
export function textsOf(choice: Choice): PieceText[] {
  return [
    choice.reasoning,
    choice.content,
    choice.refusal,
    ...choice.toolCalls.map((call) => call.arguments),
    ...(choice.audio ? [choice.audio.transcript] : []),
  ];
}
