/**
 * Vercel AI SDK UI message streams (header x-vercel-ai-ui-message-stream: v1): text and reasoning in blocks, tools by
 * `toolCallId` with input and output, sources, files, data of the app, steps. There is one choice; `[DONE]` follows `finish`.
 */
import { dataUrlOf } from './data-url.ts';
import type { DialectEvent } from './dialect.ts';
import { jsonTextOf, textOf, type JsonObject } from './json-read.ts';
import type { PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';
import type { ToolCallDraft } from './tool-calls.ts';

const BLOCKS = /^(?:text|reasoning)-(?:start|delta|end)$/;
const TOOLS =
  /^tool-(?:input-(?:start|delta|available|error)|output-(?:available|error|denied)|approval-request)$/;
const SOURCES = /^source-(?:url|document)$/;
/** Names that others use as well: they belong to an answer that is open. */
const COMMON = /^(?:start|finish|file|abort|message-metadata|data-.+)$/s;

export const aiSdkUi = createPlainDialect({
  id: 'ai-sdk-ui',
  label: 'AI SDK UI messages',
  endsWithDone: true,
  score(json) {
    const type = textOf(json['type']);
    if (BLOCKS.test(type)) return typeof json['id'] === 'string' ? 80 : 4;
    if (TOOLS.test(type)) return typeof json['toolCallId'] === 'string' ? 80 : 4;
    if (SOURCES.test(type)) return typeof json['sourceId'] === 'string' ? 60 : 4;
    if (type === 'start-step' || type === 'finish-step') return 10;
    if (type === 'start' && typeof json['messageId'] === 'string') return 10;
    return COMMON.test(type) ? 4 : 0;
  },
  opensAnother: (tracker, json) =>
    json['type'] === 'start' && tracker.choices.size > 0 && tracker.allFinished(),
  take(tracker, json, event) {
    const type = textOf(json['type']);
    const choice = tracker.choice(0);
    tracker.fact('other', 'messageMetadata', json['messageMetadata'], event);
    if (TOOLS.test(type)) return takeTool(tracker, type, json, event);
    if (SOURCES.test(type)) {
      const title = textOf(json['title']) || textOf(json['filename']);
      return choice.rich.cite({ kind: type, title, url: textOf(json['url']), value: json }, event);
    }
    switch (type) {
      case 'start':
        tracker.head.id ??= textOf(json['messageId']) || null;
        return;
      case 'text-delta':
        return tracker.append(choice, 'content', textOf(json['delta']), event);
      case 'reasoning-delta':
        return tracker.append(choice, 'reasoning', textOf(json['delta']), event);
      case 'file':
        return takeFile(tracker, json, event);
      case 'finish':
        return tracker.finish(choice, textOf(json['finishReason']) || 'finish', event);
      case 'abort':
        return tracker.finish(choice, 'abort', event);
      default:
        if (type.startsWith('data-')) return choice.rich.keep(type, json, event);
        // Beginnings and ends of blocks and steps say nothing more.
        if (BLOCKS.test(type) || COMMON.test(type) || type.endsWith('-step')) return;
        return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    }
  },
});

function takeTool(tracker: PartTracker, type: string, json: JsonObject, event: DialectEvent): void {
  const id = textOf(json['toolCallId']);
  const name = textOf(json['toolName']);
  const call = tracker.choice(0).tools.find({ index: null, id, name }, event.seq);
  if (id !== '') call.id = id;
  if (name !== '') call.name = name;
  tracker.noteToolCall(event);
  call.status = type.slice('tool-'.length);
  if (type === 'tool-input-delta') tracker.appendArguments(call, textOf(json['inputTextDelta']), event);
  if (type === 'tool-input-available' || type === 'tool-input-error') takeInput(tracker, call, json, event);
  if (type === 'tool-output-available') tracker.addResult(call, json['output'], event);
  if (type.endsWith('-error')) {
    tracker.addResult(call, { error: json['errorText'] }, event);
    tracker.diagnose('tool-error', `The tool ${call.name || id} failed.`, event);
  }
}

/** The whole input: it stands where nothing was streamed. */
function takeInput(tracker: PartTracker, call: ToolCallDraft, json: JsonObject, event: DialectEvent): void {
  if (json['input'] === undefined) return;
  const { pieces } = call.arguments;
  const whole = jsonTextOf(json['input']);
  if (pieces.length === 0) return tracker.appendArguments(call, whole, event);
  let streamed: unknown;
  try {
    streamed = JSON.parse(pieces.join(''));
  } catch {
    streamed = undefined;
  }
  if (jsonTextOf(streamed) !== whole) {
    const message = `The whole input of ${call.name || 'a tool'} is not what was streamed.`;
    tracker.diagnose('input-differs', message, event);
  }
}

function takeFile(tracker: PartTracker, json: JsonObject, event: DialectEvent): void {
  const { rich } = tracker.choice(0);
  const url = textOf(json['url']);
  const format = textOf(json['mediaType']);
  if (!format.startsWith('image/')) return rich.keep('file', json, event);
  const inline = dataUrlOf(url);
  const key = `file ${rich.images.length}`;
  rich.see(key, { ...(inline ? { data: inline.data } : { url }), format, isComplete: true }, event);
}
