/**
 * The Model Context Protocol over Streamable HTTP, and over the older transport with an `endpoint` event (2024-11-05). The
 * messages are JSON-RPC; progress goes by its token; a first event with an id and no data only primes resumption. JSON-RPC
 * that shows nothing of MCP is called JSON-RPC.
 */
import { jsonTextOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { isA2aRpc } from './a2a-shapes.ts';
import type { ExchangeEnd } from './exchange.ts';
import { createExchangeTracker, placeOf, type ExchangeTracker } from './exchange-tracker.ts';
import { createJsonRpc, isJsonRpc, settleAnswer, type JsonRpc, type RpcMessage } from './json-rpc.ts';
import type { EventInput, HeadInput, Protocol, ProtocolInput, RequestInput } from './protocol.ts';

const METHODS =
  /^(?:initialize|ping|(?:notifications|tools|resources|prompts|completion|logging|sampling|elicitation|roots|tasks)\/[\w/]+)$/;
/** Fields of results that no other protocol of this sort has. */
const RESULT_FIELDS = ['protocolVersion', 'tools', 'prompts', 'resources', 'resourceTemplates', 'contents'];
const ENDPOINT = /^(?:https?:\/\/|\/)\S+$/;

interface McpState {
  readonly tracker: ExchangeTracker;
  readonly rpc: JsonRpc;
  isMcp: boolean;
  /** The request itself was a message. */
  isPosted: boolean;
  endSeq: number | null;
  failed: boolean;
}

export const mcp: Protocol<McpState> = {
  id: 'mcp',
  label: 'MCP',
  score(input) {
    if (input.what === 'head') return 0;
    if (input.what === 'event') {
      if (input.type === 'endpoint') return ENDPOINT.test(input.data.trim()) ? 30 : 0;
      if (input.data === '') return 1;
      if (!input.data.includes('"jsonrpc"')) return 0;
    }
    const json = input.json();
    return isJsonRpc(json) && !isA2aRpc(json) ? 60 : 0;
  },
  start(input) {
    const tracker = createExchangeTracker(input);
    return {
      tracker,
      rpc: createJsonRpc(tracker),
      isMcp: false,
      isPosted: false,
      endSeq: null,
      failed: false,
    };
  },
  step(state, input) {
    state.tracker.take(input);
    if (input.what === 'request') takeRequest(state, input);
    else if (input.what === 'head') takeHead(state, input);
    else takeEvent(state, input);
    if (state.isMcp && state.isPosted) state.tracker.fact('Transport', 'Streamable HTTP', input);
  },
  view(state, streamEnded) {
    const { tracker, isMcp } = state;
    const end = endOf(state, streamEnded);
    return tracker.view({
      protocol: isMcp ? 'mcp' : 'json-rpc',
      label: isMcp ? 'MCP' : 'JSON-RPC',
      end,
      endSeq: end === 'done' || end === 'error' ? state.endSeq : null,
    });
  },
};

function endOf({ tracker, endSeq, failed }: McpState, streamEnded: boolean): ExchangeEnd {
  if (tracker.waiting === 0 && endSeq !== null) return failed ? 'error' : 'done';
  if (!streamEnded) return 'open';
  return tracker.waiting > 0 ? 'cut' : 'closed';
}

function takeRequest(state: McpState, input: RequestInput): void {
  const { tracker, rpc } = state;
  if (input.lastEventId !== '') tracker.fact('Resumed after event', input.lastEventId, input);
  const json = input.json();
  if (!isJsonRpc(json)) return;
  state.isPosted = true;
  for (const message of rpc.read('client', json, input)) takeMessage(state, message, input);
}

function takeHead(state: McpState, { headers, ...input }: HeadInput): void {
  const header = (name: string): string => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  const session = header('mcp-session-id');
  const version = header('mcp-protocol-version');
  if (session !== '' || version !== '') state.isMcp = true;
  state.tracker.fact('Session', session, input);
  state.tracker.fact('Protocol version', version, input);
}

function takeEvent(state: McpState, input: EventInput): void {
  const { tracker, rpc } = state;
  if (input.type === 'endpoint') {
    state.isMcp = true;
    tracker.fact('Transport', 'HTTP with SSE (2024-11-05)', input);
    tracker.fact('Messages go to', input.data.trim(), input);
    return;
  }
  if (input.data === '') {
    if (input.id === null) tracker.diagnose('empty-event', 'An event without data and without an id.', input);
    else tracker.fact('Priming event', input.id, input);
    return;
  }
  const json = input.json();
  if (json === undefined) {
    tracker.diagnose('bad-json', 'The data of this event is not JSON.', input);
    return;
  }
  for (const message of rpc.read('server', json, input)) takeMessage(state, message, input);
}

function takeMessage(state: McpState, message: RpcMessage, input: ProtocolInput): void {
  const { tracker } = state;
  switch (message.kind) {
    case 'request':
      state.isMcp ||= METHODS.test(message.request.method);
      return;
    case 'notice':
      state.isMcp ||= message.method.startsWith('notifications/');
      return takeNotice(state, message, input);
    case 'answer': {
      settleAnswer(tracker, message, input);
      if (message.request.from !== 'client') return;
      state.endSeq = input.seq;
      state.failed = message.failed;
      return readResult(state, objectOf(message.value) ?? {}, input);
    }
  }
}

function readResult(state: McpState, result: JsonObject, input: ProtocolInput): void {
  if (RESULT_FIELDS.some((field) => field in result) || Array.isArray(result['content'])) state.isMcp = true;
  if (result['isError'] === true) {
    state.tracker.diagnose('tool-error', 'The tool answered that it failed (isError).', input);
  }
  const info = objectOf(result['serverInfo']);
  state.tracker.fact('Protocol version', textOf(result['protocolVersion']), input);
  if (info) {
    const name = [textOf(info['title']) || textOf(info['name']), textOf(info['version'])].filter(Boolean);
    state.tracker.fact('Server', name.join(' '), input);
  }
}

function takeNotice(
  state: McpState,
  { from, method, params }: RpcMessage & { readonly kind: 'notice' },
  input: ProtocolInput,
): void {
  const { tracker, rpc } = state;
  if (method === 'notifications/progress') return takeProgress(state, params, input);
  if (method === 'notifications/cancelled') {
    // Each side cancels what it asked itself; some servers cancel what they were asked.
    const other = from === 'client' ? 'server' : 'client';
    const request = rpc.byId(from, params['requestId']) ?? rpc.byId(other, params['requestId']);
    const reason = textOf(params['reason']);
    if (!request) {
      tracker.diagnose('unknown-cancel', 'A request that is not known here was cancelled.', input);
    } else if (tracker.settle(request, 'cancelled', null)) {
      request.cancelReason = reason;
      if (request.from === 'client') state.endSeq = input.seq;
    } else tracker.diagnose('cancelled-late', 'A request was cancelled after its answer.', input);
  }
  tracker.notice({ from, method, params, text: noticeText(method, params), ...placeOf(input) });
}

function takeProgress(state: McpState, params: JsonObject, input: ProtocolInput): void {
  const { tracker, rpc } = state;
  const request = rpc.byProgressToken(params['progressToken'], input);
  if (!request) return;
  const numberOf = (value: unknown): number | null =>
    typeof value === 'number' && Number.isFinite(value) ? value : null;
  const progress = numberOf(params['progress']);
  const before = request.progress.at(-1)?.progress ?? null;
  if (progress !== null && before !== null && progress <= before) {
    tracker.diagnose('progress-not-rising', `Progress went from ${before} to ${progress}.`, input);
  }
  if (request.state !== 'waiting' && request.state !== 'streaming') {
    tracker.diagnose('progress-after-end', 'Progress came after the end of its request.', input);
  }
  request.progress.push({
    progress,
    total: numberOf(params['total']),
    message: textOf(params['message']),
    ...placeOf(input),
  });
}

function noticeText(method: string, params: JsonObject): string {
  if (method === 'notifications/message') {
    const data = params['data'];
    const text = typeof data === 'string' ? data : textOf(objectOf(data)?.['msg']) || jsonTextOf(data);
    return [textOf(params['level']), textOf(params['logger']), text].filter(Boolean).join(': ');
  }
  return textOf(params['uri']) || textOf(params['reason']) || textOf(params['message']);
}
