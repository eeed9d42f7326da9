/**
 * Ollama's own stream, `/api/chat` and `/api/generate`: one JSON object a line, each with `done`; the last one has the reason,
 * the counts and the server's own durations in nanoseconds. Tool calls come whole. There is one choice.
 */
import type { DialectEvent } from './dialect.ts';
import { jsonTextOf, listOf, objectOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft, PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

const NS_PER_MS = 1e6;

export const ollamaNative = createPlainDialect({
  id: 'ollama-native',
  label: 'Ollama',
  endsWithDone: false,
  score(json) {
    if (typeof json['done'] !== 'boolean' || typeof json['model'] !== 'string') return 0;
    return objectOf(json['message']) || typeof json['response'] === 'string' ? 88 : 4;
  },
  take(tracker, json, event) {
    const { head } = tracker;
    head.model ??= textOf(json['model']) || null;
    head.created ??= secondsOf(json['created_at']);
    const choice = tracker.choice(0);
    const message = objectOf(json['message']) ?? {};
    if (choice.role === '') choice.role = textOf(message['role']);
    for (const from of [message, json]) tracker.append(choice, 'reasoning', textOf(from['thinking']), event);
    tracker.append(choice, 'content', textOf(message['content']), event);
    tracker.append(choice, 'content', textOf(json['response']), event);
    for (const call of listOf(message['tool_calls']))
      takeToolCall(tracker, choice, objectOf(call) ?? {}, event);
    if (json['done'] === true) takeEnd(tracker, choice, json, event);
  },
});

function takeToolCall(
  tracker: PartTracker,
  choice: ChoiceDraft,
  from: JsonObject,
  event: DialectEvent,
): void {
  const of = objectOf(from['function']) ?? {};
  const name = textOf(of['name']);
  const id = textOf(from['id']);
  // Every one is a call of its own; the index inside, where there is one, starts anew with each line.
  const call = choice.tools.find({ index: choice.tools.calls.length, id, name }, event.seq);
  if (id !== '') call.id = id;
  call.name = name;
  tracker.noteToolCall(event);
  tracker.appendArguments(call, jsonTextOf(of['arguments']), event);
}

function takeEnd(tracker: PartTracker, choice: ChoiceDraft, json: JsonObject, event: DialectEvent): void {
  const counts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(json)) {
    if (typeof value !== 'number') continue;
    if (name.endsWith('_count')) counts[name] = value;
    else if (name.endsWith('_duration')) tracker.serverTiming(name, value / NS_PER_MS, event);
  }
  if (Object.keys(counts).length > 0) tracker.usage = counts;
  const reason = textOf(json['done_reason']);
  if (reason !== '') tracker.finish(choice, reason, event);
  tracker.done(event);
}

function secondsOf(time: unknown): number | null {
  const ms = Date.parse(textOf(time));
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
