/** `PACKAGE URL EVENTS`: reads a stream by the npm package eventsource, whose entry is PACKAGE; prints one line of JSON. */
import { pathToFileURL } from 'node:url';

const [path, url, expected] = process.argv.slice(2);
const loaded = await import(pathToFileURL(path).href);
const EventSource = loaded.EventSource ?? loaded.default?.EventSource ?? loaded.default;
const source = new EventSource(url);
let events = 0;
let startMs = 0;
source.addEventListener('open', () => (startMs = performance.now()));
source.addEventListener('message', () => {
  events += 1;
  if (events < Number(expected)) return;
  source.close();
  process.stdout.write(`${JSON.stringify({ events, ms: performance.now() - startMs })}\n`);
});
source.addEventListener('error', () => {
  if (events >= Number(expected)) return;
  process.stderr.write(`The stream broke off after ${events} events\n`);
  process.exit(1);
});
