/** How long events take to a reader, without a proxy and through some, in the same moments: one write an event, a few ms apart. */
import http from 'node:http';

const PAUSE_MS = 4;
/** Readers of these first events have just connected. */
const WARM_UP = 50;

/**
 * Resolves to `{ direct: [ms…], NAME: [ms…] }`, one figure an event and way. `open(origin)` gives the origin to read from by name.
 * Which reader an event is written to first changes from event to event.
 */
export async function measureDelays(events, open) {
  const responses = new Map();
  const waiting = new Map();
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const name = request.url.slice(1);
    responses.set(name, response);
    waiting.get(name)?.();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const ways = { direct: origin, ...(await open(origin)) };
  const names = Object.keys(ways);
  const delays = Object.fromEntries(names.map((name) => [name, []]));
  const sent = new Map();
  const readers = names.map((name) => {
    const connected = new Promise((resolve) => waiting.set(name, resolve));
    const request = http.get(`${ways[name]}/${name}`, (answer) => {
      let text = '';
      answer.on('data', (bytes) => {
        const nowMs = performance.now();
        text += bytes;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const number = Number(/\d+/.exec(text)[0]);
          delays[name][number] = nowMs - sent.get(`${name} ${number}`);
          text = text.slice(end + 2);
        }
      });
    });
    request.on('error', () => {});
    return { connected, request };
  });
  await Promise.all(readers.map(({ connected }) => connected));

  for (let number = 0; number < events + WARM_UP; number += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(at + number) % names.length];
      sent.set(`${name} ${number}`, performance.now());
      responses.get(name).write(`data: ${number} ${'x'.repeat(240)}\n\n`);
      // The next reader must not wait for this one's turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  const whole = () =>
    names.every((name) => delays[name].filter((ms) => ms !== undefined).length === events + WARM_UP);
  while (!whole()) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const { request } of readers) request.destroy();
  for (const response of responses.values()) response.end();
  await new Promise((resolve) => server.close(resolve));
  return Object.fromEntries(names.map((name) => [name, delays[name].slice(WARM_UP)]));
}
