/**
 * The server of the soak, in a process of its own: `soak-server SEED EVENTS_PER_SECOND DROP_MS`. It numbers the events of each
 * stream, whether anybody listens or not, honours Last-Event-ID, and ends connections at random in all the ways that servers and
 * networks do. Told to finish, it stops numbering and behaves, so that everybody can catch up.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip, type Gzip } from 'node:zlib';
import { seededRandom } from '../support/seeded-random.ts';
import { hasIds, soakBlock, type FromServer, type ToServer } from './soak-stream.ts';

const [seed = '1', perSecond = '10', dropMs = '5000'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const TICK_MS = 20;

interface Client {
  readonly response: ServerResponse;
  readonly gzip: Gzip | null;
  /** The next event that it gets. */
  next: number;
}

interface Stream {
  readonly name: string;
  readonly withIds: boolean;
  /** The last number that was given. */
  head: number;
  due: number;
  readonly clients: Set<Client>;
}

const streams = new Map<string, Stream>();
const faults: Record<string, number> = {};
let finishing = false;

function streamOf(name: string): Stream {
  let stream = streams.get(name);
  if (!stream) {
    stream = { name, withIds: hasIds(Number(name)), head: 0, due: 0, clients: new Set() };
    streams.set(name, stream);
  }
  return stream;
}

function count(fault: string): void {
  faults[fault] = (faults[fault] ?? 0) + 1;
}

function send(client: Client, text: string): void {
  if (!client.gzip) return void client.response.write(text);
  client.gzip.write(text);
  client.gzip.flush();
}

function catchUp(stream: Stream, client: Client): void {
  let text = '';
  for (; client.next <= stream.head; client.next += 1) {
    text += soakBlock(stream.name, client.next, stream.withIds);
  }
  if (text !== '') send(client, text);
}

/** Each way in which a connection that is open can end. */
const ENDINGS: readonly [string, (client: Client, stream: Stream) => void][] = [
  ['clean end', (client) => (client.gzip ? client.gzip.end() : client.response.end())],
  ['cut off', (client) => client.response.destroy()],
  ['reset', (client) => client.response.socket?.resetAndDestroy()],
  [
    'cut inside an event',
    (client, stream) => {
      const block = soakBlock(stream.name, stream.head + 1, stream.withIds);
      send(client, block.slice(0, Math.floor(random() * (block.length - 2))));
      setTimeout(() => client.response.destroy(), TICK_MS);
    },
  ],
  [
    'bad chunk size',
    (client) => void client.response.socket?.write('zebra\r\n', () => client.response.destroy()),
  ],
  ['a comment and a clean end', (client) => (send(client, ': bye\n'), client.response.end())],
];

function endLater(stream: Stream, client: Client): void {
  const lasts = -Math.log(1 - random()) * Number(dropMs);
  const timer = setTimeout(() => {
    if (finishing || client.response.destroyed) return;
    const [name, end] = ENDINGS[Math.floor(random() * ENDINGS.length)] as (typeof ENDINGS)[number];
    count(name);
    stream.clients.delete(client);
    end(client, stream);
  }, lasts);
  client.response.once('close', () => clearTimeout(timer));
}

/** Refuses, redirects or delays now and then, and else answers. */
function receive(request: IncomingMessage, response: ServerResponse): void {
  response.on('error', () => undefined);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chance = finishing ? 1 : random();
  if (chance < 0.04) {
    count('reset before the head');
    return void request.socket.resetAndDestroy();
  }
  if (chance < 0.08 && !url.searchParams.has('again')) {
    count('redirect');
    return void response.writeHead(307, { location: `${url.pathname}?again=1` }).end();
  }
  if (chance < 0.12) {
    count('head that waits');
    setTimeout(() => answer(url.pathname.slice(1), request, response), random() * 500);
    return;
  }
  if (chance < 0.15) {
    count('status 503');
    return void response.writeHead(503, { 'retry-after': '0' }).end('busy');
  }
  answer(url.pathname.slice(1), request, response);
}

function answer(name: string, request: IncomingMessage, response: ServerResponse): void {
  if (response.destroyed) return;
  const stream = streamOf(name);
  const lastId = Number(request.headers['last-event-id'] ?? 0);
  const gzip = random() < 0.2 ? createGzip() : null;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.flushHeaders();
  gzip?.on('data', (bytes: Uint8Array) => void (response.destroyed || response.write(bytes)));
  gzip?.on('end', () => response.end());
  gzip?.on('error', () => undefined);
  const client: Client = { response, gzip, next: stream.withIds ? lastId + 1 : stream.head + 1 };
  stream.clients.add(client);
  response.once('close', () => {
    stream.clients.delete(client);
    gzip?.destroy();
  });
  if (random() < 0.2) send(client, `retry: ${20 + Math.floor(random() * 400)}\n\n`);
  catchUp(stream, client);
  endLater(stream, client);
}

const ticking = setInterval(() => {
  for (const stream of streams.values()) {
    stream.due += (Number(perSecond) * TICK_MS * 2 * random()) / 1000;
    const events = Math.floor(stream.due);
    stream.due -= events;
    stream.head += events;
    for (const client of stream.clients) catchUp(stream, client);
  }
}, TICK_MS);

const server = createServer(receive);
const tell = (message: FromServer): void => void process.send?.(message);

process.on('message', (message: ToServer) => {
  if (message.kind === 'finish') {
    finishing = true;
    clearInterval(ticking);
    const heads = Object.fromEntries([...streams.values()].map(({ name, head }) => [name, head]));
    tell({ kind: 'finished', heads });
    return;
  }
  server.getConnections((_error, openSockets) => tell({ kind: 'report', openSockets, faults }));
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () =>
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
);
