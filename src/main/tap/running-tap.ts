/** A tap that runs: its listening socket, its connections, the requests that passed through it lately. */
import { randomBytes } from 'node:crypto';
import net, { type Server } from 'node:net';
import type { Clock } from '../../shared/base/clock.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type { SessionLog } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createRuleBook } from '../../shared/tap/rule-book.ts';
import { TOKEN_PATH } from '../../shared/tap/tap-access.ts';
import { isLoopbackBind, tapName, type TapSpec } from '../../shared/tap/tap-spec.ts';
import type { TapExchange } from '../../shared/tap/tap-state.ts';
import { readTarget } from '../../shared/tap/target-url.ts';
import { createExchangeTrace } from './exchange-trace.ts';
import { createHeldEvents, type HeldEvents } from './held-events.ts';
import { addressOf, listenProblem } from './listening.ts';
import type { PassageDeps } from './passage-deps.ts';
import { serveConnection, type TapConnection } from './tap-connection.ts';
import type { OpenUpstream } from './upstream-way.ts';

export interface RunningTapDeps {
  readonly store: Pick<CaptureStore, 'create' | 'finish'>;
  readonly byteText: ByteText;
  readonly clock: Clock;
  readonly openUpstream: OpenUpstream;
  /** A session of the tap is open; `ended` resolves when it is in its files, `stop` ends its request. */
  readonly onSession: (session: TapSession) => void;
  /** Something about a request or the state changed; often. */
  readonly onChanged: () => void;
  readonly onHeldChanged: () => void;
  readonly onFault: (what: string, error: unknown) => void;
}

export interface TapSession {
  readonly log: SessionLog;
  readonly exchange: TapExchange;
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

export interface RunningTap {
  readonly port: number;
  /** What programs are given as their base URL. */
  readonly address: string;
  readonly requests: number;
  readonly open: number;
  readonly held: HeldEvents;
  /** Newest first. */
  exchanges(): readonly TapExchange[];
  /** Other rules and limits from now on; where it listens and leads stays. */
  change(spec: TapSpec): void;
  /** Ends all connections; resolves when every session is in its files. */
  stop(why?: string): Promise<void>;
}

/** Requests that the list remembers; their sessions stay. */
const MAX_LISTED = 500;

/** Throws `CodedError` when it cannot listen, or the target is no address. */
export async function startTap(first: TapSpec, deps: RunningTapDeps): Promise<RunningTap> {
  const { clock, byteText } = deps;
  const read = readTarget(first.target);
  if (!read.ok) throw new CodedError('bad-arguments', read.message);
  let spec = first;
  const token = isLoopbackBind(spec.bind) ? null : randomBytes(18).toString('base64url');
  const rules = createRuleBook(spec.rules);
  const held = createHeldEvents(clock.epochMs, deps.onHeldChanged);
  const connections = new Map<TapConnection, net.Socket>();
  /** Oldest first. What a trace holds besides, such as its log, goes with its request. */
  let passed: TapExchange[] = [];
  const recording = new Set<Promise<void>>();
  let requests = 0;

  const server = net.createServer({ allowHalfOpen: true, noDelay: true });
  const port = await listen(server, spec);
  const origin = `http://${addressOf(spec.bind, port)}`;
  const address = token === null ? origin : `${origin}${TOKEN_PATH}${token}`;

  const begin: (connection: () => TapConnection | undefined) => PassageDeps['begin'] =
    (connection) => (request, watch, flow) => {
      requests += 1;
      let recorded: () => void = () => {};
      const ended = new Promise<void>((resolve) => (recorded = resolve));
      recording.add(ended);
      void ended.then(() => recording.delete(ended));
      const trace = createExchangeTrace(
        {
          id: requests,
          store: deps.store,
          byteText,
          clock,
          secrets: token === null ? [] : [token],
          tapName: tapName(spec),
          maxRequestBytes: spec.maxRequestBytes,
          maxAnswerBytes: spec.maxAnswerBytes,
          onOpened: (log) =>
            deps.onSession({
              log,
              exchange: trace.exchange,
              ended,
              stop: () => connection()?.close('You stopped it'),
            }),
          onChanged: deps.onChanged,
          onRecorded: recorded,
          onFault: deps.onFault,
        },
        request,
        watch,
        flow,
      );
      passed.push(trace.exchange);
      if (passed.length > MAX_LISTED * 2) passed = passed.slice(-MAX_LISTED);
      deps.onChanged();
      return trace;
    };

  server.on('connection', (socket) => {
    let connection: TapConnection | undefined = undefined;
    connection = serveConnection(socket, {
      spec: () => spec,
      target: read.target,
      token,
      address: () => address,
      byteText,
      nowMs: clock.nowMs,
      rules,
      holds: held,
      openUpstream: deps.openUpstream,
      begin: begin(() => connection),
      onRefused: deps.onChanged,
    });
    const served = connection;
    connections.set(served, socket);
    socket.on('close', () => connections.delete(served));
  });

  return {
    port,
    address,
    held,
    get requests() {
      return requests;
    },
    get open() {
      return passed.filter(({ state }) => state === 'waiting' || state === 'open').length;
    },
    exchanges: () =>
      passed
        .slice(-MAX_LISTED)
        .reverse()
        .map((exchange) => ({ ...exchange })),
    change(next) {
      spec = next;
      rules.change(next.rules);
    },
    async stop(why = 'The tap was stopped') {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of [...connections.keys()]) connection.close(why);
      await Promise.all([closed, ...recording]);
    },
  };
}

/** Resolves with the port. Throws `CodedError`. */
async function listen(server: Server, { port, bind }: TapSpec): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CodedError('busy', listenProblem(error, bind, port))),
    );
    server.listen({ port, host: bind }, () => resolve());
  });
  // An accept that fails, as without file descriptors, costs that client and nobody else.
  server.removeAllListeners('error');
  server.on('error', () => {});
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
