/**
 * A tool call of the Model Context Protocol over Streamable HTTP: a priming event, progress by token, log messages, a question of
 * the server that it cancels, and the answer. Takes any JSON-RPC request; a notification gets 202.
 */
import { jsonAnswer, STREAM_HEADERS, type SampleCall, type SampleRoute } from './sample-route.ts';

interface Call {
  readonly id: string | number;
  readonly tool: string;
  readonly progressToken: string | number;
}

const READINGS = ['Asking the gauge', 'Reading the moon', 'Adding the wind', 'Rounding to decimetres'];

export function createMcpRoute(): SampleRoute {
  return {
    path: '/samples/mcp',
    methods: ['POST'],
    answer(call) {
      const request = parseCall(call.body);
      if (request === null) return { status: 202, headers: {}, body: '' };
      if (typeof request === 'string') {
        return jsonAnswer(400, { jsonrpc: '2.0', id: null, error: { code: -32600, message: request } });
      }
      const headers = { ...STREAM_HEADERS, 'mcp-session-id': 'sample', 'mcp-protocol-version': '2025-06-18' };
      return { status: 200, headers, body: stream(call, request) };
    },
  };
}

async function* stream(call: SampleCall, request: Call): AsyncGenerator<string, void, void> {
  let number = 0;
  const message = (fields: object): string => {
    number += 1;
    return `event: message\nid: sample_${number}\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...fields })}\n\n`;
  };
  yield 'id: sample_0\ndata:\n\n';
  await call.sleep(200);
  yield message({
    id: 'ask-1',
    method: 'elicitation/create',
    params: {
      message: 'In metres or in feet?',
      requestedSchema: { type: 'object', properties: { unit: { type: 'string', enum: ['m', 'ft'] } } },
    },
  });
  for (const [at, text] of READINGS.entries()) {
    await call.sleep(450);
    const params = {
      progressToken: request.progressToken,
      progress: at + 1,
      total: READINGS.length,
      message: text,
    };
    yield message({ method: 'notifications/progress', params });
    if (at === 1) {
      const cancelled = { requestId: 'ask-1', reason: 'Nobody answered, so metres' };
      yield message({ method: 'notifications/cancelled', params: cancelled });
      const logged = { level: 'info', logger: 'tides', data: 'The gauge answered after 412 ms' };
      yield message({ method: 'notifications/message', params: logged });
    }
  }
  await call.sleep(300);
  const tides = [
    { at: '05:14', metres: 1.9 },
    { at: '17:42', metres: 1.8 },
  ];
  yield message({
    id: request.id,
    result: {
      content: [{ type: 'text', text: `${request.tool}: high water at 05:14 and 17:42` }],
      structuredContent: { tides },
      isError: false,
    },
  });
}

/** The request; null for a notification; a sentence about what is wrong. */
function parseCall(body: string): Call | string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'The body is not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'The body is not a JSON-RPC message';
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  if (jsonrpc !== '2.0' || typeof method !== 'string') return 'The body is not a JSON-RPC 2.0 request';
  if (id === undefined) return null;
  if (typeof id !== 'string' && typeof id !== 'number') return '"id" must be a string or a number';
  const { name, _meta: meta } = (params ?? {}) as Record<string, unknown>;
  const token = ((meta ?? {}) as Record<string, unknown>)['progressToken'];
  return {
    id,
    tool: typeof name === 'string' ? name : method,
    progressToken: typeof token === 'string' || typeof token === 'number' ? token : id,
  };
}
