/** Looking through a session in a test: what a query finds, and streams to look through. */
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import type { Scans } from '../../src/main/sessions/scans.ts';
import { parseQuery, type Query } from '../../src/shared/filter/query.ts';
import { NO_ANNOTATIONS } from '../../src/shared/session/annotations.ts';
import type { SessionLog, SessionReader } from '../../src/shared/session/log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { attemptStart } from './attempt-entries.ts';

export function queryOf(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

/** Everything that a query finds, in `parts` scans one after the other. */
export async function scanned(
  scans: Scans,
  reader: SessionReader,
  text: string,
  parts = 1,
): Promise<number[]> {
  const all: number[] = [];
  let lastEventAtMs: number | null = null;
  const edges = Array.from({ length: parts + 1 }, (_, at) => Math.floor((reader.count * at) / parts));
  for (let at = 0; at < parts; at += 1) {
    const [from, to] = [edges[at] as number, edges[at + 1] as number];
    const request = { reader, query: queryOf(text), annotations: NO_ANNOTATIONS, from, to, lastEventAtMs };
    const run = scans.scan(request, (seqs) => {
      for (const seq of seqs) all.push(seq);
    });
    ({ lastEventAtMs } = await run.done);
  }
  return all;
}

/** Records streams, an attempt each, in reads of `cut` bytes. */
export function recordBodies(
  log: SessionLog,
  bodies: readonly { readonly text: string; readonly cut: number }[],
): void {
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  bodies.forEach(({ text, cut }, at) => {
    recorder.entry(attemptStart(at + 1), (atMs += 1));
    recorder.beginBody(at + 1, 'sse');
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += cut)
      recorder.read(bytes.subarray(from, from + cut), (atMs += 7));
    recorder.endBody((atMs += 1));
  });
}
