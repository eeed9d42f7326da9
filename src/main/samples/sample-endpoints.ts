/**
 * The saved endpoints that the app brings along, one for each sample stream. `{{samples}}` stands for the origin of the
 * samples server, which has another port at each start.
 */
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';
import { bodyOfText } from '../../shared/connection/request-body.ts';
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { TreeNode } from '../../shared/workspace/workspace.ts';

const FOLDER_ID = 'samples';

const CHAT_BODY = {
  model: 'streamscope-sample-1',
  stream: true,
  stream_options: { include_usage: true },
  messages: [
    { role: 'system', content: 'You explain things shortly.' },
    { role: 'user', content: 'What are Server-Sent Events, and when do I want them?' },
  ],
};

const OLLAMA_BODY = {
  model: 'streamscope-sample:1b',
  think: true,
  messages: [{ role: 'user', content: 'What is NDJSON?' }],
};

const TOOL_BODY = {
  ...CHAT_BODY,
  n: 2,
  messages: [{ role: 'user', content: 'Is it warm enough for a swim in Göteborg?' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather at a place.',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
          required: ['city'],
        },
      },
    },
  ],
};

const MCP_BODY = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    name: 'tide_table',
    arguments: { port: 'Göteborg', days: 3 },
    _meta: { progressToken: 'tides' },
  },
};

const AG_UI_BODY = {
  threadId: 'thread-1',
  runId: 'run-1',
  state: { stops: [], budget: 300 },
  messages: [{ id: 'm0', role: 'user', content: 'Plan a day by the sea.' }],
  tools: [],
  context: [],
  forwardedProps: {},
};

function get(path: string, change: Partial<RequestSpec> = {}): RequestSpec {
  return {
    ...BLANK_REQUEST,
    url: `{{samples}}${path}`,
    ...change,
  };
}

function post(path: string, body: object, more: RequestSpec['headers'] = []): RequestSpec {
  return get(path, {
    method: 'POST',
    headers: more,
    body: bodyOfText(JSON.stringify(body, null, 2)),
  });
}

function endpoint(id: string, name: string, note: string, request: RequestSpec): TreeNode {
  return { kind: 'endpoint', id, parentId: FOLDER_ID, name, note, request };
}

export const SAMPLE_NODES: readonly TreeNode[] = [
  { kind: 'folder', id: FOLDER_ID, parentId: null, name: 'Samples', open: true, variables: [] },
  endpoint(
    'sample-live-scores',
    'Live scores',
    'Goals of a match that plays itself, as a Spring WebFlux service sends them. POST a score to the same address and it shows up at once.',
    get('/api/v1/live-scores'),
  ),
  endpoint(
    'sample-chat',
    'Chat completion',
    'An answer in OpenAI’s chunk format, with the uneven timing of a model. Open the Completion tab and click a word.',
    post('/v1/chat/completions', CHAT_BODY),
  ),
  endpoint(
    'sample-chat-tools',
    'Chat completion with tools',
    'Two choices at a time, each calling a tool whose arguments come in pieces.',
    post('/v1/chat/completions', TOOL_BODY),
  ),
  endpoint(
    'sample-mcp',
    'MCP tool call',
    'A tool of a Model Context Protocol server: progress, a question back, log messages and the answer. Open the Completion tab.',
    post('/samples/mcp', MCP_BODY, [
      { name: 'Accept', value: 'application/json, text/event-stream', enabled: true },
    ]),
  ),
  endpoint(
    'sample-ag-ui',
    'AG-UI run',
    'A run of an agent with steps, a tool call and a state that grows by JSON Patch. Open the Completion tab and scrub the state.',
    post('/samples/ag-ui', AG_UI_BODY),
  ),
  endpoint(
    'sample-heartbeat',
    'Heartbeat and resume',
    'The connection breaks after every 20 events; the next one goes on behind the last event ID, and nothing is missing.',
    get('/samples/heartbeat'),
  ),
  endpoint(
    'sample-ndjson',
    'NDJSON',
    'No event stream, but a JSON value a line. What an answer is read as is set under Answer.',
    get('/samples/ndjson'),
  ),
  endpoint(
    'sample-ollama',
    'Ollama chat',
    'An answer in Ollama’s own lines, thinking first, with the durations that the server measured.',
    post('/api/chat', OLLAMA_BODY),
  ),
  endpoint(
    'sample-oddities',
    'Wire oddities',
    'Byte order marks, all line ends, NUL in an id, broken UTF-8, fields that do not exist, an end in mid-block.',
    get('/samples/oddities', { reconnect: { preset: 'one-answer' } }),
  ),
  endpoint(
    'sample-firehose',
    'Firehose',
    'A thousand events a second; change the rate and the size in the address. "rate=max" is as fast as it is read.',
    get('/samples/firehose?rate=1000&size=330'),
  ),
];
