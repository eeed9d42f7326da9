/**
 * One connection of a client to a tap, and the one to the server that belongs to it. What comes from one side goes to the other at
 * once, and only then is looked at; ends, resets and back-pressure pass in both directions. Because both belong to each other, what
 * HTTP says of a connection (keep-alive, upgrades, 100-continue) is true of both and passes unchanged.
 */
import type { Socket } from 'node:net';
import { readBodyAs } from '../../shared/connection/body-rules.ts';
import type { Failure } from '../../shared/connection/types.ts';
import { requestBody, responseBody } from '../../shared/tap/http1-body.ts';
import { fieldValues, HeadFault, requestLine, statusLine } from '../../shared/tap/http1-head.ts';
import { createMessageReader } from '../../shared/tap/http1-reader.ts';
import { reframedResponse, turnedRedirect } from '../../shared/tap/passed-head.ts';
import { accessOf } from '../../shared/tap/tap-access.ts';
import { explanation, NO_PROXY, ruledAnswer, TURNED, type TapAnswer } from '../../shared/tap/tap-answer.ts';
import { failureOf } from '../connections/http-failure.ts';
import { createSocketWatch } from '../connections/socket-watch.ts';
import { readable, startExchange, type Exchange } from './exchange-start.ts';
import { createFlow } from './flow.ts';
import type { PassageDeps } from './passage-deps.ts';
import { createRuledBody } from './ruled-body.ts';
import { sayAnswer } from './say-answer.ts';
import { createServerSide } from './server-side.ts';

export interface TapConnection {
  /** Ends both sides. */
  close(why: string): void;
}

const MAX_HEAD_BYTES = 256 * 1024;
const NOTHING = new Uint8Array(0);

