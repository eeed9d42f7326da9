/** The bytes of a body without times, such as a saved file, as a session: each frame is one read, and one gap after the one before. */
import type { ResponseHeadEntry } from '../session/entry.ts';
import type { SessionLog } from '../session/log.ts';
import { createRecorder } from '../session/recorder.ts';
import { createBodyReader } from '../sse/body-reader.ts';
import type { ByteText } from '../sse/byte-text.ts';
import type { Framing } from '../sse/framing.ts';
import { FRAMING_TYPES } from './head-for-replay.ts';

export interface PlainBodyOptions {
  readonly log: SessionLog;
  readonly byteText: ByteText;
  readonly framing: Framing;
  readonly gapMs: number;
}

export async function recordPlainBody(
  chunks: AsyncIterable<Uint8Array>,
  { log, byteText, framing, gapMs }: PlainBodyOptions,
): Promise<void> {
  const recorder = createRecorder({ log, byteText, lastEventId: '' });
  const start = { method: 'GET', url: '/', headers: [], body: '', lastEventId: '', why: 'A file is played' };
  recorder.entry({ kind: 'attempt-start', attempt: 1, ...start }, 0);
  recorder.entry({ ...HEAD, headers: [['content-type', FRAMING_TYPES[framing]]], framing }, 0);
  recorder.beginBody(1, framing);
  let atMs = 0;
  const frames = createBodyReader({
    byteText,
    onFrame() {
      atMs += gapMs;
      recorder.read(frames.frameBytes().slice(), atMs);
    },
    // The LF of a CRLF that was cut in two.
    onExtend: () => recorder.read(LF, atMs),
  });
  frames.begin(0, framing);
  for await (const chunk of chunks) {
    frames.push(chunk);
    await recorder.drained();
  }
  frames.end();
  recorder.endBody(atMs);
  await recorder.drained();
}

const NOT_MEASURED = {
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  headMs: null,
  firstByteMs: null,
};

const HEAD: ResponseHeadEntry = {
  kind: 'response-head',
  attempt: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  url: '/',
  httpVersion: '1.1',
  remoteAddress: null,
  timings: NOT_MEASURED,
  accepted: true,
};

const LF = Uint8Array.of(10);
