/**
 * The whole app without Electron: real services, sockets, files and samples over a transport inside the process. Everything that
 * crosses is copied as Electron copies it. For integration tests, and for the built window in an ordinary browser.
 */
import type { AlertNotice } from '../../src/main/alerts/alerts.ts';
import type { AppHost } from '../../src/main/app-host.ts';
import { createAppServices } from '../../src/main/app-services.ts';
import { createClient } from '../../src/shared/ipc/client.ts';
import type { Client, FeedName, Payload, Transport } from '../../src/shared/ipc/contract.ts';

export interface InProcessApp {
  /** Of the page that is open from the start. */
  readonly transport: Transport;
  readonly client: Client;
  /** Opens another page, as a reload does; the one before goes on until `leave`. */
  visit(): { readonly transport: Transport; readonly client: Client; leave(): void };
  /** What the app told the user by itself. */
  readonly said: readonly string[];
  /** What the desktop was told of sessions. */
  readonly notices: readonly AlertNotice[];
  /** What broke; a test that expects none checks that it is empty. */
  readonly faults: readonly unknown[];
  /** Ends the app as quitting does. */
  close(): Promise<void>;
}

export interface InProcessOptions {
  readonly dataFolder: string;
  readonly openUrl?: string;
  readonly openFolder?: string;
  readonly openFiles?: readonly string[];
  /** Answers the dialog for a folder. Default: it is cancelled. */
  readonly askFolder?: AppHost['askFolder'];
  /** Answers the dialog for a file. Default: it is cancelled. */
  readonly askFile?: AppHost['askFile'];
  /** Default: there is no proxy. */
  readonly systemProxy?: AppHost['systemProxy'];
  /** Answers the save dialog. Default: it is cancelled. */
  readonly askPlace?: AppHost['askPlace'];
  readonly reveal?: AppHost['reveal'];
}

export async function startInProcessApp(options: InProcessOptions): Promise<InProcessApp> {
  const said: string[] = [];
  const notices: AlertNotice[] = [];
  const faults: unknown[] = [];
  const services = await createAppServices({
    about: { version: '0.0.0-test', electron: 'none', platform: process.platform },
    dataFolder: options.dataFolder,
    openUrl: options.openUrl ?? null,
    openFolder: options.openFolder ?? null,
    openFiles: options.openFiles ?? [],
    searchWorker: null,
    askFolder: options.askFolder ?? (async () => null),
    askFile: options.askFile ?? (async () => null),
    systemProxy: options.systemProxy ?? (async () => 'DIRECT'),
    askPlace: options.askPlace ?? (async () => null),
    cipher: null,
    reveal: options.reveal ?? (() => undefined),
    say: (message) => said.push(message),
    notify: (notice) => notices.push(notice),
    onUi: () => undefined,
    onFault: (...fault) => faults.push(fault),
  });

  function visit() {
    const listeners = new Set<(name: string, payload: unknown) => void>();
    const { dispatch, close } = services.openVisit((name, payload) => {
      const copy = structuredClone(payload);
      // Later, as a message of another process.
      setImmediate(() => {
        for (const listener of [...listeners]) listener(name, copy);
      });
    });
    const transport: Transport = {
      invoke: async (name, args) => structuredClone(await dispatch(name, structuredClone(args))),
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    return { transport, client: createClient(transport), leave: close };
  }

  const { transport, client } = visit();
  return { transport, client, visit, said, notices, faults, close: services.close };
}

/** The first payload of a feed that passes; to be called before what brings it about. */
export function nextPayload<N extends FeedName>(
  client: Client,
  name: N,
  passes: (payload: Payload<N>) => boolean,
): Promise<Payload<N>> {
  return new Promise((resolve) => {
    const end = client.on(name, (payload) => {
      if (!passes(payload)) return;
      end();
      resolve(payload);
    });
  });
}
