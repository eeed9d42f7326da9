/**
 * Searches a session folder the way the app does, in threads of the shipped build, and prints what it took. Run as a bundle in a
 * process of its own:
 *
 *   node measure-search.cjs FOLDER WORKER QUERY
 *
 * Prints `{ ms, firstMs, matches, entries }` as JSON. The thread is warm: the first look, at a thousand entries, does not count.
 */
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { openFolder } from '../../src/main/capture/open-folder.ts';
import { createScanWorkers } from '../../src/main/search/scan-workers.ts';
import { parseQuery } from '../../src/shared/filter/query.ts';
import { NO_ANNOTATIONS } from '../../src/shared/session/annotations.ts';

const WARM_ENTRIES = 1000;
/** As filters ask. */
const TURN_ENTRIES = 262_144;

const [folder, workerFile, text] = process.argv.slice(2);
void measure();

async function measure() {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.message);
  const { reader, close } = await openFolder(folder, { byteText: createNodeByteText() });
  const scans = createScanWorkers({ workerFile, folderOf: () => folder });
  const { query } = parsed;
  let lastEventAtMs = null;
  const scan = async (from, to, onFound) => {
    const run = scans.scan({ reader, query, annotations: NO_ANNOTATIONS, from, to, lastEventAtMs }, onFound);
    ({ lastEventAtMs } = await run.done);
  };
  await scan(0, Math.min(WARM_ENTRIES, reader.count), () => undefined);
  lastEventAtMs = null;
  let matches = 0;
  let firstMs = null;
  const startMs = performance.now();
  for (let from = 0; from < reader.count; from += TURN_ENTRIES) {
    await scan(from, Math.min(reader.count, from + TURN_ENTRIES), (seqs) => {
      if (seqs.length > 0) firstMs ??= performance.now() - startMs;
      matches += seqs.length;
    });
  }
  const ms = performance.now() - startMs;
  process.stdout.write(JSON.stringify({ ms, firstMs, matches, entries: reader.count }));
  await scans.close();
  await close();
}
