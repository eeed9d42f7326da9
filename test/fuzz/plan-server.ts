/**
 * Plays plans to clients over loopback, each client of a plan from the first connection on, and keeps what it was sent as
 * Last-Event-ID and when. On many ports, because a browser opens six connections to each and no more.
 */
import { once } from 'node:events';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Plan, PlannedConnection } from './plan.ts';

export interface ServedClient {
  readonly url: string;
  /** Last-Event-ID of each request, in hex, null when it was not there. */
  readonly sentIds: readonly (string | null)[];
  /** From the end of an answer to the next request, in milliseconds. */
  readonly waitsMs: readonly number[];
  /** Frees the place. Nothing is answered at this address any more. */
  release(): void;
}

export interface PlanServer {
  /** An origin whose `/` is an empty page. */
  readonly pageOrigin: string;
  /** A place for one client of a plan; resolves when there is one. */
  serve(plan: Plan): Promise<ServedClient>;
  close(): Promise<void>;
}

/** Connections of a browser to one port. */
const PLACES_OF_A_PORT = 6;
/** So that what was sent before a truncation has been read when it comes. */
const BEFORE_TRUNCATION_MS = 250;

interface Client {
  readonly plan: Plan;
  readonly sentIds: (string | null)[];
  readonly waitsMs: number[];
  endedMs: number;
}

const HEAD = 'Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nConnection: close\r\n';
const FINALS: Readonly<Record<Plan['final'], string>> = {
  'no-content': `HTTP/1.1 204 No Content\r\n${HEAD}\r\n`,
  'server-error': `HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n${HEAD}\r\n`,
  'not-found': `HTTP/1.1 404 Not Found\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n${HEAD}\r\n`,
  'other-type': `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n${HEAD}\r\ndata: x\n\n`,
};

/** @param ports how many; six clients are served at once on each */
export async function startPlanServer(ports: number): Promise<PlanServer> {
  const clients = new Map<string, Client>();
  const sockets = new Set<net.Socket>();
  const free: string[] = [];
  const waiting: ((origin: string) => void)[] = [];
  let number = 0;

  const listen = async (): Promise<net.Server> => {
    const server = net.createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      let received = '';
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        if (received.includes('\r\n\r\n')) answer(socket, received);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  const answer = (socket: net.Socket, head: string): void => {
    const path = /^GET (\S+) /.exec(head)?.[1] ?? '';
    const client = clients.get(path);
    if (!client) {
      const page = '<!doctype html><meta charset="utf-8"><title>Streams</title>';
      const status = path === '/' ? '200 OK' : '404 Not Found';
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n${HEAD}\r\n${page}`,
      );
      return;
    }
    const id = /^last-event-id:[ \t]*(.*?)[ \t]*\r$/im.exec(head)?.[1];
    if (client.sentIds.length > 0) client.waitsMs.push(performance.now() - client.endedMs);
    client.sentIds.push(id === undefined ? null : Buffer.from(id, 'latin1').toString('hex'));
    const connection = client.plan.connections[client.sentIds.length - 1];
    if (connection) void play(socket, connection).then(() => (client.endedMs = performance.now()));
    else socket.end(FINALS[client.plan.final]);
  };

  const servers = await Promise.all(Array.from({ length: ports }, listen));
  const origins = servers.map((server) => `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`);
  for (let place = 0; place < PLACES_OF_A_PORT; place += 1) free.push(...origins);

  return {
    pageOrigin: origins[0] as string,
    async serve(plan) {
      const origin = free.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve)));
      const path = `/${(number += 1)}`;
      const client: Client = { plan, sentIds: [], waitsMs: [], endedMs: 0 };
      clients.set(path, client);
      return {
        url: origin + path,
        sentIds: client.sentIds,
        waitsMs: client.waitsMs,
        release() {
          if (!clients.delete(path)) return;
          const next = waiting.shift();
          if (next) next(origin);
          else free.push(origin);
        },
      };
    },
    async close() {
      const closed = Promise.all(servers.map((server) => once(server, 'close')));
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function play(socket: net.Socket, { writes, contentType, framing }: PlannedConnection): Promise<void> {
  const isChunked = framing !== 'until-close';
  const coding = isChunked ? 'Transfer-Encoding: chunked\r\n' : '';
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\n${coding}${HEAD}\r\n`);
  for (const bytes of writes) {
    await new Promise((resolve) => setImmediate(resolve));
    if (isChunked)
      socket.write(
        Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
      );
    else socket.write(bytes);
  }
  await new Promise((resolve) =>
    framing === 'truncated' ? setTimeout(resolve, BEFORE_TRUNCATION_MS) : setImmediate(resolve),
  );
  if (framing === 'chunked') socket.end('0\r\n\r\n');
  else socket.end();
}
