/** The taps of the app and their file, and what the rest of the app hears of the sessions that pass through them. */
import type { Clock } from '../shared/base/clock.ts';
import { tapSpecs } from '../shared/ipc/parse-taps.ts';
import type { SessionStatus } from '../shared/ipc/contract.ts';
import type { CaptureStore } from '../shared/session/capture-store.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { statusOfExchange } from '../shared/tap/exchange-status.ts';
import type { TapSpec } from '../shared/tap/tap-spec.ts';
import type { TapStatus } from '../shared/tap/tap-state.ts';
import type { SystemProxy } from './connections/proxy-route.ts';
import type { FollowedSession } from './live/followed-sessions.ts';
import type { TapSession } from './tap/running-tap.ts';
import { createTapService, type TapService } from './tap/tap-service.ts';
import { createUpstream } from './tap/upstream-way.ts';
import { createJsonFile } from './workspace/json-file.ts';

export interface TapHostDeps {
  readonly path: string;
  readonly store: CaptureStore;
  readonly byteText: ByteText;
  readonly clock: Clock;
  readonly systemProxy: SystemProxy;
  readonly follow: (session: FollowedSession) => void;
  readonly onTaps: (taps: readonly TapStatus[]) => void;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onListChanged: () => void;
  readonly say: (message: string) => void;
  readonly onFault: (what: string, error: unknown) => void;
}

export interface TapHost {
  readonly taps: TapService;
  /** Ends the taps; resolves when their sessions and their file are written. */
  close(): Promise<void>;
}

/** Sessions come and go quickly here, and a list is read whole each time. */
const LIST_MS = 400;

export async function openTaps(deps: TapHostDeps): Promise<TapHost> {
  const { clock, say } = deps;
  const file = createJsonFile(deps.path, (error) =>
    say(
      `The taps could not be saved to ${deps.path}: ${error.message}. Those of now are lost when you quit.`,
    ),
  );
  /** Sessions of requests that go on, with the state that was told last. */
  const going = new Map<TapSession, string>();
  let listTimer: NodeJS.Timeout | null = null;
  const listChanged = () => {
    listTimer ??= setTimeout(() => {
      listTimer = null;
      deps.onListChanged();
    }, LIST_MS);
  };
  const tellStates = () => {
    for (const [session, told] of going) {
      const { log, exchange } = session;
      if (told === exchange.state) continue;
      going.set(session, exchange.state);
      deps.onStatus({ sessionId: log.sessionId, status: statusOfExchange(exchange) });
    }
  };

  const taps = createTapService({
    specs: await readSpecs(file.read, deps),
    save: (specs) => file.save({ version: 1, taps: specs }),
    store: deps.store,
    byteText: deps.byteText,
    clock,
    openUpstream: createUpstream({
      nowMs: clock.nowMs,
      byteText: deps.byteText,
      systemProxy: deps.systemProxy,
    }),
    onSession(session) {
      const { log, exchange, ended, stop } = session;
      const status = () => statusOfExchange(exchange);
      deps.follow({ log, startedAtMs: clock.nowMs(), status, stop, ended });
      going.set(session, '');
      tellStates();
      listChanged();
      void ended.then(() => {
        tellStates();
        going.delete(session);
        listChanged();
      });
    },
    onStatus(list) {
      tellStates();
      deps.onTaps(list);
    },
    onFault: deps.onFault,
  });
  void taps.startAll();

  return {
    taps,
    async close() {
      await taps.close();
      if (listTimer) clearTimeout(listTimer);
      await file.flush();
    },
  };
}

async function readSpecs(
  read: () => Promise<unknown>,
  { path, say }: Pick<TapHostDeps, 'path' | 'say'>,
): Promise<readonly TapSpec[]> {
  try {
    const stored = (await read()) as { readonly taps?: unknown } | undefined;
    return stored === undefined ? [] : tapSpecs(stored.taps);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(
      `The taps in ${path} could not be read (${why}), so there are none. The file is replaced when you make one.`,
    );
    return [];
  }
}
