/**
 * Amazon Bedrock's ConverseStream: the type of each event is in the header of its message. Blocks go by `contentBlockIndex`;
 * text blocks have no start. `messageStop` has the reason, and `metadata` follows as the last event. Logs and SDKs write the
 * type as the only key of the object instead; that is read too.
 */
import type { Dialect, DialectEvent } from './dialect.ts';
import { faultOf } from './bedrock-fault.ts';
import { objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

const TYPES = new Set([
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
]);

const plain = createPlainDialect({
  id: 'bedrock-converse',
  label: 'Bedrock Converse',
  endsWithDone: false,
  score(json, event) {
    const { type, body } = typed(json, event);
    switch (type) {
      case 'messageStart':
        return textOf(body['role']) === '' ? 0 : 90;
      case 'contentBlockStart':
      case 'contentBlockDelta':
        return slotOf(body['contentBlockIndex']) === null ? 0 : 85;
      case 'contentBlockStop':
        return slotOf(body['contentBlockIndex']) === null ? 0 : 4;
      case 'messageStop':
        return textOf(body['stopReason']) === '' ? 0 : 60;
      case 'metadata':
        return objectOf(body['metrics']) || objectOf(body['usage']) ? 4 : 0;
      default:
        return 0;
    }
  },
  opensAnother: (tracker, json) =>
    (objectOf(json['messageStart']) !== null || isStart(json)) && tracker.choices.size > 0,
  take(tracker, json, event) {
    const { type, body } = typed(json, event);
    const choice = tracker.choice(0);
    switch (type) {
      case 'messageStart':
        choice.role = textOf(body['role']);
        return;
      case 'contentBlockStart':
        return takeTool(tracker, body, objectOf(objectOf(body['start'])?.['toolUse']), event);
      case 'contentBlockDelta':
        return takeDelta(tracker, body, objectOf(body['delta']) ?? {}, event);
      case 'contentBlockStop':
        return;
      case 'messageStop':
        return tracker.finish(choice, textOf(body['stopReason']), event);
      case 'metadata':
        tracker.usage = objectOf(body['usage']) ?? tracker.usage;
        tracker.serverTiming('latencyMs', objectOf(body['metrics'])?.['latencyMs'], event);
        return tracker.done(event);
      default:
        return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    }
  },
});

export const bedrockConverse: Dialect<PartTracker> = {
  ...plain,
  // An exception says whose it is only by its form, so it opens an answer where nobody else claims it.
  score: (event) => (faultOf(event) ? 8 : plain.score(event)),
  start: (event) => plain.start(faultOf(event) ?? event),
  step: (tracker, event) => plain.step(tracker, faultOf(event) ?? event),
};

/** `{"role":…}` and padding alone: the start of a message without its type. */
function isStart(json: JsonObject): boolean {
  return textOf(json['role']) !== '' && json['delta'] === undefined;
}

function typed(json: JsonObject, event: DialectEvent): { readonly type: string; readonly body: JsonObject } {
  if (TYPES.has(event.type)) return { type: event.type, body: json };
  const type = Object.keys(json).find((key) => TYPES.has(key)) ?? '';
  return { type, body: objectOf(json[type]) ?? {} };
}

function takeDelta(tracker: PartTracker, body: JsonObject, delta: JsonObject, event: DialectEvent): void {
  const choice = tracker.choice(0);
  tracker.append(choice, 'content', textOf(delta['text']), event);
  // A signature or redacted reasoning has nothing to be read.
  tracker.append(choice, 'reasoning', textOf(objectOf(delta['reasoningContent'])?.['text']), event);
  takeTool(tracker, body, objectOf(delta['toolUse']), event);
}

function takeTool(
  tracker: PartTracker,
  body: JsonObject,
  tool: JsonObject | null,
  event: DialectEvent,
): void {
  if (!tool) return;
  const id = textOf(tool['toolUseId']);
  const name = textOf(tool['name']);
  const index = slotOf(body['contentBlockIndex']);
  const call = tracker.choice(0).tools.find({ index, id, name }, event.seq);
  if (id !== '') call.id = id;
  if (name !== '') call.name = name;
  tracker.noteToolCall(event);
  tracker.appendArguments(call, textOf(tool['input']), event);
}
