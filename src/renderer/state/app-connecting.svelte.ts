/** From the request in the address bar to a session: connecting, stopping, and doing both again. */
import type { Asks } from './app-asks.ts';
import type { RequestForm } from './app-form.svelte.ts';
import type { UiKeeper } from './app-ui.svelte.ts';
import type { Run } from './chat-runs.svelte.ts';
import type { Connections } from './connections.svelte.ts';
import { completeAddress, nameOfAddress } from './endpoints-address.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';

export interface ConnectingDeps {
  readonly connections: Connections;
  readonly form: RequestForm;
  readonly keeper: UiKeeper;
  readonly asks: Asks;
  readonly liveId: () => string | null;
  /** Whether secrets are missing; asks for them then, and goes on with `then` when they are given. */
  readonly asksForSecrets: (
    list: readonly Pick<Run, 'endpointId' | 'request'>[],
    then: () => void,
  ) => boolean;
  readonly onStarted: (session: SessionSummary) => void;
}

export interface Connecting {
  /** Asked to connect and not answered yet. */
  readonly starting: boolean;
  connect(): Promise<void>;
  stop(): void;
  restart(): Promise<void>;
  readAsSse(): Promise<void>;
}

export function createConnecting(deps: ConnectingDeps): Connecting {
  const { connections, form, keeper, asks } = deps;
  let starting = $state(false);
  /** Stop was asked for before main had said that it started. */
  let cancelled = false;

  const connecting: Connecting = {
    get starting() {
      return starting;
    },
    async connect() {
      if (starting) return;
      const url = completeAddress(form.request.url);
      if (url === '') return asks.send('focus-address');
      if (url !== form.request.url) form.edit({ url });
      const { request, endpoint } = form;
      const endpointId = endpoint?.id ?? null;
      if (deps.asksForSecrets([{ endpointId, request }], () => void connecting.connect())) return;
      starting = true;
      cancelled = false;
      try {
        const name = endpoint?.name ?? nameOfAddress(url);
        const { environmentId } = keeper.value;
        const started = await connections.start({ endpointId, environmentId, name, request });
        if (!started) return;
        form.started(started.id, request);
        deps.onStarted(started);
        if (cancelled) connections.stop(started.id);
      } finally {
        starting = false;
      }
    },
    stop() {
      const liveId = deps.liveId();
      if (starting) cancelled = true;
      else if (liveId !== null) connections.stop(liveId);
    },
    async restart() {
      connecting.stop();
      await connecting.connect();
    },
    async readAsSse() {
      form.edit({ readAs: 'sse' });
      await connecting.restart();
    },
  };
  return connecting;
}
