/** One request through a tap as it is seen while it goes on: its line in the list, and its session. */
import type { TapMarkEntry } from '../../shared/session/tap-mark.ts';
import { redactUrl } from '../../shared/session/redact.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import type { TapExchange } from '../../shared/tap/tap-state.ts';
import type { SocketWatch } from '../connections/socket-watch.ts';
import {
  createExchangeRecording,
  type RecordedEnd,
  type RecordedHead,
  type RecordedRequest,
  type RecordingDeps,
} from './exchange-recording.ts';

export interface TracedRequest extends RecordedRequest {
  /** As the client asked for it, without the token. */
  readonly path: string;
}

export interface ExchangeTrace {
  /** As it stands; changes with what happens. */
  readonly exchange: TapExchange;
  requestPayload(bytes: Uint8Array): void;
  head(head: RecordedHead): { readonly framing: Framing | null };
  payload(bytes: Uint8Array, arrivedMs: number): void;
  /** The tap answered itself. */
  answered(status: number): void;
  upgraded(protocol: string): void;
  /** Bytes of the protocol that the connection was upgraded to. */
  tunnelled(bytes: number): void;
  readonly mark: (mark: Omit<TapMarkEntry, 'kind' | 'attempt'>) => void;
  end(ending: RecordedEnd): void;
}

export interface TraceDeps extends Omit<RecordingDeps, 'onOpened' | 'onEvents'> {
  readonly id: number;
  readonly onOpened: RecordingDeps['onOpened'];
  readonly onChanged: () => void;
  /** The session is in its files. */
  readonly onRecorded: () => void;
}

export function createExchangeTrace(
  deps: TraceDeps,
  request: TracedRequest,
  watch: SocketWatch,
  flow: { readonly pause: () => void; readonly resume: () => void },
): ExchangeTrace {
  const { clock } = deps;
  const startedMs = clock.nowMs();
  // One object for all events of a stream, which may be many a second.
  const exchange: { -readonly [K in keyof TapExchange]: TapExchange[K] } = {
    id: deps.id,
    sessionId: null,
    startedAt: clock.epochMs(),
    method: request.method,
    path: redactUrl(request.path),
    state: 'waiting',
    status: null,
    kind: null,
    framing: null,
    events: 0,
    requestBytes: 0,
    responseBytes: 0,
    durationMs: null,
    note: '',
  };
  const change = (patch: Partial<TapExchange>) => {
    Object.assign(exchange, patch);
    deps.onChanged();
  };
  const recording = createExchangeRecording(
    {
      ...deps,
      onOpened(log) {
        change({ sessionId: log.sessionId });
        deps.onOpened(log);
      },
      onEvents(events) {
        exchange.events += events;
        deps.onChanged();
      },
    },
    request,
    watch,
    flow,
  );

  const mark: ExchangeTrace['mark'] = (entry) => {
    recording.mark(entry);
    change({ note: entry.message });
  };

  return {
    exchange,
    requestPayload(bytes) {
      recording.requestPayload(bytes);
      change({ requestBytes: exchange.requestBytes + bytes.length });
    },
    head(head) {
      const { framing, isStream } = recording.head(head);
      change({
        status: head.status,
        state: 'open',
        framing,
        kind: isStream ? 'stream' : 'answer',
      });
      return { framing };
    },
    payload(bytes, arrivedMs) {
      recording.payload(bytes, arrivedMs);
      exchange.responseBytes += bytes.length;
      deps.onChanged();
    },
    answered: (status) => change({ status, kind: 'answer' }),
    upgraded(protocol) {
      const what = protocol === '' ? 'another protocol' : protocol;
      change({ kind: 'upgrade' });
      mark({
        what: 'upgraded',
        message: `The connection was upgraded to ${what}. Its bytes are passed on and counted, and not recorded.`,
        event: null,
      });
    },
    tunnelled: (bytes) => change({ responseBytes: exchange.responseBytes + bytes }),
    mark,
    end(ending) {
      const failed = ending.how === 'failed';
      change({
        state: failed ? 'failed' : 'ended',
        durationMs: clock.nowMs() - startedMs,
        ...(ending.how === 'complete' ? {} : { note: ending.why }),
      });
      void recording.end(ending).finally(deps.onRecorded);
    },
  };
}
