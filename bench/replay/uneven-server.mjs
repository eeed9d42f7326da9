/** A stream whose events come at uneven times, as those of a model do: bursts, pauses, and everything in between. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';

/** `{ url, close }`. It ends after `durationMs`. */
export async function startUnevenServer(durationMs) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const endMs = performance.now() + durationMs;
    let number = 0;
    const next = () => {
      number += 1;
      response.write(`id: ${number}\ndata: {"n":${number},"text":"${'word '.repeat(number % 7)}"}\n\n`);
      if (performance.now() >= endMs) response.end();
      else setTimeout(next, gapMs(number));
    };
    next();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The same each time: mostly 5 to 40 ms, now and then half a second. */
function gapMs(number) {
  if (number % 41 === 0) return 500;
  return number % 5 === 0 ? 90 : 5 + ((number * 7919) % 36);
}
