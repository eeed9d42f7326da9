/**
 * The server that feeds the benchmarks, in a process of its own: raw sockets and bytes made beforehand, so that it has nothing
 * to do but to write. A run is one stream; asking for it again is answered by 204, so that what reconnects knows to end.
 *
 *   /stream?run=ID&stream=chat&events=1000000&write=coalesced|each[&rate=10000][&holdMs=3000]   held back after the head
 *   /report?run=ID   when its head, its first and its last bytes were written, epoch milliseconds
 *   /                an empty page, of the same origin as the streams
 */
import { writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { streamBlock, streamBytes } from './streams.mjs';

const HEAD_END = '\r\n\r\n';
/** How long the server leaves a reader alone that has no room. */
const FULL_MS = 1;
const RATE_TICK_MS = 4;

/** Epoch milliseconds, with fractions. */
const now = () => performance.timeOrigin + performance.now();

const blocks = new Map();
const runs = new Map();

function blockOf(name) {
  if (!blocks.has(name)) blocks.set(name, streamBlock(name));
  return blocks.get(name);
}

function answer(socket, status, type, body) {
  const head = [`HTTP/1.1 ${status}`, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end([...head, 'Connection: close', '', body].join('\r\n'));
}

function roomIn(socket) {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle).off('close', settle);
      resolve();
    };
    socket.on('drain', settle).on('close', settle);
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whole blocks, as a fast server's buffers leave it. */
async function writeCoalesced(socket, { block }, total) {
  for (let left = total; left > 0 && !socket.destroyed; left -= block.length) {
    if (!socket.write(left < block.length ? block.subarray(0, left) : block)) await roomIn(socket);
  }
}

/** One system call an event. Past Node's streams, which would cost more than the write itself. */
async function writeEach(socket, { block, ends }, events) {
  const fd = socket._handle.fd;
  for (let number = 0; number < events && !socket.destroyed; number += 1) {
    const at = number % ends.length;
    let from = at === 0 ? 0 : ends[at - 1];
    while (from < ends[at] && !socket.destroyed) {
      try {
        from += writeSync(fd, block, from, ends[at] - from);
      } catch (error) {
        if (error.code !== 'EAGAIN') return;
        await pause(FULL_MS);
      }
    }
  }
}

/** A steady stream; each event is a write of its own. */
async function writeAtRate(socket, { block, ends }, events, rate) {
  const startMs = performance.now();
  for (let number = 0; number < events && !socket.destroyed;) {
    const due = Math.min(events, Math.ceil(((performance.now() - startMs) * rate) / 1000));
    for (; number < due; number += 1) {
      const at = number % ends.length;
      socket.write(block.subarray(at === 0 ? 0 : ends[at - 1], ends[at]));
    }
    await pause(RATE_TICK_MS);
  }
}

async function stream(socket, query) {
  const id = query.get('run');
  if (runs.has(id)) return socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  const run = { headWrittenAt: now(), startedAt: now(), endedAt: null };
  runs.set(id, run);
  socket.setNoDelay(true);
  const head = ['HTTP/1.1 200 OK', 'Content-Type: text/event-stream', 'Cache-Control: no-store'];
  socket.write(
    [...head, 'Access-Control-Allow-Origin: *', 'Connection: close', HEAD_END.slice(2)].join('\r\n'),
  );
  const made = blockOf(query.get('stream'));
  await pause(Number(query.get('holdMs') ?? 0));
  run.startedAt = now();
  const events = Number(query.get('events'));
  const rate = Number(query.get('rate') ?? 0);
  if (rate > 0) await writeAtRate(socket, made, events, rate);
  else if (query.get('write') === 'each') await writeEach(socket, made, events);
  else await writeCoalesced(socket, made, streamBytes(made, events));
  socket.end();
  run.endedAt = now();
}

function serve(socket, target) {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  if (pathname === '/stream') return stream(socket, searchParams);
  if (pathname === '/report') {
    return answer(
      socket,
      '200 OK',
      'application/json',
      JSON.stringify(runs.get(searchParams.get('run')) ?? null),
    );
  }
  return answer(socket, '200 OK', 'text/html', '<!doctype html><title>Bench</title>');
}

const server = createServer((socket) => {
  let head = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    if (head.includes(HEAD_END)) return;
    head += bytes.toString('latin1');
    if (head.includes(HEAD_END)) void serve(socket, head.split(' ', 2)[1]);
  });
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit(0));
