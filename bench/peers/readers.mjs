/**
 * What reading is compared with, on the same runtime: node:http that counts bytes, the same with eventsource-parser that counts
 * events, undici that counts bytes, and its EventSource. Bundled as CommonJS, so that any runtime can load it, Electron's main process included.
 * As a program, `WHAT URL [EVENTS]` prints one line of JSON.
 */
import { File } from 'node:buffer';
import http from 'node:http';
import { createParser } from 'eventsource-parser';

/** Each resolves to `{ events, bytes, ms }`; `ms` counts from the response head to the last byte. */
export const readers = {
  http: (url) => read(url, (tally) => (bytes) => void (tally.bytes += bytes.length)),
  parser: (url) =>
    read(url, (tally) => {
      const decoder = new TextDecoder();
      const parser = createParser({ onEvent: () => void (tally.events += 1) });
      return (bytes) => {
        tally.bytes += bytes.length;
        parser.feed(decoder.decode(bytes, { stream: true }));
      };
    }),
  undici: countByUndici,
  undiciEventSource: readByUndici,
};

function read(url, begin) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (response) => {
      const tally = { events: 0, bytes: 0, ms: 0 };
      const startMs = performance.now();
      response.on('data', begin(tally));
      response.on('error', reject);
      response.on('end', () => resolve({ ...tally, ms: performance.now() - startMs }));
    });
    request.on('error', reject);
  });
}

async function countByUndici(url) {
  // What undici takes for granted and Node 18 does not have.
  globalThis.File ??= File;
  const { Client } = await import('undici');
  const { origin, pathname, search } = new URL(url);
  const client = new Client(origin, { bodyTimeout: 0 });
  return new Promise((resolve, reject) => {
    const tally = { events: 0, bytes: 0, ms: 0 };
    let startMs = 0;
    client.dispatch(
      { path: pathname + search, method: 'GET' },
      {
        onRequestStart() {},
        onResponseStart: () => void (startMs = performance.now()),
        onResponseData: (_controller, chunk) => void (tally.bytes += chunk.length),
        onResponseEnd: () => resolve({ ...tally, ms: performance.now() - startMs }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

async function readByUndici(url, expected) {
  globalThis.File ??= File;
  const { EventSource } = await import('undici');
  return new Promise((resolve, reject) => {
    const source = new EventSource(url);
    let events = 0;
    let startMs = 0;
    source.onopen = () => (startMs = performance.now());
    source.onmessage = () => {
      events += 1;
      if (events < expected) return;
      source.close();
      resolve({ events, bytes: 0, ms: performance.now() - startMs });
    };
    source.onerror = () => events < expected && reject(new Error(`It broke off after ${events} events`));
  });
}

const [what, url, events] = process.argv.slice(2);
if (what in readers && url?.startsWith('http://')) {
  const expected = Number(events);
  readers[what](url, expected).then((tally) =>
    process.stdout.write(`${JSON.stringify({ ...tally, events: tally.events || expected })}\n`),
  );
}
