/**
 * Which tool call a delta belongs to. Owns the slots of one choice and the rules for vendors that leave the index out or use
 * one index for several calls; never reads a vendor's JSON.
 */
import type { SeqNo } from '../base/clock.ts';
import type { Sourced } from './parts.ts';
import { createBalance, type Balance } from './json-balance.ts';

export interface TextDraft {
  pieces: string[];
  seqs: SeqNo[];
}

export interface ToolCallDraft {
  readonly index: number;
  id: string | null;
  type: string;
  name: string;
  readonly arguments: TextDraft;
  readonly seq: SeqNo;
  /** What a tool of the server answered. */
  readonly results: Sourced[];
  status: string | null;
  signature: string | null;
}

/** What a delta says about the call that it belongs to. */
export interface ToolCallHint {
  /** The vendor's slot; null when it sent none. */
  readonly index: number | null;
  /** "" when the delta has none. */
  readonly id: string;
  readonly name: string;
}

export interface ToolCallSlots {
  /** In the order of appearance; grows in place. */
  readonly calls: readonly ToolCallDraft[];
  /** The call that the delta belongs to; a new one when it belongs to none so far. */
  find(hint: ToolCallHint, seq: SeqNo): ToolCallDraft;
}

export function createToolCallSlots(): ToolCallSlots {
  const calls: ToolCallDraft[] = [];
  const bySlot = new Map<number, ToolCallDraft>();
  const byId = new Map<string, ToolCallDraft>();
  const balances = new WeakMap<ToolCallDraft, Balance>();
  let nextFree = 0;

  const open = (slot: number, hint: ToolCallHint, seq: SeqNo): ToolCallDraft => {
    const call: ToolCallDraft = {
      index: slot,
      id: null,
      type: 'function',
      name: '',
      arguments: { pieces: [], seqs: [] },
      seq,
      results: [],
      status: null,
      signature: null,
    };
    calls.push(call);
    bySlot.set(slot, call);
    if (hint.id !== '') byId.set(hint.id, call);
    nextFree = Math.max(nextFree, slot + 1);
    return call;
  };
  const isWhole = (call: ToolCallDraft): boolean => {
    let balance = balances.get(call);
    if (!balance) balances.set(call, (balance = createBalance()));
    return balance.isWhole(call.arguments.pieces);
  };

  return {
    calls,
    find(hint, seq) {
      if (hint.index === null) {
        const known = hint.id === '' ? undefined : byId.get(hint.id);
        if (known) return known;
        const last = calls.at(-1);
        const isNew = hint.id !== '' || (hint.name !== '' && last !== undefined && isWhole(last));
        return !last || isNew ? open(nextFree, hint, seq) : last;
      }
      const call = bySlot.get(hint.index);
      if (!call) return open(hint.index, hint, seq);
      if (hint.id === '' || hint.id === call.id) return call;
      // Gemini's OpenAI surface gives every parallel call the index 0. A changed id alone proves nothing (some rotate it).
      const known = byId.get(hint.id);
      if (known) return known;
      if (hint.name === '' || call.id === null || !isWhole(call)) return call;
      const moved = open(nextFree, hint, seq);
      bySlot.set(hint.index, moved);
      return moved;
    },
  };
}
