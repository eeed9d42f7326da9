/**
 * A run of an agent as AG-UI streams it: steps, reasoning, a tool call whose arguments come in pieces, a message, and a shared
 * state that begins with what the request brought and grows by JSON Patch. One patch fails on purpose.
 */
import { tokensOf } from './chat-answer.ts';
import { jsonAnswer, STREAM_HEADERS, type SampleCall, type SampleRoute } from './sample-route.ts';

const STOPS = [
  { name: 'Breakfast at the harbour', cost: 14 },
  { name: 'Ferry to the islands', cost: 38 },
  { name: 'Walk around the lighthouse', cost: 0 },
];

export function createAgUiRoute(): SampleRoute {
  return {
    path: '/samples/ag-ui',
    methods: ['POST'],
    answer(call) {
      const input = parseInput(call.body);
      if (typeof input === 'string') return jsonAnswer(400, { error: input });
      return { status: 200, headers: STREAM_HEADERS, body: stream(call, input) };
    },
  };
}

interface Input {
  readonly threadId: string;
  readonly runId: string;
}

async function* stream(call: SampleCall, input: Input): AsyncGenerator<string, void, void> {
  const event = (type: string, fields: object = {}): string =>
    `data: ${JSON.stringify({ type, ...fields })}\n\n`;
  async function* pieces(type: string, fields: object, text: string): AsyncGenerator<string, void, void> {
    for (const delta of tokensOf(text)) {
      await call.sleep(35);
      yield event(type, { ...fields, delta });
    }
  }

  yield event('RUN_STARTED', { ...input });
  yield event('STEP_STARTED', { stepName: 'think' });
  const reasoning = { messageId: 'reasoning-1' };
  yield event('REASONING_MESSAGE_START', { ...reasoning, role: 'reasoning' });
  yield* pieces('REASONING_MESSAGE_CONTENT', reasoning, 'A day by the sea: first the tides, then the stops.');
  yield event('REASONING_MESSAGE_END', reasoning);
  const tool = { toolCallId: 'call-1' };
  yield event('TOOL_CALL_START', { ...tool, toolCallName: 'tide_table', parentMessageId: 'message-1' });
  yield* pieces('TOOL_CALL_ARGS', tool, JSON.stringify({ port: 'Göteborg', days: 1 }));
  yield event('TOOL_CALL_END', tool);
  await call.sleep(400);
  const content = JSON.stringify({ high: ['05:14', '17:42'] });
  yield event('TOOL_CALL_RESULT', { ...tool, messageId: 'result-1', role: 'tool', content });
  yield event('STEP_FINISHED', { stepName: 'think' });
  yield event('STEP_STARTED', { stepName: 'plan' });
  for (const stop of STOPS) {
    await call.sleep(350);
    yield event('STATE_DELTA', { delta: [{ op: 'add', path: '/stops/-', value: stop }] });
  }
  await call.sleep(250);
  yield event('STATE_DELTA', { delta: [{ op: 'remove', path: '/stops/9' }] });
  yield event('STATE_DELTA', {
    delta: [
      { op: 'replace', path: '/budget', value: 248 },
      { op: 'move', from: '/stops/2', path: '/stops/1' },
    ],
  });
  const message = { messageId: 'message-1' };
  yield event('TEXT_MESSAGE_START', { ...message, role: 'assistant' });
  yield* pieces(
    'TEXT_MESSAGE_CONTENT',
    message,
    'Start at the harbour, walk to the lighthouse while the water is low, and take the ferry in the afternoon.',
  );
  yield event('TEXT_MESSAGE_END', message);
  yield event('STEP_FINISHED', { stepName: 'plan' });
  yield event('RUN_FINISHED', { ...input, result: { stops: STOPS.length } });
}

/** The ids of the run, or a sentence about what is wrong. */
function parseInput(body: string): Input | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body is not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'The body is not an object';
  const { threadId, runId } = value as Record<string, unknown>;
  if (typeof threadId !== 'string' || typeof runId !== 'string')
    return '"threadId" and "runId" must be texts';
  return { threadId, runId };
}
