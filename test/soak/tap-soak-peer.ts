/**
 * Both ends of the soak of a tap, in a process of their own: a server that numbers the events of each stream, and the clients that
 * read them through the tap, count, drop some and ask again. `tap-soak-peer SETTINGS_JSON`, with an IPC channel.
 */
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../support/seeded-random.ts';
import type { FromPeer, StreamCount, TapSoakSettings, ToPeer } from './tap-soak-report.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as TapSoakSettings;
const random = seededRandom(settings.seed);
/** By the number of the stream, which is in its path. */
const counts = new Map<number, StreamCount>();
const faults: string[] = [];
const open = new Map<number, ServerResponse>();
let streams = 0;
let finishing = false;

const PADDING = 'abcdefghij é 狐 '.repeat(12);
const server = http.createServer((request, response) => {
  const number = Number(/\d+/.exec(request.url ?? '')?.[0]);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  open.set(number, response);
  response.on('close', () => open.delete(number));
  // Asked for just before the end.
  if (finishing) response.end();
});
const pace = setInterval(() => {
  for (const [number, response] of open) {
    const count = counts.get(number);
    if (!count || response.writableNeedDrain) continue;
    response.write(`id: ${count.sent}\ndata: {"stream":${number},"n":${count.sent},"text":"${PADDING}"}\n\n`);
    count.sent += 1;
  }
}, 1000 / settings.eventsPerSecond);

function read(origin: string): void {
  streams += 1;
  const number = streams;
  const count: StreamCount = { sent: 0, received: 0, dropped: false };
  counts.set(number, count);
  let text = '';
  const request = http.get(`${origin}/streams/${number}`, { agent: false }, (answer) => {
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const expected = `id: ${count.received}\ndata: {"stream":${number},"n":${count.received},"text":"${PADDING}"}`;
        if (text.slice(0, end) !== expected)
          faults.push(`Stream ${number}: event ${count.received} is not what was sent`);
        count.received += 1;
        text = text.slice(end + 2);
      }
    });
  });
  const again = (): void => {
    if (!finishing) return read(origin);
    readers -= 1;
    if (readers === 0) finished();
  };
  request.on('error', (error) => {
    if (!count.dropped) faults.push(`Stream ${number}: ${error.message}`);
  });
  request.on('close', again);
  // On average `dropMs` after it began, if the soak lasts so long.
  const dropping = setTimeout(
    () => {
      if (finishing) return;
      count.dropped = true;
      request.destroy();
    },
    settings.dropMs * (0.2 + 1.6 * random()),
  );
  request.on('close', () => clearTimeout(dropping));
}

let readers = 0;
function tell(message: FromPeer): void {
  process.send?.(message);
}
function finished(): void {
  clearInterval(pace);
  server.close();
  tell({ kind: 'finished', streams: [...counts], faults });
}

process.on('message', (message: ToPeer) => {
  if (message.kind === 'read') {
    for (; readers < settings.connections; readers += 1) read(message.origin);
  } else {
    finishing = true;
    for (const response of open.values()) response.end();
  }
});
server.listen(0, '127.0.0.1', () =>
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
);
