/**
 * Makes a session folder of any number of events the way a recording does: through the recorder and the log, read by read. Run
 * as a bundle in a process of its own, which prints nothing and ends when the folder is closed:
 *
 *   node make-session.cjs FOLDER EVENTS
 *
 * The stream is that of the other benchmarks, as one attempt that stays open to its end, 1000 reads a second.
 */
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { recordFolder } from '../../src/main/capture/record-folder.ts';
import { createSyncRound } from '../../src/main/capture/sync-round.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { streamBlock, streamBytes } from '../feed/streams.mjs';

const READ_BYTES = 64 * 1024;
const URL = 'http://127.0.0.1/scale';
const TIMINGS = { dnsMs: null, connectMs: 1, tlsMs: null, headMs: 2, firstByteMs: 2 };

const [folder, count] = process.argv.slice(2);
// A rejection ends the process with an error.
void make(folder, Number(count));

async function make(target, events) {
  const recording = await recordFolder({
    folder: target,
    sessionId: 'scale',
    session: { name: 'Scale', method: 'GET', url: URL, endpointId: null, startedAt: Date.now() },
    onFailure: (error) => {
      throw error;
    },
    syncRound: createSyncRound(),
  });
  const recorder = createRecorder({ log: recording.log, byteText: createNodeByteText() });
  recorder.entry(attemptStart(), 0);
  recorder.entry(responseHead(), 2);
  recorder.beginBody(1, 'sse');
  const made = streamBlock('chat');
  const total = streamBytes(made, events);
  let atMs = 2;
  for (let at = 0; at < total;) {
    const from = at % made.block.length;
    const length = Math.min(READ_BYTES, made.block.length - from, total - at);
    recorder.read(made.block.subarray(from, from + length), (atMs += 1));
    at += length;
    await recorder.drained();
  }
  recorder.endBody(atMs);
  recorder.entry(attemptEnd(total), atMs + 1);
  await recording.finish('ended');
  await recording.closeFiles();
}

function attemptStart() {
  return {
    kind: 'attempt-start',
    attempt: 1,
    method: 'GET',
    url: URL,
    headers: [['accept', 'text/event-stream']],
    body: '',
    lastEventId: '',
    why: 'You connected',
  };
}

function responseHead() {
  return {
    kind: 'response-head',
    attempt: 1,
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'text/event-stream']],
    url: URL,
    httpVersion: '1.1',
    remoteAddress: '127.0.0.1:80',
    timings: TIMINGS,
    accepted: true,
  };
}

function attemptEnd(bytes) {
  return {
    kind: 'attempt-end',
    attempt: 1,
    how: 'end-of-stream',
    failure: null,
    wireBytes: bytes,
    bodyBytes: bytes,
    timings: TIMINGS,
  };
}
