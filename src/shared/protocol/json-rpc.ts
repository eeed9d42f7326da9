/**
 * JSON-RPC 2.0 over a stream: which answer belongs to which request, in both directions, batches included. Owns the matching by
 * id and by progress token; what a method means is the protocol's business.
 *
 * Requests that the client made are known from the session's own request. A stream alone has only the answers: then a request
 * without a method stands for what was asked.
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { placeOf, said, type ExchangeTracker, type RequestDraft } from './exchange-tracker.ts';
import type { ProtocolInput } from './protocol.ts';

type Side = 'client' | 'server';
export type RpcId = string | number;

/** A message, matched. */
export type RpcMessage =
  | { readonly kind: 'request'; readonly from: Side; readonly request: RequestDraft }
  | { readonly kind: 'notice'; readonly from: Side; readonly method: string; readonly params: JsonObject }
  /** `request`: what it answers. `failed`: it is an error. */
  | {
      readonly kind: 'answer';
      readonly from: Side;
      readonly request: RequestDraft;
      readonly value: unknown;
      readonly failed: boolean;
    };

export interface JsonRpc {
  /** The messages in a value: one, or all of a batch. What is no message becomes a finding. */
  read(from: Side, value: unknown, input: ProtocolInput): readonly RpcMessage[];
  byProgressToken(token: unknown, input: ProtocolInput): RequestDraft | null;
  byId(from: Side, id: unknown): RequestDraft | undefined;
}

/** The id when it is one; null for anything else. */
export function rpcIdOf(value: unknown): RpcId | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

export function isJsonRpc(value: unknown): boolean {
  return objectOf(Array.isArray(value) ? (value[0] as unknown) : value)?.['jsonrpc'] === '2.0';
}

export function createJsonRpc(tracker: ExchangeTracker): JsonRpc {
  const byId: Readonly<Record<Side, Map<RpcId, RequestDraft>>> = { client: new Map(), server: new Map() };
  const byToken = new Map<RpcId, RequestDraft>();

  function opened(from: Side, id: RpcId, message: JsonObject, input: ProtocolInput): RequestDraft {
    const known = byId[from].get(id);
    // A reconnect may send the same request again.
    const isAgain = known !== undefined && (known.state === 'waiting' || known.state === 'streaming');
    if (isAgain && known.sent !== null) {
      tracker.diagnose(
        'sent-again',
        `The request with id ${JSON.stringify(id)} was sent again before it was answered.`,
        input,
      );
      return known;
    }
    const request = isAgain ? known : tracker.request(from, id, placeOf(input));
    const params = message['params'];
    request.sent = placeOf(input);
    request.method = textOf(message['method']);
    request.params = params;
    request.subject = subjectOf(request.method, objectOf(params) ?? {});
    byId[from].set(id, request);
    const token = rpcIdOf(objectOf(objectOf(params)?.['_meta'])?.['progressToken']);
    if (token !== null) byToken.set(token, request);
    return request;
  }

  function answered(from: Side, message: JsonObject, input: ProtocolInput): RpcMessage {
    const asker: Side = from === 'server' ? 'client' : 'server';
    const id = rpcIdOf(message['id']);
    const failed = message['error'] !== undefined && message['error'] !== null;
    const value = failed ? message['error'] : message['result'];
    let request = id === null ? undefined : byId[asker].get(id);
    // Progress came before anything else was known of the request: clients mostly use the id as the token.
    if (!request && id !== null && asker === 'client') request = byToken.get(id);
    if (!request) {
      request = tracker.request(asker, id, null);
      if (id === null) {
        tracker.diagnose('answer-without-id', 'An answer has no id, so it belongs to no request.', input);
      }
    }
    if (id !== null) {
      request.id = id;
      byId[asker].set(id, request);
    }
    return { kind: 'answer', from, request, value, failed };
  }

  function one(from: Side, value: unknown, input: ProtocolInput): RpcMessage | null {
    const message = objectOf(value);
    if (message?.['jsonrpc'] !== '2.0') {
      tracker.diagnose('not-json-rpc', 'This is no JSON-RPC 2.0 message.', input);
      return null;
    }
    const method = message['method'];
    if (typeof method === 'string') {
      const id = rpcIdOf(message['id']);
      if (id !== null) return { kind: 'request', from, request: opened(from, id, message, input) };
      return { kind: 'notice', from, method, params: objectOf(message['params']) ?? {} };
    }
    if ('result' in message || 'error' in message) return answered(from, message, input);
    tracker.diagnose('not-json-rpc', 'This message has neither a method nor a result nor an error.', input);
    return null;
  }

  return {
    read(from, value, input) {
      const messages = Array.isArray(value) ? listOf(value) : [value];
      if (Array.isArray(value)) tracker.fact('Batches', 'yes', input);
      return messages.flatMap((message) => one(from, message, input) ?? []);
    },
    byProgressToken(value, input) {
      const token = rpcIdOf(value);
      if (token === null) {
        tracker.diagnose('progress-without-token', 'A progress notification has no token.', input);
        return null;
      }
      let request = byToken.get(token) ?? byId.client.get(token);
      if (!request) {
        request = tracker.request('client', null, null);
        byToken.set(token, request);
      }
      return request;
    },
    byId: (from, id) => {
      const key = rpcIdOf(id);
      return key === null ? undefined : byId[from].get(key);
    },
  };
}

/** Settles a request with its answer; one that comes too late becomes a finding. */
export function settleAnswer(
  tracker: ExchangeTracker,
  message: RpcMessage & { readonly kind: 'answer' },
  input: ProtocolInput,
): void {
  const { request, failed, value } = message;
  const wasCancelled = request.state === 'cancelled';
  if (tracker.settle(request, failed ? 'failed' : 'answered', said(value, input))) return;
  const id = JSON.stringify(request.id);
  if (wasCancelled) {
    // Allowed: it may have been on its way (MCP, cancellation).
    tracker.diagnose('answered-after-cancel', `The answer with id ${id} came after it was cancelled.`, input);
  } else {
    tracker.diagnose('answered-twice', `The request with id ${id} was answered twice.`, input);
  }
}

/** What a request is about, in a word. */
function subjectOf(method: string, params: JsonObject): string | null {
  for (const key of ['name', 'uri', 'operationName', 'id', 'level']) {
    const value = params[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return method === 'elicitation/create' ? textOf(params['message']) || null : null;
}
