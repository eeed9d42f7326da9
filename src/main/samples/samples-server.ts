/**
 * The sample streams that the app serves to itself, on loopback and a free port, while it runs. Owns the HTTP side: routing,
 * reading bodies, writing streams with back-pressure, ending everything at `stop`. What is streamed is in the routes.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAgUiRoute } from './ag-ui-route.ts';
import { createChatRoute } from './chat-route.ts';
import { createFirehoseRoute } from './firehose-route.ts';
import { createHeartbeatRoute } from './heartbeat-route.ts';
import { createNdjsonRoute, createOllamaRoute } from './line-stream-routes.ts';
import { createLiveScoresRoute } from './live-scores-route.ts';
import { createMcpRoute } from './mcp-route.ts';
import { createOdditiesRoute } from './oddities-route.ts';
import { jsonAnswer, type SampleAnswer, type SamplePace, type SampleRoute } from './sample-route.ts';

export interface SamplesServer {
  /** Resolves when it can be reached. */
  start(): Promise<{ readonly origin: string }>;
  /** Ends every stream. Resolves when the port is free. */
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

const realPace: SamplePace = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  random: () => Math.random(),
};

export function createSamplesServer(options: { readonly pace?: SamplePace } = {}): SamplesServer {
  const pace = options.pace ?? realPace;
  const routes: readonly SampleRoute[] = [
    createLiveScoresRoute(pace),
    createChatRoute(pace),
    createMcpRoute(),
    createAgUiRoute(),
    createHeartbeatRoute(pace),
    createOdditiesRoute(),
    createFirehoseRoute(pace),
    createNdjsonRoute(),
    createOllamaRoute(pace),
  ];
  const stopping = new AbortController();

  const server = createServer((request, response) => {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.on('close', leave);
    response.on('error', leave);
    stopping.signal.addEventListener('abort', leave, { once: true });
    response.on('close', () => stopping.signal.removeEventListener('abort', leave));
    serve(request, response, gone.signal).catch((error: unknown) => {
      // A client that left is no fault; anything else must not look like a clean end.
      if (!gone.signal.aborted) response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://samples');
    const method = request.method ?? 'GET';
    const route = routes.find((one) => one.path === url.pathname);
    const body = await readBody(request);
    if (body === null) return write(response, signal, errorAnswer(413, url, 'The body is too large'));
    if (!route) return write(response, signal, errorAnswer(404, url, 'There is no sample at this path'));
    if (!route.methods.includes(method)) {
      const refusal = errorAnswer(405, url, `${method} is not allowed here`);
      const allow = { allow: route.methods.join(', ') };
      return write(response, signal, { ...refusal, headers: { ...refusal.headers, ...allow } });
    }
    const call = {
      method,
      url,
      lastEventId: utf8Header(request.headers['last-event-id']),
      body,
      signal,
      sleep: (ms: number) => pace.sleep(ms, signal),
    };
    return write(response, signal, route.answer(call));
  }

  return {
    async start() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    },
    async stop() {
      stopping.abort();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

/** Header bytes come as latin1; browsers send the last event ID as UTF-8. */
function utf8Header(value: string | string[] | undefined): string {
  return Buffer.from(String(value ?? ''), 'latin1').toString('utf8');
}

async function write(response: ServerResponse, signal: AbortSignal, answer: SampleAnswer): Promise<void> {
  const { body } = answer;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = Buffer.from(body);
    const length = answer.status === 204 ? {} : { 'content-length': bytes.length };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(bytes);
    return;
  }
  response.writeHead(answer.status, { ...answer.headers });
  response.flushHeaders();
  for await (const piece of body) {
    if (signal.aborted) return;
    if (!response.write(piece)) await once(response, 'drain', { signal });
  }
  if (answer.cutOff?.()) response.destroy();
  else response.end();
}

/** As Spring Boot words its errors. */
function errorAnswer(status: number, url: URL, message: string): SampleAnswer {
  return jsonAnswer(status, { timestamp: new Date().toISOString(), path: url.pathname, status, message });
}
