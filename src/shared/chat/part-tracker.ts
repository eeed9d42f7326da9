/**
 * What all dialects share: the draft of one completion, grown by deltas. Owns choices, texts, tool calls, timing, findings and
 * the end; never reads a vendor's JSON. Every append is O(1), and a view shares the arrays instead of copying them.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { Choice, Completion, CompletionDiagnostic, CompletionEnd } from './completion.ts';
import type { DialectEvent } from './dialect.ts';
import type { JsonObject } from './json-read.ts';
import { createFacts, type Facts } from './provider-facts.ts';
import type { FactKind, ServerTiming } from './parts.ts';
import { createRepetitionWatch, type RepetitionWatch } from './repeated-delta.ts';
import { createRichParts, MAX_PARTS, type RichParts } from './rich-parts.ts';
import { createToolCallSlots, type TextDraft, type ToolCallDraft, type ToolCallSlots } from './tool-calls.ts';

/** Findings kept for one completion: a broken stream of a million events must not fill the memory with sentences. */
export const MAX_DIAGNOSTICS = 200;

export interface ChoiceDraft {
  readonly index: number;
  role: string;
  readonly content: TextDraft;
  readonly reasoning: TextDraft;
  readonly refusal: TextDraft;
  /** Whether the vendor has a field for reasoning text of its own, so that richer repetitions of it are left out. */
  hasDirectReasoning: boolean;
  readonly tools: ToolCallSlots;
  /** Looking for chunks that were sent twice. */
  readonly watches: Readonly<Record<TextSlot, RepetitionWatch>>;
  /** Citations, probabilities, sound, images and the like. */
  readonly rich: RichParts;
  /** What the provider says about this choice alone. */
  readonly facts: Facts;
  finishReason: string | null;
  finishSeq: SeqNo | null;
}

/** Facts about the whole answer; each keeps the first value that says something. */
export interface CompletionHead {
  id: string | null;
  model: string | null;
  created: number | null;
  systemFingerprint: string | null;
}

export type TextSlot = 'content' | 'reasoning' | 'refusal';

export interface PartTracker {
  readonly head: CompletionHead;
  /** Setting it also notes the event that is being taken as the one that brought it. */
  usage: JsonObject | null;
  readonly choices: ReadonlyMap<number, ChoiceDraft>;
  /** Whether the terminator came. */
  readonly isDone: boolean;
  readonly hasError: boolean;
  /** Counts the event in. Call it once for each event taken. */
  take(event: DialectEvent): void;
  /** The choice with this index; opened when it is new. */
  choice(index: number): ChoiceDraft;
  append(choice: ChoiceDraft, slot: TextSlot, piece: string, event: DialectEvent): void;
  appendArguments(call: ToolCallDraft, piece: string, event: DialectEvent): void;
  /** Marks the event as a delta of a tool call even when it brought no arguments. */
  noteToolCall(event: DialectEvent): void;
  /** Adds what a tool of the server answered. */
  addResult(call: ToolCallDraft, value: unknown, event: DialectEvent): void;
  /** Notes what the provider says about the answer; null and undefined say nothing, and the last value of a name stands. */
  fact(kind: FactKind, name: string, value: unknown, event: DialectEvent): void;
  /** Notes a duration that the server measured; anything but a finite number says nothing. */
  serverTiming(name: string, valueMs: unknown, event: DialectEvent): void;
  finish(choice: ChoiceDraft, reason: string, event: DialectEvent): void;
  done(event: DialectEvent): void;
  /** The provider reported an error. The first one stands, later ones become findings. */
  fail(error: unknown, event: DialectEvent): void;
  /** Adds a finding; with `once`, only the first with this key. */
  diagnose(code: string, message: string, event: DialectEvent, once?: string): void;
  /** Whether every choice has its finish reason; false while there is no choice. */
  allFinished(): boolean;
  view(dialect: string, streamEnded: boolean): Completion;
}

