/**
 * Gemini's tool calls in the common model. A call comes whole, or (Vertex, when it is asked to) as one open call whose
 * arguments arrive as values at JSON paths; those are shown once they are all there.
 */
import type { DialectEvent } from './dialect.ts';
import { jsonTextOf, listOf, objectOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import type { ToolCallDraft } from './tool-calls.ts';

interface OpenCall {
  readonly call: ToolCallDraft;
  /** By path, in the order of appearance; texts grow. */
  readonly values: Map<string, unknown>;
}

export interface GeminiCalls {
  /** `signature` is that of the part; "" when it has none. */
  takeCall(choice: ChoiceDraft, from: JsonObject, signature: string, event: DialectEvent): void;
  takeCode(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void;
  /** What came out of the code that was executed last. */
  takeCodeResult(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void;
}

export function createGeminiCalls(tracker: PartTracker): GeminiCalls {
  const openByChoice = new Map<number, OpenCall>();

  const open = (choice: ChoiceDraft, type: string, from: JsonObject, event: DialectEvent): ToolCallDraft => {
    const call = choice.tools.find({ index: choice.tools.calls.length, id: '', name: '' }, event.seq);
    call.type = type;
    call.id = textOf(from['id']) || null;
    call.name = textOf(from['name']);
    tracker.noteToolCall(event);
    return call;
  };
  const takePartial = (choice: ChoiceDraft, from: JsonObject, event: DialectEvent): ToolCallDraft => {
    let current = openByChoice.get(choice.index);
    if (!current) {
      current = { call: open(choice, 'function', from, event), values: new Map() };
      openByChoice.set(choice.index, current);
    }
    for (const entry of listOf(from['partialArgs'])) takeValue(current.values, objectOf(entry) ?? {});
    tracker.noteToolCall(event);
    if (from['willContinue'] === true) return current.call;
    openByChoice.delete(choice.index);
    tracker.appendArguments(current.call, jsonTextOf(nested(current.values)), event);
    return current.call;
  };

  return {
    takeCall(choice, from, signature, event) {
      const isPartial = Array.isArray(from['partialArgs']) || from['willContinue'] === true;
      const isClosing = openByChoice.has(choice.index) && textOf(from['name']) === '';
      if (isPartial || isClosing) {
        const current = takePartial(choice, from, event);
        if (signature !== '') current.signature = signature;
        return;
      }
      const call = open(choice, 'function', from, event);
      call.signature = signature || null;
      tracker.appendArguments(call, jsonTextOf(objectOf(from['args']) ?? {}), event);
    },
    takeCode(choice, from, event) {
      const call = open(choice, 'executable_code', from, event);
      call.name = textOf(from['language']);
      tracker.appendArguments(call, textOf(from['code']), event);
    },
    takeCodeResult(choice, from, event) {
      const call = choice.tools.calls.findLast(({ type }) => type === 'executable_code');
      if (!call) return choice.rich.keep('codeExecutionResult', from, event);
      tracker.addResult(call, textOf(from['output']) || from, event);
      call.status = textOf(from['outcome']) || null;
    },
  };
}

function takeValue(values: Map<string, unknown>, from: JsonObject): void {
  const path = textOf(from['jsonPath']);
  if (path === '') return;
  const text = from['stringValue'];
  if (typeof text === 'string') {
    const before = values.get(path);
    values.set(path, typeof before === 'string' ? before + text : text);
  } else if (typeof from['numberValue'] === 'number') values.set(path, from['numberValue']);
  else if (typeof from['boolValue'] === 'boolean') values.set(path, from['boolValue']);
  else if ('nullValue' in from) values.set(path, null);
}

/** The object with these values at paths like `$.city` and `$.stops[0].name`. A path of another form stays a key. */
function nested(values: ReadonlyMap<string, unknown>): unknown {
  const root = new Map<string, unknown>();
  for (const [path, value] of values) {
    const steps = /^\$(?:\.[^.[\]]+|\[\d+\])+$/.test(path)
      ? (path.slice(1).match(/[^.[\]]+/g) ?? [])
      : [path];
    let place = root;
    for (const step of steps.slice(0, -1)) {
      const inner = place.get(step);
      if (inner instanceof Map) place = inner as Map<string, unknown>;
      else {
        const made = new Map<string, unknown>();
        place.set(step, made);
        place = made;
      }
    }
    place.set(steps.at(-1) as string, value);
  }
  return plain(root);
}

/** Maps as JSON values: a list where the keys count from 0, else an object. Maps, because a key may be `__proto__`. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const keys = [...value.keys()] as string[];
  const entries = [...value.values()].map(plain);
  const isList = keys.length > 0 && keys.every((key, at) => key === String(at));
  return isList ? entries : Object.fromEntries(keys.map((key, at) => [key, entries[at]]));
}
