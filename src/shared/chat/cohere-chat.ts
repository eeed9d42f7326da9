/**
 * Cohere's v2 chat stream: typed events from `message-start` to `message-end`. Text is the content; thinking and the plan that
 * comes before tool calls are the reasoning; a tool call goes by its `index`. There is one choice.
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

const TYPES = /^(?:message|content|tool-plan|tool-call|citation)-(?:start|delta|end)$/;

export const cohereChat = createPlainDialect({
  id: 'cohere-v2',
  label: 'Cohere chat',
  endsWithDone: false,
  score(json) {
    const type = textOf(json['type']);
    if (!TYPES.test(type)) return 0;
    // The names are not Cohere's alone, the message inside the delta is.
    return objectOf(objectOf(json['delta'])?.['message']) ? 90 : 4;
  },
  opensAnother: (tracker, json) => json['type'] === 'message-start' && tracker.choices.size > 0,
  take(tracker, json, event) {
    const choice = tracker.choice(0);
    const delta = objectOf(json['delta']) ?? {};
    const message = objectOf(delta['message']) ?? {};
    tracker.head.id ??= textOf(json['id']) || null;
    switch (json['type']) {
      case 'message-start':
        choice.role = textOf(message['role']);
        return;
      case 'content-start':
      case 'content-delta': {
        const content = objectOf(message['content']) ?? {};
        tracker.append(choice, 'reasoning', textOf(content['thinking']), event);
        return tracker.append(choice, 'content', textOf(content['text']), event);
      }
      case 'tool-plan-delta':
        return tracker.append(choice, 'reasoning', textOf(message['tool_plan']), event);
      case 'tool-call-start':
      case 'tool-call-delta':
        return takeToolCall(tracker, slotOf(json['index']), objectOf(message['tool_calls']) ?? {}, event);
      case 'citation-start':
        return takeCitation(choice, objectOf(message['citations']) ?? {}, event);
      case 'message-end': {
        tracker.usage = objectOf(delta['usage']) ?? tracker.usage;
        const reason = textOf(delta['finish_reason']);
        if (reason !== '') tracker.finish(choice, reason, event);
        if (textOf(delta['error']) !== '') return tracker.fail(delta['error'], event);
        return tracker.done(event);
      }
      default:
        if (TYPES.test(textOf(json['type']))) return;
        return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    }
  },
});

/** `start` and `end` count characters of the content. */
function takeCitation(choice: ChoiceDraft, from: JsonObject, event: DialectEvent): void {
  const source = objectOf(listOf(from['sources'])[0]) ?? {};
  const document = objectOf(source['document']) ?? objectOf(source['tool_output']) ?? {};
  const news = {
    kind: textOf(from['type']) || 'citation',
    title: textOf(document['title']) || textOf(source['id']),
    url: textOf(document['url']),
    text: textOf(from['text']),
    start: slotOf(from['start']),
    end: slotOf(from['end']),
    value: from,
  };
  choice.rich.cite(news, event);
}

function takeToolCall(
  tracker: PartTracker,
  index: number | null,
  from: JsonObject,
  event: DialectEvent,
): void {
  const id = textOf(from['id']);
  const of = objectOf(from['function']) ?? {};
  const name = textOf(of['name']);
  const call = tracker.choice(0).tools.find({ index, id, name }, event.seq);
  if (id !== '') call.id = id;
  if (name !== '') call.name = name;
  tracker.noteToolCall(event);
  tracker.appendArguments(call, textOf(of['arguments']), event);
}
