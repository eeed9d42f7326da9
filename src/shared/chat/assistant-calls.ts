/** The tool calls in the steps of an Assistants run. They go by step and index; outputs of the code interpreter go by theirs. */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import type { ResponseText } from './response-text.ts';
import type { ToolCallDraft } from './tool-calls.ts';

export interface AssistantCalls {
  /** A step, or the delta of one. */
  takeStep(step: JsonObject, event: DialectEvent): void;
  /** Calls that the run waits for. */
  takeRequired(calls: readonly unknown[], event: DialectEvent): void;
}

export function createAssistantCalls(
  tracker: PartTracker,
  text: ResponseText,
  choice: () => ChoiceDraft,
): AssistantCalls {
  const byPlace = new Map<string, ToolCallDraft>();

  const callAt = (key: string, id: string, event: DialectEvent): ToolCallDraft => {
    const known = byPlace.get(key) ?? choice().tools.calls.find((call) => id !== '' && call.id === id);
    if (known) {
      byPlace.set(key, known);
      return known;
    }
    const call = choice().tools.find({ index: choice().tools.calls.length, id: '', name: '' }, event.seq);
    byPlace.set(key, call);
    tracker.noteToolCall(event);
    return call;
  };
  const takeCall = (key: string, from: JsonObject, isWhole: boolean, event: DialectEvent): void => {
    const call = callAt(key, textOf(from['id']), event);
    const type = textOf(from['type']) || call.type;
    const of = objectOf(from[type]) ?? {};
    call.id = textOf(from['id']) || call.id;
    call.type = type;
    call.name = textOf(of['name']) || call.name || type;
    const input = textOf(of['input']) || textOf(of['arguments']);
    if (isWhole) text.wholeArguments(call, input, event);
    else tracker.appendArguments(call, input, event);
    const outputs = type === 'function' ? [of['output']] : listOf(of['outputs'] ?? of['results']);
    for (const [at, output] of outputs.entries()) takeOutput(call, at, output, isWhole, event);
  };
  const takeOutput = (
    call: ToolCallDraft,
    place: number,
    output: unknown,
    isWhole: boolean,
    event: DialectEvent,
  ): void => {
    const at = slotOf(objectOf(output)?.['index']) ?? place;
    const before = call.results[at];
    if (!before) return tracker.addResult(call, output, event);
    const logs = objectOf(output)?.['logs'];
    const known = objectOf(before.value);
    if (isWhole || typeof logs !== 'string' || !known) return;
    call.results[at] = { value: { ...known, logs: textOf(known['logs']) + logs }, seq: event.seq };
  };

  return {
    takeStep(step, event) {
      const delta = objectOf(step['delta']);
      const details = objectOf((delta ?? step)['step_details']);
      listOf(details?.['tool_calls']).forEach((entry, place) => {
        const from = objectOf(entry) ?? {};
        const key = `${textOf(step['id'])} ${slotOf(from['index']) ?? place}`;
        takeCall(key, from, delta === null, event);
        const call = byPlace.get(key);
        if (call && delta === null) call.status = textOf(step['status']) || call.status;
      });
    },
    takeRequired(calls, event) {
      calls.forEach((entry) => {
        const from = objectOf(entry) ?? {};
        takeCall(`required ${textOf(from['id'])}`, from, true, event);
      });
    },
  };
}
