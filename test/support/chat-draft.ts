/** A draft of an answer to try parts of dialects on, and events without a frame. */
import type { DialectEvent } from '../../src/shared/chat/dialect.ts';
import { createPartTracker, type ChoiceDraft, type PartTracker } from '../../src/shared/chat/part-tracker.ts';

export function eventAt(seq: number, json: unknown = undefined, type = 'message'): DialectEvent {
  const data = json === undefined ? '' : JSON.stringify(json);
  return { type, data, json, seq, atMs: seq * 10, attempt: 1 };
}

export function draft(): { readonly tracker: PartTracker; readonly choice: ChoiceDraft } {
  const tracker = createPartTracker(eventAt(0));
  return { tracker, choice: tracker.choice(0) };
}