export function serveConnection(client: Socket, deps: PassageDeps): TapConnection {
  const { target, byteText, nowMs } = deps;
  const watch = createSocketWatch();
  let exchange: Exchange | null = null;
  /** Bytes of the client that have not been looked at. */
  let pending: Uint8Array = NOTHING;
  /** Bytes of another protocol go both ways. */
  let tunnel = false;
  /** Nothing is passed on any more. */
  let over = false;
  let clientEnded = false;
  let serverGone = false;
  /** What the server sends is not understood: it is passed on until the end. */
  let opaque = false;
  let arrivedMs = 0;
  /** A response without a length has come to its end, and rules hold the last of it. */
  let ruledEnded = false;

  const flow = createFlow(client, () => server.stream);
  const server = createServerSide({
    open: () => deps.openUpstream(target, deps.spec().transport),
    watch,
    write: flow.toServer,
    onData: (bytes) => fromServer(bytes),
    onEnd: () => serverEnded(),
    onDrain: flow.serverDrained,
    onLost: (error) => serverLost(error),
    onOpenFailed(error) {
      const failure = failureOf(error, target.origin, 'connecting');
      finish('failed', failure.message, failure);
      answer(explanation(502, failure.code, failure.message));
    },
  });
  const toClient = (bytes: Uint8Array) => {
    if (!client.destroyed && !client.writableEnded) flow.toClient(bytes);
  };

  const finish = (how: 'complete' | 'failed' | 'stopped', why: string, failure: Failure | null = null) => {
    const ended = exchange;
    exchange = null;
    ended?.ruled?.close();
    ended?.trace.end({ how, failure, why });
  };
  const finishWhole = () => {
    if (!exchange?.requestDone || !exchange.responseDone) return;
    finish('complete', 'The answer is complete');
    if (clientEnded || serverGone) return hangUp();
    flow.holdClient(false);
    drive();
  };
  /** Nothing is under way: both sides go. */
  const hangUp = () => {
    over = true;
    server.destroy();
    client.end();
  };
  const answer = (of: TapAnswer) => {
    over = true;
    sayAnswer(client, of);
    server.destroy();
    flow.holdClient(false);
  };

  const requests = createMessageReader(byteText, MAX_HEAD_BYTES, {
    head(head) {
      const { method, target: asked } = requestLine(head);
      const shape = requestBody(head);
      const access = accessOf(head, asked, { token: deps.token });
      if (!access.ok || method === 'CONNECT') {
        const status = access.ok ? 405 : access.status;
        deps.onRefused(method, asked, status);
        answer(explanation(status, 'access', access.ok ? NO_PROXY : access.message));
        return shape;
      }
      Object.assign(watch, { informational: [], trailers: [], reused: server.stream !== null });
      const pause = () => flow.holdServer('log', true);
      const resume = () => flow.holdServer('log', false);
      exchange = startExchange(deps, head, access.target, watch, { pause, resume });
      if (exchange.answer) {
        const { status, body } = exchange.answer;
        finish('complete', `A rule of the tap answered ${status}`);
        answer(ruledAnswer(status, body));
      } else {
        server.sendHead(exchange.head);
      }
      return shape;
    },
    wire: (bytes) => void (over || server.send(bytes)),
    payload: (bytes) => exchange?.trace.requestPayload(bytes),
    end() {
      if (!exchange) return;
      exchange.requestDone = true;
      finishWhole();
    },
  });

  const drive = (): void => {
    while (pending.length > 0 && !over) {
      if (tunnel) {
        server.send(pending);
        pending = NOTHING;
        return;
      }
      // What is sent ahead (pipelining) waits for the answer before.
      if (exchange?.requestDone) return flow.holdClient(true);
      try {
        pending = pending.subarray(requests.push(pending));
      } catch (error) {
        if (!(error instanceof HeadFault)) throw error;
        finish('failed', `The request is not HTTP: ${error.message}`);
        answer(explanation(400, 'request', `the request cannot be passed on: ${error.message}.`));
      }
    }
  };

  const responses = createMessageReader(byteText, MAX_HEAD_BYTES, {
    beginsWith: 'HTTP/',
    head(head, raw) {
      const running = exchange;
      const { status, statusText, version } = statusLine(head);
      if (!running || (status < 200 && status !== 101)) {
        toClient(raw);
        watch.informational.push({ status, headers: readable(head), atMs: nowMs() });
        return 'interim';
      }
      running.headSeen = true;
      const { trace, path } = running;
      const shape = responseBody(head, running.method);
      const told = { status, statusText, version, headers: readable(head) };
      const turned = deps.spec().rewriteLocation ? turnedRedirect(head, target, deps.address()) : null;
      const rules = shape.kind === 'none' || shape.kind === 'tunnel' ? [] : deps.rules.forEvents(path);
      const framing = rules.length === 0 ? null : readBodyAs('auto', told).framing;
      const chunked = running.version === 'HTTP/1.1';
      // The head goes on first; what is recorded of it comes behind.
      if (framing !== null) toClient(Buffer.from(reframedResponse(head, running.version), 'latin1'));
      else toClient(turned === null ? raw : Buffer.from(turned, 'latin1'));
      trace.head(told);
      if (turned !== null) trace.mark({ what: 'location-changed', message: TURNED, event: null });
      if (framing !== null) {
        const holdServer = (full: boolean) => flow.holdServer('gate', full);
        const onDone = () => responseOver(running);
        const { headers } = told;
        const passing = { deps, headers, framing, rules, chunked, trace, toClient, holdServer };
        running.ruled = createRuledBody({ ...passing, onDone, onCut: cut });
      }
      if (shape.kind === 'tunnel') {
        tunnel = true;
        trace.upgraded(fieldValues(head, 'upgrade').join(', '));
        flow.holdClient(false);
        drive();
      }
      return shape;
    },
    wire(bytes) {
      if (!exchange?.ruled) toClient(bytes);
    },
    payload(bytes) {
      if (!exchange) return;
      if (tunnel) return exchange.trace.tunnelled(bytes.length);
      exchange.trace.payload(bytes, arrivedMs);
      exchange?.ruled?.push(bytes, arrivedMs);
    },
    end(trailers) {
      watch.trailers = [...trailers];
      if (exchange?.ruled) exchange.ruled.end(trailers);
      else if (exchange) responseOver(exchange);
    },
  });

  const responseOver = (of: Exchange) => {
    of.responseDone = true;
    // Where the length was taken out and the client knows no chunks, or the server closes: the end says that it is over.
    const closes = of.ruled !== null && (of.version !== 'HTTP/1.1' || responses.untilClose);
    if (!closes) return finishWhole();
    finish('complete', 'The answer is complete');
    hangUp();
  };
  const cut = (how: 'end' | 'reset') => {
    finish('stopped', 'A rule of the tap ended the connection');
    over = true;
    server.destroy();
    flow.close(how);
  };

  const fromServer = (bytes: Buffer) => {
    if (over) return;
    arrivedMs = nowMs();
    if (opaque || !exchange) return toClient(bytes);
    try {
      let at = 0;
      while (at < bytes.length && !isOver()) at += responses.push(at === 0 ? bytes : bytes.subarray(at));
      if (at < bytes.length && !isOver(true)) toClient(bytes.subarray(at));
    } catch (error) {
      if (!(error instanceof HeadFault)) throw error;
      opaque = true;
      toClient(responses.rest(bytes));
      const message = `What ${target.authority} answered is not HTTP: ${error.message}. It was passed on as it came.`;
      finish('failed', message, { code: 'other', message });
    }
  };
  /** Whether there is no exchange that more bytes could belong to; `wholly`: nor a client for them. */
  const isOver = (wholly = false) => over || (!wholly && exchange === null);

  const serverEnded = () => {
    serverGone = true;
    if (over || rulesGoOn()) return;
    if (exchange && responses.untilClose) {
      if (exchange.ruled) {
        ruledEnded = true;
        return exchange.ruled.end([]);
      }
      finish('complete', tunnel ? 'The connection was closed' : 'The server ended the answer');
    } else if (exchange) {
      // Perhaps a part of a head.
      toClient(responses.rest(NOTHING));
      brokenOff(null);
    }
    over = true;
    flow.close('end');
  };
  /** A whole response that rules hold back goes on without its server. */
  const rulesGoOn = () => !!exchange?.ruled && (ruledEnded || !responses.inside);
  const serverLost = (error: Error | null) => {
    serverGone = true;
    if (over || rulesGoOn()) return;
    over = true;
    if (exchange) brokenOff(error);
    flow.close(error ? 'reset' : 'end');
  };
  const brokenOff = (error: Error | null) => {
    if (tunnel) return finish('complete', 'The connection was closed');
    if (clientEnded) return finish('stopped', 'The client closed the connection');
    const cause = error ?? Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' });
    const failure = failureOf(cause, target.origin, exchange?.headSeen ? 'reading-body' : 'awaiting-head');
    finish('failed', failure.message, failure);
  };

  let wasReset = false;
  client.setNoDelay(true);
  client.on('data', (chunk: Buffer) => {
    if (over) return;
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    drive();
  });
  client.on('end', () => {
    clientEnded = true;
    if (over) return;
    if (exchange) server.end();
    else hangUp();
  });
  client.on('drain', flow.clientDrained);
  client.on('error', () => (wasReset = true));
  client.on('close', () => {
    if (exchange) finish(tunnel ? 'complete' : 'stopped', 'The client closed the connection');
    over = true;
    server.destroy(wasReset);
  });

  return {
    close(why) {
      if (exchange) finish('stopped', why);
      over = true;
      server.destroy();
      client.destroy();
    },
  };
}