export function createPartTracker(first: DialectEvent): PartTracker {
  const choices = new Map<number, ChoiceDraft>();
  const diagnostics: CompletionDiagnostic[] = [];
  const seen = new Set<string>();
  const deltaSeqs: SeqNo[] = [];
  const deltaAtMs: MonotonicMs[] = [];
  const facts = createFacts();
  const serverTimings = new Map<string, ServerTiming>();
  let usage: JsonObject | null = null;
  let usageSeq: SeqNo | null = null;
  const head: CompletionHead = { id: null, model: null, created: null, systemFingerprint: null };
  /** By index; null after a choice was added, so that a view sorts and not every new choice. */
  let ordered: ChoiceDraft[] | null = null;
  let unfinished = 0;
  let isDone = false;
  let failure: { readonly error: unknown; readonly seq: SeqNo } | null = null;
  let doneSeq: SeqNo | null = null;
  let lastSeq = first.seq;
  let lastEventMs = first.atMs;
  let eventCount = 0;
  let firstReasoning: DialectEvent | null = null;
  let firstContent: DialectEvent | null = null;

  const noteDelta = (event: DialectEvent, isAnswer: boolean): void => {
    if (isAnswer) firstContent ??= event;
    else firstReasoning ??= event;
    if (deltaSeqs.at(-1) === event.seq) return;
    deltaSeqs.push(event.seq);
    deltaAtMs.push(event.atMs);
  };
  const diagnose: PartTracker['diagnose'] = (code, message, event, once) => {
    if (once !== undefined) {
      if (seen.has(once)) return;
      seen.add(once);
    }
    if (diagnostics.length === MAX_DIAGNOSTICS) {
      diagnostics.push({ code: 'more', message: 'Further findings are not listed.', seq: event.seq });
    }
    if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push({ code, message, seq: event.seq });
  };
  const appendTo = (text: TextDraft, piece: string, event: DialectEvent): boolean => {
    if (piece === '') return false;
    text.pieces.push(piece);
    text.seqs.push(event.seq);
    return true;
  };
  const endOf = (streamEnded: boolean): CompletionEnd => {
    if (failure) return 'error';
    if (isDone) return 'done';
    if (!streamEnded) return 'streaming';
    return choices.size > 0 && unfinished === 0 ? 'complete' : 'truncated';
  };

  const tracker: PartTracker = {
    head,
    get usage() {
      return usage;
    },
    set usage(next) {
      if (next === usage) return;
      usage = next;
      usageSeq = lastSeq;
    },
    choices,
    get isDone() {
      return isDone;
    },
    get hasError() {
      return failure !== null;
    },
    take(event) {
      eventCount += 1;
      lastSeq = event.seq;
      lastEventMs = event.atMs;
    },
    choice(index) {
      let choice = choices.get(index);
      if (!choice) {
        choice = {
          index,
          role: '',
          content: { pieces: [], seqs: [] },
          reasoning: { pieces: [], seqs: [] },
          refusal: { pieces: [], seqs: [] },
          hasDirectReasoning: false,
          tools: createToolCallSlots(),
          watches: {
            content: createRepetitionWatch(),
            reasoning: createRepetitionWatch(),
            refusal: createRepetitionWatch(),
          },
          rich: createRichParts((event) => noteDelta(event, true)),
          facts: createFacts(),
          finishReason: null,
          finishSeq: null,
        };
        choices.set(index, choice);
        ordered = null;
        unfinished += 1;
      }
      return choice;
    },
    append(choice, slot, piece, event) {
      const watch = choice.watches[slot];
      const repetition = watch.look(piece, choice[slot].pieces);
      if (!appendTo(choice[slot], piece, event)) return;
      if (repetition) {
        const message =
          repetition === 'delta-repeated'
            ? `The ${slot} of this chunk is that of the one before.`
            : `The ${slot} of this chunk begins with all that was written before.`;
        diagnose(repetition, message, event);
      }
      noteDelta(event, slot !== 'reasoning');
      if (choice.finishReason !== null && choice.finishSeq !== event.seq) {
        const message = `Choice ${choice.index} went on after its finish reason "${choice.finishReason}".`;
        diagnose('content-after-finish', message, event, `content-after-finish ${choice.index}`);
      }
    },
    appendArguments(call, piece, event) {
      if (appendTo(call.arguments, piece, event)) noteDelta(event, true);
    },
    noteToolCall: (event) => noteDelta(event, true),
    addResult(call, value, event) {
      if (value !== null && value !== undefined && call.results.length < MAX_PARTS) {
        call.results.push({ value, seq: event.seq });
      }
    },
    fact: (kind, name, value, event) => facts.note(kind, name, value, event),
    serverTiming(name, valueMs, event) {
      if (typeof valueMs !== 'number' || !Number.isFinite(valueMs)) return;
      serverTimings.set(name, { name, valueMs, seq: event.seq });
    },
    finish(choice, reason, event) {
      if (choice.finishReason === null) unfinished -= 1;
      choice.finishReason = reason;
      choice.finishSeq ??= event.seq;
    },
    done(event) {
      isDone = true;
      doneSeq ??= event.seq;
    },
    fail(error, event) {
      if (failure) diagnose('another-error', 'The provider reported a further error.', event);
      else failure = { error, seq: event.seq };
    },
    diagnose,
    allFinished: () => choices.size > 0 && unfinished === 0,
    view: (dialect, streamEnded) => ({
      dialect,
      ...head,
      choices: (ordered ??= [...choices.values()].sort((a, b) => a.index - b.index)).map(viewOfChoice),
      usage,
      usageSeq,
      facts: facts.all(),
      serverTimings: [...serverTimings.values()],
      end: endOf(streamEnded),
      error: failure ? failure.error : null,
      endSeq: failure ? failure.seq : doneSeq,
      diagnostics,
      unframedSeqs: [],
      eventCount,
      firstSeq: first.seq,
      lastSeq,
      timing: {
        firstEventMs: first.atMs,
        firstReasoningMs: firstReasoning?.atMs ?? null,
        firstReasoningSeq: firstReasoning?.seq ?? null,
        firstContentMs: firstContent?.atMs ?? null,
        firstContentSeq: firstContent?.seq ?? null,
        lastContentMs: deltaAtMs.at(-1) ?? null,
        lastEventMs,
        deltaCount: deltaSeqs.length,
        deltaSeqs,
        deltaAtMs,
      },
    }),
  };
  return tracker;
}

function viewOfChoice(choice: ChoiceDraft): Choice {
  const { index, content, reasoning, refusal, rich, finishReason, finishSeq } = choice;
  return {
    index,
    role: choice.role === '' ? 'assistant' : choice.role,
    content,
    reasoning,
    refusal,
    // A call may begin before another one that has a lower index.
    toolCalls: choice.tools.calls.map((call) => ({ ...call })).sort((a, b) => a.index - b.index),
    citations: rich.citations,
    contentLogprobs: rich.contentLogprobs,
    refusalLogprobs: rich.refusalLogprobs,
    audio: rich.audio && { ...rich.audio },
    images: rich.images.map((image) => ({ ...image })),
    reasoningDetails: rich.details.map((detail) => ({ ...detail })),
    otherParts: rich.others,
    facts: choice.facts.all(),
    finishReason,
    finishSeq,
  };
}
