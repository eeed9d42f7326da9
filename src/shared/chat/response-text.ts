/**
 * The texts of one OpenAI response. A lane (content, reasoning, refusal) joins the parts of all output items in the order in
 * which they came; a part also comes whole later ("done" events, snapshots), and the whole then stands. Never reads JSON.
 */
import type { DialectEvent } from './dialect.ts';
import type { ChoiceDraft, PartTracker, TextSlot } from './part-tracker.ts';
import type { TextDraft, ToolCallDraft } from './tool-calls.ts';

interface Part {
  readonly slot: TextSlot;
  readonly text: TextDraft;
}

export interface ResponseText {
  /** Adds a piece to the part with this key; the part is opened when it is new. */
  append(key: string, slot: TextSlot, piece: string, event: DialectEvent): void;
  /** The part as a whole. An empty one says nothing: some servers repeat items without their text. */
  whole(key: string, slot: TextSlot, text: string, event: DialectEvent): void;
  /** The same for a call's arguments. */
  wholeArguments(call: ToolCallDraft, text: string, event: DialectEvent): void;
  /** Puts the lanes in order; to be called before they are looked at. */
  settle(): void;
}

export function createResponseText(tracker: PartTracker, choice: () => ChoiceDraft): ResponseText {
  const parts = new Map<string, Part>();
  /** Lanes with a part that was replaced. They are laid anew when somebody looks, and not at each replacement. */
  const stale = new Set<TextSlot>();
  const partOf = (key: string, slot: TextSlot): Part => {
    let part = parts.get(key);
    if (!part) parts.set(key, (part = { slot, text: { pieces: [], seqs: [] } }));
    return part;
  };
  const append: ResponseText['append'] = (key, slot, piece, event) => {
    if (piece === '') return;
    const { text } = partOf(key, slot);
    text.pieces.push(piece);
    text.seqs.push(event.seq);
    tracker.append(choice(), slot, piece, event);
  };
  const differs = (what: string, event: DialectEvent): void => {
    tracker.diagnose('text-differs', `${what} was not what the server says it is as a whole.`, event);
  };
  /** The lane from its parts again; a part that was replaced moves to where its whole text came. */
  const relay = (slot: TextSlot): void => {
    const pieces = [...parts.values()]
      .filter((part) => part.slot === slot)
      .flatMap(({ text }) => text.pieces.map((piece, at) => ({ piece, seq: text.seqs[at] ?? 0 })))
      .sort((a, b) => a.seq - b.seq);
    const lane = choice()[slot];
    lane.pieces = pieces.map(({ piece }) => piece);
    lane.seqs = pieces.map(({ seq }) => seq);
  };

  return {
    append,
    whole(key, slot, text, event) {
      if (text === '') return;
      const part = partOf(key, slot);
      const missing = missingEnd(part.text, text);
      if (missing !== null) return append(key, slot, missing, event);
      differs(`The streamed ${slot}`, event);
      part.text.pieces = [text];
      part.text.seqs = [event.seq];
      stale.add(part.slot);
    },
    wholeArguments(call, text, event) {
      if (text === '') return;
      const missing = missingEnd(call.arguments, text);
      if (missing !== null) return tracker.appendArguments(call, missing, event);
      differs(`The streamed input of the call ${call.name}`, event);
      call.arguments.pieces = [text];
      call.arguments.seqs = [event.seq];
    },
    settle() {
      for (const slot of stale) relay(slot);
      stale.clear();
    },
  };
}

/** What `whole` has after the pieces; null when it does not begin with them. */
function missingEnd({ pieces }: TextDraft, whole: string): string | null {
  const streamed = pieces.join('');
  return whole.startsWith(streamed) ? whole.slice(streamed.length) : null;
}
