/**
 * GraphQL over SSE (graphql-sse): `next` with a result, `complete` when an operation is over. In distinct mode a stream is one
 * operation; in single connection mode each event names its operation by `id`.
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import type { ExchangeEnd } from './exchange.ts';
import {
  createExchangeTracker,
  placeOf,
  said,
  type ExchangeTracker,
  type RequestDraft,
} from './exchange-tracker.ts';
import type { EventInput, Protocol, ProtocolInput, RequestInput } from './protocol.ts';

interface GraphqlState {
  readonly tracker: ExchangeTracker;
  /** By id; "" is the one operation of a stream in distinct mode. */
  readonly open: Map<string, RequestDraft>;
  /** Ids of operations that are over. */
  readonly over: Set<string>;
  endSeq: number | null;
  failed: boolean;
}

export const graphqlSse: Protocol<GraphqlState> = {
  id: 'graphql-sse',
  label: 'GraphQL over SSE',
  score(input) {
    if (input.what === 'head') return 0;
    if (input.what === 'request') return queryOf(input) === null ? 0 : 2;
    if (input.type === 'complete') {
      const id = objectOf(input.json())?.['id'];
      return input.data.trim() === '' ? 2 : typeof id === 'string' ? 4 : 0;
    }
    if (input.type !== 'next') return 0;
    const json = objectOf(input.json());
    if (!json) return 0;
    if (typeof json['id'] === 'string' && isResult(objectOf(json['payload']))) return 90;
    return isResult(json) ? 60 : 0;
  },
  start: (input) => ({
    tracker: createExchangeTracker(input),
    open: new Map(),
    over: new Set(),
    endSeq: null,
    failed: false,
  }),
  step(state, input) {
    state.tracker.take(input);
    if (input.what === 'request') takeRequest(state, input);
    else if (input.what === 'event') takeEvent(state, input);
  },
  view({ tracker, open, endSeq, failed }, streamEnded) {
    const isOver = open.size === 0 && endSeq !== null;
    const end: ExchangeEnd = isOver ? (failed ? 'error' : 'done') : streamEnded ? 'cut' : 'open';
    return tracker.view({
      protocol: 'graphql-sse',
      label: 'GraphQL over SSE',
      end,
      endSeq: isOver ? endSeq : null,
    });
  },
};

/** Whether an object is an execution result: data, errors, or a part that was deferred. */
function isResult(value: JsonObject | null): boolean {
  return (
    value !== null &&
    ('data' in value || Array.isArray(value['errors']) || Array.isArray(value['incremental']))
  );
}

interface GraphqlQuery {
  readonly params: unknown;
  readonly name: string | null;
  readonly kind: string;
  /** "" in distinct mode. */
  readonly id: string;
}

/** The operation in the body or in the address; null when there is none. */
function queryOf(input: RequestInput): GraphqlQuery | null {
  const body = objectOf(input.json());
  const query = textOf(body?.['query']) || parameter(input.url, 'query');
  if (!/^\s*(?:#.*\s*)*(?:\{|query\b|mutation\b|subscription\b|fragment\b)/.test(query)) return null;
  const named = /\b(query|mutation|subscription)\s+(\w+)/.exec(query);
  const name = textOf(body?.['operationName']) || parameter(input.url, 'operationName') || named?.[2];
  const kind = /\b(mutation|subscription)\b/.exec(query)?.[1] ?? 'query';
  const id = textOf(objectOf(body?.['extensions'])?.['operationId']);
  return { params: body ?? { query }, name: name ?? null, kind, id };
}

function parameter(url: string, name: string): string {
  const found = new RegExp(`[?&]${name}=([^&#]*)`).exec(url)?.[1] ?? '';
  try {
    return decodeURIComponent(found.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function takeRequest({ tracker, open }: GraphqlState, input: RequestInput): void {
  const query = queryOf(input);
  // A reconnect asks again for what is still open.
  if (!query || open.has(query.id)) return;
  const request = tracker.request('client', query.id === '' ? null : query.id, placeOf(input));
  request.method = query.kind;
  request.subject = query.name;
  request.params = query.params;
  open.set(query.id, request);
}

function takeEvent(state: GraphqlState, input: EventInput): void {
  const { tracker } = state;
  const json = objectOf(input.json());
  if (input.type === 'complete') return complete(state, textOf(json?.['id']), input);
  if (input.type !== 'next') {
    tracker.diagnose(
      'unknown-event',
      `An event named "${input.type}" is not part of GraphQL over SSE.`,
      input,
      input.type,
    );
    return;
  }
  if (!json) {
    tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', input);
    return;
  }
  const isSingle = typeof json['id'] === 'string' && objectOf(json['payload']) !== null;
  tracker.fact('Mode', isSingle ? 'single connection' : 'distinct connections', input);
  const id = isSingle ? textOf(json['id']) : '';
  const payload = isSingle ? objectOf(json['payload']) : json;
  const request = operation(state, id, input);
  request.state = 'streaming';
  request.parts.push(said(payload, input));
  const first = objectOf(listOf(payload?.['errors'])[0]);
  if (first) {
    const message = textOf(first['message']) || 'without a message';
    tracker.diagnose('graphql-error', `The result has an error: ${message}`, input);
  }
}

/** The open operation with this id; an unknown one when the log does not have its request. */
function operation(state: GraphqlState, id: string, input: ProtocolInput): RequestDraft {
  const { tracker, open, over } = state;
  let request = open.get(id);
  if (!request) {
    if (over.has(id))
      tracker.diagnose('after-complete', 'A result came after its operation was complete.', input);
    request = tracker.request('client', id === '' ? null : id, null);
    open.set(id, request);
  }
  return request;
}

/** An operation fails when its last result has errors and no data. */
function complete(state: GraphqlState, id: string, input: EventInput): void {
  const { tracker, open } = state;
  const request = open.get(id);
  if (!request) {
    tracker.diagnose('unknown-complete', 'An operation was completed that is not open.', input);
    return;
  }
  const last = request.parts.at(-1) ?? null;
  const result = objectOf(last?.value);
  const failed = listOf(result?.['errors']).length > 0 && (result?.['data'] ?? null) === null;
  tracker.settle(request, failed ? 'failed' : 'answered', last);
  open.delete(id);
  state.over.add(id);
  state.endSeq = input.seq;
  state.failed = failed;
}
