/** Starts the feeding server and hands out runs. The server's bytes are made anew here to check what arrived. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { streamBlock, streamBytes } from './streams.mjs';

/** `{ origin, run, close }`. */
export async function startFeed() {
  const child = fork(join(import.meta.dirname, 'server.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve).once('error', reject);
    child.once('exit', (code) => reject(new Error(`The feeding server ended with code ${code}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  const made = new Map();
  let runs = 0;

  function contentOf(stream) {
    if (!made.has(stream)) made.set(stream, streamBlock(stream));
    return made.get(stream);
  }

  return {
    origin,
    /** A stream that can be read once: `{ url, events, bytes, content, report }`. */
    run({ stream = 'chat', write = 'coalesced', events, rate = 0, holdMs = 0 }) {
      const id = (runs += 1);
      const query = new URLSearchParams({ run: id, stream, write, events, rate, holdMs });
      const content = contentOf(stream);
      return {
        url: `${origin}/stream?${query}`,
        events,
        content,
        bytes: streamBytes(content, events),
        report: async () => (await fetch(`${origin}/report?run=${id}`)).json(),
      };
    },
    close: () => void child.kill(),
  };
}
