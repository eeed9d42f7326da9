/**
 * AG-UI: runs of an agent as events with types in capitals (@ag-ui/core 1.0.0). Owns runs and the shared state; what happens
 * inside a run is in ag-ui-content.ts. The state begins with what the request brought along.
 */
import { objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { createContent, isContentType, type Content } from './ag-ui-content.ts';
import { addNote, addStep, addSubagent, createRun, endStep, type RunDraft } from './ag-ui-run.ts';
import type { ExchangeEnd, RunState } from './exchange.ts';
import {
  createExchangeTracker,
  placeOf,
  said,
  type ExchangeTracker,
  type RequestDraft,
} from './exchange-tracker.ts';
import type { EventInput, Protocol, ProtocolInput, RequestInput } from './protocol.ts';
import { createStateHistory, type StateHistory } from './state-history.ts';

const TYPE =
  /"type"\s*:\s*"((?:TEXT_MESSAGE|TOOL_CALL|STATE|MESSAGES|ACTIVITY|RUN|STEP|REASONING|THINKING|SUBAGENT)_[A-Z_]+|RAW|CUSTOM)"/;

const RUN_TYPES: ReadonlySet<string> = new Set([
  'RUN_STARTED',
  'RUN_FINISHED',
  'RUN_ERROR',
  'STEP_STARTED',
  'STEP_FINISHED',
  'STATE_SNAPSHOT',
  'STATE_DELTA',
  'MESSAGES_SNAPSHOT',
  'SUBAGENT_STARTED',
  'SUBAGENT_FINISHED',
  'SUBAGENT_ERROR',
  'RAW',
  'CUSTOM',
]);

interface AgUiState {
  readonly tracker: ExchangeTracker;
  readonly runs: RunDraft[];
  readonly shared: StateHistory;
  readonly content: Content;
  run: RunDraft | null;
  request: RequestDraft | null;
}

export const agUi: Protocol<AgUiState> = {
  id: 'ag-ui',
  label: 'AG-UI',
  score(input) {
    if (input.what === 'head') return 0;
    if (input.what === 'request') {
      const body = objectOf(input.json());
      const isInput = body && typeof body['threadId'] === 'string' && typeof body['runId'] === 'string';
      return isInput && Array.isArray(body['messages']) ? 60 : 0;
    }
    if (!TYPE.test(input.data)) return 0;
    const type = textOf(objectOf(input.json())?.['type']);
    if (type === 'RAW' || type === 'CUSTOM') return 4;
    return RUN_TYPES.has(type) || isContentType(type) ? 90 : 0;
  },
  start(input) {
    const tracker = createExchangeTracker(input);
    const content = createContent(tracker);
    return { tracker, runs: [], shared: createStateHistory(), content, run: null, request: null };
  },
  step(state, input) {
    state.tracker.take(input);
    if (input.what === 'request') takeRequest(state, input);
    else if (input.what === 'event') takeEvent(state, input);
  },
  view({ tracker, runs, shared }, streamEnded) {
    const last = runs.at(-1);
    const end = endOf(last, streamEnded);
    return tracker.view({
      protocol: 'ag-ui',
      label: 'AG-UI',
      end,
      endSeq: last?.end?.seq ?? null,
      runs,
      state: shared.changes.length > 0 ? shared : null,
    });
  },
};

const ENDS: Readonly<Record<Exclude<RunState, 'running'>, ExchangeEnd>> = {
  finished: 'done',
  cancelled: 'done',
  interrupted: 'paused',
  failed: 'error',
};

function endOf(last: RunDraft | undefined, streamEnded: boolean): ExchangeEnd {
  if (last && last.state !== 'running') return ENDS[last.state];
  return streamEnded ? 'cut' : 'open';
}

function takeRequest(state: AgUiState, input: RequestInput): void {
  const body = objectOf(input.json());
  if (!body || typeof body['runId'] !== 'string') return;
  const { tracker, shared } = state;
  const request = tracker.request('client', body['runId'], placeOf(input));
  request.method = 'run';
  request.subject = textOf(body['threadId']);
  request.params = body;
  state.request = request;
  const first = body['state'];
  if (first !== undefined && first !== null) shared.snapshot(first, input, 'initial');
}

function takeEvent(state: AgUiState, input: EventInput): void {
  const { tracker, content } = state;
  const json = objectOf(input.json());
  if (!json) {
    tracker.diagnose('bad-json', 'The data of this event is not a JSON object.', input);
    return;
  }
  const type = textOf(json['type']);
  if (type === 'RUN_STARTED') return startRun(state, json, input);
  if (!state.run) {
    tracker.diagnose('before-run', 'Events came before a run was started.', input, 'before-run');
    openRun(state, input);
  }
  const run = state.run as RunDraft;
  if (run.state !== 'running') {
    tracker.diagnose(
      'after-run',
      `${type || 'An event'} came after the end of its run.`,
      input,
      `after-run ${run.id}`,
    );
  }
  if (RUN_TYPES.has(type)) takeRunEvent(state, run, type, json, input);
  else if (isContentType(type)) content.take(run, type, json, input);
  else
    tracker.diagnose(
      'unknown-event',
      `An event of the type "${type}", which is not known.`,
      input,
      `unknown ${type}`,
    );
}

function openRun(state: AgUiState, input: ProtocolInput): RunDraft {
  const run = createRun(placeOf(input));
  state.runs.push(run);
  state.run = run;
  return run;
}

function startRun(state: AgUiState, json: JsonObject, input: EventInput): void {
  const { tracker, content } = state;
  const before = state.run?.state === 'running' ? state.run : null;
  content.closeAll(input);
  // Events that came too early belong to this run.
  const early = before?.id === '' ? before : null;
  if (before && !early) tracker.diagnose('run-in-run', 'A run began before the last one ended.', input);
  const run = early ?? openRun(state, input);
  run.id = textOf(json['runId']);
  run.threadId = textOf(json['threadId']);
  run.parentRunId = textOf(json['parentRunId']) || null;
  tracker.fact('Thread', run.threadId, input);
  tracker.fact('Protocol version', textOf(json['protocolVersion']), input);
  if (state.request?.id === run.id && state.request.state === 'waiting') state.request.state = 'streaming';
}

function endRun(state: AgUiState, run: RunDraft, how: RunState, json: JsonObject, input: EventInput): void {
  const { tracker, content, request } = state;
  content.closeAll(input);
  for (const step of run.openSteps.splice(0)) {
    if (how === 'finished')
      tracker.diagnose('step-left-open', `The step "${step.name}" was never finished.`, input);
  }
  run.state = how;
  run.end = placeOf(input);
  run.usage = json['usage'];
  if (json['result'] !== undefined && json['result'] !== null) run.result = said(json['result'], input);
  if (request && (request.id === run.id || run.id === '')) {
    tracker.settle(
      request,
      how === 'failed' ? 'failed' : how === 'cancelled' ? 'cancelled' : 'answered',
      said(json, input),
    );
  }
}

function takeRunEvent(
  state: AgUiState,
  run: RunDraft,
  type: string,
  json: JsonObject,
  input: EventInput,
): void {
  const { tracker, shared, content } = state;
  const at = placeOf(input);
  const owner = textOf(json['subagentRunId']);
  content.explicit(type, owner, at);
  switch (type) {
    case 'RUN_FINISHED': {
      const outcome = textOf(objectOf(json['outcome'])?.['type']);
      const how =
        outcome === 'interrupt' ? 'interrupted' : outcome === 'cancelled' ? 'cancelled' : 'finished';
      if (run.id !== '' && textOf(json['runId']) !== run.id) {
        tracker.diagnose('other-run', 'The run that finished is not the one that was started.', input);
      }
      if (how === 'interrupted') addNote(run, 'Interrupt', objectOf(json['outcome'])?.['interrupts'], '', at);
      return endRun(state, run, how, json, input);
    }
    case 'RUN_ERROR':
      run.error =
        [textOf(json['code']), textOf(json['message'])].filter(Boolean).join(': ') || 'without a message';
      return endRun(state, run, 'failed', json, input);
    case 'STEP_STARTED':
      return addStep(run, textOf(json['stepName']), owner, at);
    case 'STEP_FINISHED':
      if (!endStep(run, textOf(json['stepName']), owner, at)) {
        tracker.diagnose(
          'step-not-open',
          `The step "${textOf(json['stepName'])}" finished without a start.`,
          input,
        );
      }
      return;
    case 'STATE_SNAPSHOT':
      return shared.snapshot(json['snapshot'], input);
    case 'STATE_DELTA': {
      const failure = shared.patch(json['delta'], input);
      if (failure !== null)
        tracker.diagnose('patch-failed', `The state patch was not applied. ${failure}`, input);
      return;
    }
    case 'SUBAGENT_STARTED':
      addSubagent(run, owner, textOf(json['name']), textOf(json['parentSubagentRunId']), at);
      return;
    case 'SUBAGENT_FINISHED':
    case 'SUBAGENT_ERROR': {
      const subagent = run.subagents.get(owner);
      if (!subagent) {
        tracker.diagnose('unknown-subagent', 'A subagent ended that was never started.', input);
        return;
      }
      subagent.end = at;
      if (type === 'SUBAGENT_ERROR') subagent.error = textOf(json['message']) || 'without a message';
      if (json['result'] !== undefined) subagent.result = said(json['result'], input);
      return;
    }
    case 'MESSAGES_SNAPSHOT':
      return addNote(run, 'Messages snapshot', json['messages'], '', at);
    case 'CUSTOM':
      return addNote(run, textOf(json['name']) || 'Custom', json['value'], owner, at);
    default:
      return addNote(run, textOf(json['source']) || 'Raw', json['event'], owner, at);
  }
}
