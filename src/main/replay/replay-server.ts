/**
 * One recording at one local address. Owns the HTTP side: who asks, which attempt of whom that is, and the end of everything. Each
 * request is a client with a clock of its own.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../shared/base/clock.ts';
import type { FaultPlan } from '../../shared/faults/fault.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import { createChainBook } from '../../shared/replay/client-chain.ts';
import type { ReplayOptions } from '../../shared/replay/replay-options.ts';
import type { ReplayClient, ReplayControl } from '../../shared/replay/replay-status.ts';
import { createClientClock } from './client-clock.ts';
import { isPreflight, preflightHeaders } from './cross-origin.ts';
import type { Recording } from './recording.ts';
import { createServedClient, type ServedClient } from './replay-client.ts';
import { serveRequest } from './serve-request.ts';

export interface ReplayServer {
  /** Resolves with its origin, such as "http://127.0.0.1:43210". */
  start(port: number): Promise<string>;
  /** For requests from now on. */
  use(plan: FaultPlan, options: ReplayOptions): void;
  /** `client`: its number; null: all. */
  control(action: ReplayControl, client: number | null): void;
  /** The next request of everybody is a first attempt. */
  forgetAttempts(): void;
  /** Newest first. */
  clients(): readonly ReplayClient[];
  readonly requests: number;
  readonly active: number;
  /** Ends every answer. Resolves when the port is free. */
  stop(): Promise<void>;
}

export interface ReplayServerOptions {
  readonly recording: Recording;
  readonly plan: FaultPlan;
  readonly options: ReplayOptions;
  readonly clock: Clock;
  /** Something about a client changed. */
  readonly onChange: () => void;
  /** An answer is over. */
  readonly onOver: (client: ReplayClient) => void;
}

/** Clients that are over and still told. */
const MAX_OVER = 200;
const HOST = '127.0.0.1';

interface Entry {
  readonly client: ServedClient;
  readonly number: number;
  readonly leave: () => void;
}

export function createReplayServer(deps: ReplayServerOptions): ReplayServer {
  const { recording, clock, onChange } = deps;
  let { plan, options } = deps;
  const book = createChainBook();
  let entries: Entry[] = [];
  let requests = 0;
  let active = 0;
  const server = createServer((request, response) => void answer(request, response));
  // A stream may be quiet for as long as it was.
  server.requestTimeout = 0;
  server.timeout = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.cors && isPreflight(request)) return preflight(request, response);
    if (!options.cors && !isLocalHost(request.headers.host)) return refuse(response, 403);
    if (request.method === 'GET' && request.url === '/favicon.ico') return refuse(response, 404);
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    response.on('error', leave);
    const lastEventId = utf8Header(request.headers['last-event-id']);
    const { method = 'GET', url: path = '/' } = request;
    const userAgent = request.headers['user-agent'] ?? '';
    const chain = book.begin({ key: JSON.stringify([method, path, userAgent]), lastEventId }, clock.nowMs());
    requests += 1;
    active += 1;
    const facts = { number: requests, attempt: chain.attempt, startedAt: clock.epochMs() };
    const client = createServedClient(
      { ...facts, method, path, userAgent, lastEventId },
      createClientClock(clock.nowMs, options.speed === 'step'),
    );
    entries.push({ client, number: requests, leave: () => response.destroy() });
    onChange();
    try {
      request.resume();
      if (!request.complete) await Promise.race([once(request, 'end'), once(gone.signal, 'abort')]);
      const { signal } = gone;
      const serving = { request, response, recording, plan, options, chain, client, lastEventId };
      await serveRequest({ ...serving, signal, onChange });
    } catch (error) {
      if (gone.signal.aborted) {
        client.state = 'left';
      } else {
        client.state = 'failed';
        client.note = error instanceof Error ? error.message : String(error);
        response.destroy();
      }
    } finally {
      active -= 1;
      client.isOver = true;
      book.end(chain, clock.nowMs());
      forgetOld();
      onChange();
      deps.onOver(client.snapshot());
    }
  }

  function preflight(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of preflightHeaders(request)) response.setHeader(name, value);
    response.writeHead(204).end();
  }

  function forgetOld(): void {
    let over = entries.filter(({ client }) => client.isOver).length;
    entries = entries.filter(({ client }) => !client.isOver || (over -= 1) < MAX_OVER);
  }

  return {
    async start(port) {
      server.listen(port, HOST);
      try {
        await once(server, 'listening');
      } catch (error) {
        throw listenError(error, port);
      }
      return `http://${HOST}:${(server.address() as AddressInfo).port}`;
    },
    use(nextPlan, nextOptions) {
      plan = nextPlan;
      options = nextOptions;
    },
    control(action, wanted) {
      for (const { client, number, leave } of entries) {
        if (client.isOver || (wanted !== null && number !== wanted)) continue;
        if (action === 'hold') client.clock.hold();
        else if (action === 'let-go') client.clock.letGo();
        else if (action === 'step') client.clock.step();
        else leave();
      }
      onChange();
    },
    forgetAttempts: book.forget,
    clients: () => entries.map(({ client }) => client.snapshot()).reverse(),
    get requests() {
      return requests;
    },
    get active() {
      return active;
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Without it a page could call itself by this address (DNS rebinding) and read what other pages may not. */
function isLocalHost(host = ''): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function listenError(error: unknown, port: number): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new CodedError(
      'busy',
      `Port ${port} is in use by another program. Choose another one, or 0 for any that is free.`,
    );
  if (code === 'EACCES')
    return new CodedError('busy', `Port ${port} may not be used by this user. Choose one above 1023.`);
  return error instanceof Error ? error : new Error(String(error));
}

/** Header bytes come as latin1; browsers send the last event ID as UTF-8. */
function utf8Header(value: string | string[] | undefined): string {
  return Buffer.from(String(value ?? ''), 'latin1').toString('utf8');
}
