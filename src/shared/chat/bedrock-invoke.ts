/**
 * Amazon Bedrock's InvokeModelWithResponseStream: every event has the model's own event in base64 (`{"bytes": "…"}`). It is
 * unwrapped and given to the dialect of that model; what Bedrock measured itself is beside it in the last one.
 */
import { bytesOfBase64 } from '../base/base64.ts';
import { faultOf } from './bedrock-fault.ts';
import type { Completion } from './completion.ts';
import type { Dialect, DialectEvent } from './dialect.ts';
import { objectOf } from './json-read.ts';
import { createPartTracker, type PartTracker } from './part-tracker.ts';

interface InvokeState {
  /** What is known without a model's dialect: errors that came first, and Bedrock's own measurements. */
  readonly tracker: PartTracker;
  model: { readonly dialect: Dialect; state: unknown } | null;
}

/** Below this a dialect does not open an answer; see `Dialect.score`. */
const OPENS = 5;
const METRICS = 'amazon-bedrock-invocationMetrics';
const TIMINGS: readonly string[] = ['invocationLatency', 'firstByteLatency'];

/** `models`: the dialects that may be inside. */
export function createBedrockInvoke(models: readonly Dialect[]): Dialect<InvokeState> {
  const id = 'bedrock-invoke';

  function modelFor(event: DialectEvent): Dialect | null {
    let best: Dialect | null = null;
    let most = OPENS - 1;
    for (const dialect of models) {
      const score = dialect.score(event);
      if (score > most) [best, most] = [dialect, score];
    }
    return best;
  }

  function takeAlone(state: InvokeState, event: DialectEvent): void {
    const dialect = modelFor(event);
    if (dialect) {
      state.model = { dialect, state: dialect.start(event) };
      return;
    }
    const { tracker } = state;
    tracker.take(event);
    const error = objectOf(event.json)?.['error'];
    if (event.type === 'error') tracker.fail(error, event);
    else tracker.diagnose('unknown-model', 'This is no event of a model that is known here.', event, 'model');
  }

  function takeMetrics({ tracker }: InvokeState, event: DialectEvent): void {
    const metrics = objectOf(objectOf(event.json)?.[METRICS]);
    for (const name of TIMINGS) tracker.serverTiming(name, metrics?.[name], event);
  }

  function step(state: InvokeState, wrapped: DialectEvent): InvokeState | 'next' {
    const event = unwrapped(wrapped);
    if (!state.model) takeAlone(state, event);
    else {
      const next = state.model.dialect.step(state.model.state, event);
      if (next === 'next') return 'next';
      state.model.state = next;
    }
    takeMetrics(state, event);
    return state;
  }

  return {
    id,
    label: 'Bedrock InvokeModel',
    score(event) {
      if (typeof objectOf(event.json)?.['bytes'] === 'string') return event.type === 'chunk' ? 92 : 6;
      return faultOf(event) ? 4 : 0;
    },
    start(event) {
      const state: InvokeState = { tracker: createPartTracker(event), model: null };
      step(state, event);
      return state;
    },
    step,
    view({ tracker, model }, streamEnded): Completion {
      const own = tracker.view(id, streamEnded);
      if (!model) return own;
      const inside = model.dialect.view(model.state, streamEnded);
      return { ...inside, dialect: id, serverTimings: [...inside.serverTimings, ...own.serverTimings] };
    },
  };
}

/** The model's event, or the error; the event itself when there is nothing to unwrap. */
function unwrapped(event: DialectEvent): DialectEvent {
  const fault = faultOf(event);
  if (fault) return fault;
  const encoded = objectOf(event.json)?.['bytes'];
  const bytes = typeof encoded === 'string' ? bytesOfBase64(encoded) : null;
  if (!bytes) return event;
  const data = new TextDecoder().decode(bytes);
  return { ...event, type: 'message', data, json: parsed(data) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
