/**
 * OpenAI's Assistants: events `thread.…` of one run. Messages are the content of the one choice, in the order in which they
 * came; the steps' tool calls are its tool calls. The run's last state is the finish reason, `done` the terminator.
 */
import { createAssistantCalls, type AssistantCalls } from './assistant-calls.ts';
import type { Dialect, DialectEvent } from './dialect.ts';
import { listOf, objectOf, slotOf, textOf, type JsonObject } from './json-read.ts';
import { createPartTracker, type PartTracker } from './part-tracker.ts';
import { isBareError, providerErrorOf } from './provider-error.ts';
import { createResponseText, type ResponseText } from './response-text.ts';
import { citationOf } from './url-citation.ts';

interface AssistantsState {
  readonly tracker: PartTracker;
  readonly text: ResponseText;
  readonly calls: AssistantCalls;
  readonly cited: Set<string>;
}

/** States of a run after which nothing more is written. */
const LAST = /^thread\.run\.(completed|incomplete|expired|cancelled|requires_action)$/;

export const openAiAssistants: Dialect<AssistantsState> = {
  id: 'openai-assistants',
  label: 'OpenAI assistants',
  score(event) {
    if (event.type.startsWith('thread.') && objectOf(event.json)) return 95;
    return event.type === 'done' || isBareError(event) ? 1 : 0;
  },
  start(event) {
    const tracker = createPartTracker(event);
    const text = createResponseText(tracker, () => tracker.choice(0));
    const calls = createAssistantCalls(tracker, text, () => tracker.choice(0));
    const state = { tracker, text, calls, cited: new Set<string>() };
    take(state, event);
    return state;
  },
  step(state, event) {
    const { tracker } = state;
    const isNewRun = event.type === 'thread.run.created' && tracker.head.id !== null;
    if (isNewRun || (tracker.isDone && event.type !== 'done')) return 'next';
    take(state, event);
    return state;
  },
  view: (state, streamEnded) => state.tracker.view(openAiAssistants.id, streamEnded),
};

function take(state: AssistantsState, event: DialectEvent): void {
  const { tracker } = state;
  tracker.take(event);
  const error = providerErrorOf(event);
  if (error !== undefined) return tracker.fail(error, event);
  if (event.type === 'done') return tracker.done(event);
  const json = objectOf(event.json);
  if (!json) return tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', event);
  if (event.type.startsWith('thread.run.step.')) return state.calls.takeStep(json, event);
  if (event.type.startsWith('thread.run.')) return takeRun(state, json, event);
  if (event.type.startsWith('thread.message.')) return takeMessage(state, json, event);
  // A thread that was made for the run.
  if (event.type !== 'thread.created') {
    tracker.diagnose('unknown-event', 'An event of a name that is not known here.', event);
  }
}

function takeRun(state: AssistantsState, run: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = tracker.choice(0);
  tracker.head.id ??= textOf(run['id']) || null;
  tracker.head.model ??= textOf(run['model']) || null;
  const created = run['created_at'];
  if (typeof created === 'number' && created > 0) tracker.head.created ??= created;
  tracker.usage = objectOf(run['usage']) ?? tracker.usage;
  choice.facts.note('other', 'incomplete_details', run['incomplete_details'], event);
  const required = objectOf(objectOf(run['required_action'])?.['submit_tool_outputs']);
  state.calls.takeRequired(listOf(required?.['tool_calls']), event);
  if (event.type === 'thread.run.failed') {
    return tracker.fail(run['last_error'] ?? 'The run failed.', event);
  }
  const last = LAST.exec(event.type);
  if (last) tracker.finish(choice, last[1] as string, event);
}

function takeMessage(state: AssistantsState, message: JsonObject, event: DialectEvent): void {
  const { tracker } = state;
  const choice = tracker.choice(0);
  const id = textOf(message['id']);
  const delta = objectOf(message['delta']);
  const from = delta ?? message;
  if (choice.role === '') choice.role = textOf(from['role']);
  listOf(from['content']).forEach((entry, place) => {
    const part = objectOf(entry) ?? {};
    const at = slotOf(part['index']) ?? place;
    const text = objectOf(part['text']);
    if (!text) return keepOnce(state, `${id} ${at}`, part, event);
    const value = textOf(text['value']);
    if (delta) state.text.append(`${id} ${at}`, 'content', value, event);
    else state.text.whole(`${id} ${at}`, 'content', value, event);
    listOf(text['annotations']).forEach((annotation, nth) => {
      const key = `${id} ${at} ${slotOf(objectOf(annotation)?.['index']) ?? nth}`;
      if (state.cited.has(key)) return;
      state.cited.add(key);
      choice.rich.cite(citationOf(annotation), event);
    });
  });
}

/** An image or file; the whole message tells it again. */
function keepOnce(state: AssistantsState, key: string, part: JsonObject, event: DialectEvent): void {
  if (state.cited.has(`part ${key}`)) return;
  state.cited.add(`part ${key}`);
  state.tracker.choice(0).rich.keep(textOf(part['type']) || 'part', part, event);
}
