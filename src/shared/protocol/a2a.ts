/**
 * Agent2Agent: tasks, their status and their artifacts. A task replaces what was known of it; a status update adds a status; an
 * artifact update appends to its artifact or replaces it. Results come as JSON-RPC answers to one request, or bare (HTTP+JSON).
 */
import { objectOf, textOf } from '../chat/json-read.ts';
import {
  a2aResultOf,
  isA2aMethod,
  isA2aRpc,
  PAUSED_STATES,
  TERMINAL_STATES,
  type A2aResult,
  type A2aVersion,
} from './a2a-shapes.ts';
import { createTasks, type Tasks } from './a2a-task.ts';
import type { ExchangeEnd } from './exchange.ts';
import {
  createExchangeTracker,
  placeOf,
  said,
  type ExchangeTracker,
  type RequestDraft,
} from './exchange-tracker.ts';
import { createJsonRpc, settleAnswer, type JsonRpc } from './json-rpc.ts';
import type { EventInput, Protocol, ProtocolInput, RequestInput } from './protocol.ts';

interface A2aState {
  readonly tracker: ExchangeTracker;
  readonly rpc: JsonRpc;
  readonly tasks: Tasks;
  version: A2aVersion | null;
  /** Where the last result leaves the exchange. */
  end: ExchangeEnd;
  endSeq: number | null;
}

export const a2a: Protocol<A2aState> = {
  id: 'a2a',
  label: 'A2A',
  score(input) {
    if (input.what === 'head') return 0;
    if (input.what === 'request') return scoreRequest(input);
    const { data } = input;
    if (data.includes('"jsonrpc"')) return isA2aRpc(input.json()) ? 95 : 1;
    if (!/"(?:task|message|statusUpdate|artifactUpdate|kind)"/.test(data)) return 0;
    const result = a2aResultOf(input.json());
    // Without JSON-RPC around it only an update or a task of the version that has the HTTP binding is telling.
    return result?.version === 'v1' && result.kind !== 'message' ? 70 : 0;
  },
  start(input) {
    const tracker = createExchangeTracker(input);
    const rpc = createJsonRpc(tracker);
    return { tracker, rpc, tasks: createTasks(tracker), version: null, end: 'open', endSeq: null };
  },
  step(state, input) {
    state.tracker.take(input);
    if (input.what === 'request') takeRequest(state, input);
    else if (input.what === 'event') takeEvent(state, input);
  },
  view({ tracker, tasks, version, end, endSeq }, streamEnded) {
    return tracker.view({
      protocol: 'a2a',
      label: version === null ? 'A2A' : `A2A ${version}`,
      end: end === 'open' && streamEnded ? 'cut' : end,
      endSeq,
      tasks: tasks.all,
    });
  },
};

function scoreRequest(input: RequestInput): number {
  const json = input.json();
  if (isA2aRpc(json)) return 95;
  if (!/\/message:(?:stream|send)$|\/tasks\/[^/]+:subscribe$/.test(input.url.replace(/[?#].*$/s, '')))
    return 0;
  return json === undefined || objectOf(objectOf(json)?.['message']) ? 60 : 0;
}

function takeRequest({ tracker, rpc }: A2aState, input: RequestInput): void {
  const json = input.json();
  if (isA2aMethod(objectOf(json)?.['method'])) {
    rpc.read('client', json, input);
    return;
  }
  const path = /\/(message:\w+|tasks\/[^/?#]+:subscribe)/.exec(input.url)?.[1];
  if (path === undefined) return;
  tracker.fact('Binding', 'HTTP+JSON', input);
  const request = tracker.request('client', null, placeOf(input));
  request.method = path;
  request.params = json;
}

function takeEvent(state: A2aState, input: EventInput): void {
  const { tracker, rpc } = state;
  const json = input.json();
  if (json === undefined) {
    if (input.data !== '') tracker.diagnose('bad-json', 'The data of this event is not JSON.', input);
    return;
  }
  const bare = a2aResultOf(json);
  if (bare) {
    tracker.fact('Binding', 'HTTP+JSON', input);
    return takeResult(state, bare, openRequest(tracker), json, input);
  }
  for (const message of rpc.read('server', json, input)) {
    if (message.kind !== 'answer') continue;
    const result = message.failed ? null : a2aResultOf(message.value);
    if (result) takeResult(state, result, message.request, message.value, input);
    else {
      settleAnswer(tracker, message, input);
      state.end = message.failed ? 'error' : 'done';
      state.endSeq = input.seq;
      if (!message.failed) tracker.diagnose('unknown-result', 'A result of a kind that is not known.', input);
    }
  }
}

/** Without ids there is one request to a stream. */
function openRequest(tracker: ExchangeTracker): RequestDraft {
  const last = tracker.requests.at(-1);
  return last && (last.state === 'waiting' || last.state === 'streaming')
    ? last
    : tracker.request('client', null, null);
}

function takeResult(
  state: A2aState,
  result: A2aResult,
  request: RequestDraft,
  value: unknown,
  input: ProtocolInput,
): void {
  const { tracker, tasks } = state;
  if (state.version !== null && state.version !== result.version) {
    tracker.diagnose('mixed-versions', 'Results of v1 and of v0.3 in one stream.', input, 'mixed-versions');
  }
  state.version ??= result.version;
  tracker.fact('Version', result.version, input);
  const isOpen = request.state === 'waiting' || request.state === 'streaming';
  if (isOpen) {
    request.state = 'streaming';
    request.parts.push(said(value, input));
  }
  const finish = (end: ExchangeEnd): void => {
    if (isOpen) tracker.settle(request, end === 'error' ? 'failed' : 'answered', said(value, input));
    state.end = end;
    state.endSeq = input.seq;
  };
  if (result.kind === 'message') {
    tasks.message(result.body, input);
    return finish('done');
  }
  if (result.kind === 'artifact-update') return tasks.artifact(result.body, input);
  const status =
    result.kind === 'task' ? tasks.replace(result.body, input) : tasks.status(result.body, input);
  tracker.fact('Context', textOf(result.body['contextId']), input);
  if (TERMINAL_STATES.has(status)) finish(status === 'failed' || status === 'rejected' ? 'error' : 'done');
  else if (PAUSED_STATES.has(status)) finish('paused');
  else if (result.body['final'] === true) finish('done');
  else {
    state.end = 'open';
    state.endSeq = null;
  }
  if (status === '') tracker.diagnose('no-status', 'A task or a status update without a state.', input);
}
