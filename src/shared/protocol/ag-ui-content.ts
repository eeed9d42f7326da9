/**
 * What is said inside an AG-UI run: messages, reasoning, tool calls, activities. Owns the chunk shorthand, in which start and end
 * are implied: one open chunk stream for each subagent, ended by whatever explicit event its owner sends next. The older
 * THINKING events are reasoning.
 */
import { jsonTextOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import {
  addActivity,
  addCall,
  addNote,
  addText,
  appendText,
  type CallDraft,
  type RunDraft,
  type TextDraft,
} from './ag-ui-run.ts';
import type { Place } from './exchange.ts';
import { placeOf, said, type ExchangeTracker } from './exchange-tracker.ts';
import type { EventInput } from './protocol.ts';

const TYPES =
  /^(?:TEXT_MESSAGE_(?:START|CONTENT|END|CHUNK)|TOOL_CALL_(?:START|ARGS|END|CHUNK|RESULT)|ACTIVITY_(?:SNAPSHOT|DELTA)|REASONING_(?:START|END|ENCRYPTED_VALUE|MESSAGE_(?:START|CONTENT|END|CHUNK))|THINKING_(?:START|END|TEXT_MESSAGE_(?:START|CONTENT|END)))$/;
/** Explicit events that leave the chunk stream of their owner open. */
const PASSING = /^(?:RAW|ACTIVITY_|REASONING_ENCRYPTED_VALUE$|SUBAGENT_STARTED$)/;
const ENDS_ALL = /^(?:RUN_|MESSAGES_SNAPSHOT$)/;
/** THINKING events have no ids: one text at a time. */
const THINKING_ID = 'thinking';

export function isContentType(type: string): boolean {
  return TYPES.test(type);
}

export interface Content {
  take(run: RunDraft, type: string, json: JsonObject, input: EventInput): void;
  /** An explicit event ends the chunk stream that its owner has open. */
  explicit(type: string, owner: string, at: Place): void;
  /** The run is over: what is open is left open, chunk streams end. */
  closeAll(input: EventInput): void;
}

type Chunked = TextDraft | CallDraft;

export function createContent(tracker: ExchangeTracker): Content {
  /** The open chunk stream of each subagent; "" is the run itself. */
  const lanes = new Map<string, Chunked>();

  function closeLane(owner: string, at: Place): void {
    const open = lanes.get(owner);
    if (!open) return;
    open.end = at;
    lanes.delete(owner);
  }

  function explicit(type: string, owner: string, at: Place): void {
    if (ENDS_ALL.test(type)) for (const one of [...lanes.keys()]) closeLane(one, at);
    else if (!PASSING.test(type)) closeLane(owner, at);
  }

  function textOpened(
    run: RunDraft,
    kind: TextDraft['kind'],
    id: string,
    json: JsonObject,
    at: Place,
  ): TextDraft {
    const known = run.texts.get(`${kind} ${id}`);
    // Replayed starts are allowed; THINKING texts share one id.
    if (known && (id !== THINKING_ID || known.end === null)) return known;
    const role = kind === 'reasoning' ? 'reasoning' : textOf(json['role']) || 'assistant';
    return addText(run, kind, id, role, textOf(json['subagentRunId']), at);
  }

  function textEvent(run: RunDraft, type: string, json: JsonObject, input: EventInput): void {
    const isThinking = type.startsWith('THINKING');
    const kind = isThinking || type.startsWith('REASONING') ? 'reasoning' : 'message';
    const id = isThinking ? THINKING_ID : textOf(json['messageId']);
    const at = placeOf(input);
    const known = run.texts.get(`${kind} ${id}`);
    if (type.endsWith('_START')) {
      if (known?.end === null && !isThinking) {
        tracker.diagnose('started-twice', `The message "${id}" was started twice.`, input);
      }
      textOpened(run, kind, id, json, at);
      return;
    }
    if (!known) {
      tracker.diagnose(
        'not-started',
        `The message "${id}" goes on, but it was not started.`,
        input,
        `not-started ${id}`,
      );
    }
    const text = textOpened(run, kind, id, json, at);
    if (type.endsWith('_END')) text.end = at;
    else {
      if (text.end !== null)
        tracker.diagnose('after-end', `The message "${id}" went on after its end.`, input);
      appendText(text.text, textOf(json['delta']), at);
    }
  }

  function callEvent(run: RunDraft, type: string, json: JsonObject, input: EventInput): void {
    const id = textOf(json['toolCallId']);
    const at = placeOf(input);
    const known = run.calls.get(id);
    if (!known && type !== 'TOOL_CALL_START') {
      // The result of a call of an earlier run, or of a stream that begins late.
      if (type !== 'TOOL_CALL_RESULT') {
        tracker.diagnose(
          'not-started',
          `The tool call "${id}" goes on, but it was not started.`,
          input,
          `not-started ${id}`,
        );
      }
    }
    const call = known ?? addCall(run, id, '', textOf(json['subagentRunId']), at);
    if (type === 'TOOL_CALL_START') {
      call.name = textOf(json['toolCallName']) || call.name;
      call.parentMessageId = textOf(json['parentMessageId']) || call.parentMessageId;
    } else if (type === 'TOOL_CALL_ARGS') {
      if (call.end !== null)
        tracker.diagnose('after-end', `The tool call "${id}" went on after its end.`, input);
      appendText(call.arguments, textOf(json['delta']), at);
    } else if (type === 'TOOL_CALL_END') {
      call.end = at;
      checkArguments(call, input);
    } else call.result = said(json['content'], input);
  }

  /** Arguments are JSON once they are whole; none at all is allowed. */
  function checkArguments(call: CallDraft, input: EventInput): void {
    const text = call.arguments.pieces.join('');
    if (text.trim() === '') return;
    try {
      JSON.parse(text);
    } catch {
      tracker.diagnose(
        'bad-arguments',
        `The arguments of ${call.name || 'a tool call'} are not valid JSON.`,
        input,
      );
    }
  }

  /** The lane that a chunk belongs to: that of its id, its owner's, or the only one with a stream of this kind. */
  function laneOf(kind: Chunked['kind'], id: string, owner: string): string {
    for (const [lane, open] of lanes) if (id !== '' && open.kind === kind && open.id === id) return lane;
    if (id !== '' || owner !== '' || lanes.get('')?.kind === kind) return owner;
    return [...lanes].find(([, open]) => open.kind === kind)?.[0] ?? '';
  }

  function chunkEvent(run: RunDraft, type: string, json: JsonObject, input: EventInput): void {
    const kind = type.startsWith('TEXT') ? 'message' : type.startsWith('TOOL') ? 'tool-call' : 'reasoning';
    const id = textOf(json[kind === 'tool-call' ? 'toolCallId' : 'messageId']);
    const at = placeOf(input);
    const lane = laneOf(kind, id, textOf(json['subagentRunId']));
    let open = lanes.get(lane);
    if (open?.kind !== kind || (id !== '' && open.id !== id)) {
      if (id === '') {
        tracker.diagnose('chunk-without-id', 'The first chunk of a message or a tool call has no id.', input);
      }
      closeLane(lane, at);
      open =
        kind === 'tool-call' ? chunkedCall(run, id, json, lane, at) : textOpened(run, kind, id, json, at);
      open.end = null;
      lanes.set(lane, open);
    }
    appendText(open.kind === 'tool-call' ? open.arguments : open.text, textOf(json['delta']), at);
  }

  function chunkedCall(run: RunDraft, id: string, json: JsonObject, lane: string, at: Place): CallDraft {
    const call = run.calls.get(id) ?? addCall(run, id, '', lane, at);
    call.name = textOf(json['toolCallName']) || call.name;
    call.parentMessageId = textOf(json['parentMessageId']) || call.parentMessageId;
    return call;
  }

  function activityEvent(run: RunDraft, type: string, json: JsonObject, input: EventInput): void {
    const id = textOf(json['messageId']);
    const known = run.activities.get(id);
    if (type === 'ACTIVITY_DELTA') {
      if (!known)
        tracker.diagnose('unknown-activity', `A patch for the activity "${id}", which is not known.`, input);
      const failure = known?.state.patch(json['patch'], input) ?? null;
      if (failure !== null)
        tracker.diagnose('patch-failed', `The patch of an activity was not applied. ${failure}`, input);
      return;
    }
    // Without `replace` only the first snapshot counts.
    if (known && json['replace'] === false) return;
    const name = textOf(json['activityType']);
    const activity = known ?? addActivity(run, id, name, textOf(json['subagentRunId']), placeOf(input));
    activity.name = name || activity.name;
    activity.state.snapshot(json['content'], input);
  }

  return {
    explicit,
    closeAll(input) {
      for (const owner of [...lanes.keys()]) closeLane(owner, placeOf(input));
    },
    take(run, type, json, input) {
      if (type.endsWith('_CHUNK')) return chunkEvent(run, type, json, input);
      explicit(type, textOf(json['subagentRunId']), placeOf(input));
      if (type.startsWith('ACTIVITY')) return activityEvent(run, type, json, input);
      if (type.startsWith('TOOL_CALL')) return callEvent(run, type, json, input);
      if (type === 'REASONING_ENCRYPTED_VALUE') {
        const value = objectOf(json) ? jsonTextOf(json['encryptedValue']).length - 2 : 0;
        const what = { entityId: json['entityId'], subtype: json['subtype'], characters: value };
        return addNote(run, 'Encrypted reasoning', what, textOf(json['subagentRunId']), placeOf(input));
      }
      // The brackets around reasoning say nothing that its messages do not.
      if (/^(?:REASONING|THINKING)_(?:START|END)$/.test(type)) return;
      textEvent(run, type, json, input);
    },
  };
}
