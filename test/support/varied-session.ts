/** A session with something of everything: every framing, every kind of frame, bodies that end in different ways. */
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import type { ResponseHeadEntry } from '../../src/shared/session/entry.ts';
import type { SessionLog } from '../../src/shared/session/log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';
import { attemptEnd, attemptStart, responseHead } from './attempt-entries.ts';
import { seededRandom } from './seeded-random.ts';

const SSE = [
  '\ufeff: hello\n\nid: 1\nevent: goal\ndata: {"minute":7}\n\n',
  'retry: 100\n\nevent: ping\n\nfoo\n\ndata: CR LF\r\n\r\ndata: CR\r\r',
  'data: 豆腐 €\ndata: two\n\n\n\nid: 2\n\nevent: card\ndata: last\n\ndata: no end',
].join('');

/** null: a body that is not read. */
const BODIES: readonly (readonly [Framing | null, string])[] = [
  ['sse', SSE],
  ['sse', SSE.replaceAll('data: ', 'data: again ')],
  [null, '<!doctype html><title>503</title>'],
  ['ndjson', '{"a":"é"}\n\n{"b":2}\n{"c":'],
  ['json-array', '[{"a":1},\r\n[2]]\n'],
  ['sse', 'data: the last\n\nevent: end\ndata:\n\n'],
];

/** Records one attempt a body, cut into socket reads at random. */
export function recordVariedSession(log: SessionLog, seed: number): void {
  const random = seededRandom(seed);
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  for (const [index, [framing, text]] of BODIES.entries()) {
    const attempt = index + 1;
    const head = responseHead(attempt, framing !== null) as ResponseHeadEntry;
    recorder.entry(attemptStart(attempt), (atMs += 1));
    recorder.entry(framing === null ? head : { ...head, framing }, (atMs += 1));
    recorder.beginBody(attempt, framing);
    const body = Buffer.from(text);
    for (let at = 0; at < body.length;) {
      const length = 1 + Math.floor(random() * 25);
      recorder.read(body.subarray(at, at + length), (atMs += 1));
      at += length;
    }
    recorder.endBody((atMs += 1));
    recorder.entry(attemptEnd(attempt), (atMs += 1));
  }
}
