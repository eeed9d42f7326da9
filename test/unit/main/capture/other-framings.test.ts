import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeManifest, encodeManifest } from '../../../../src/main/capture/format.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import type { ResponseHeadEntry } from '../../../../src/shared/session/entry.ts';
import { RECORD_BYTES } from '../../../../src/shared/session/index-record.ts';
import type { SessionLog, SessionReader } from '../../../../src/shared/session/log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';
import { recordsOf } from '../../../contract/session-log.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';
import { awsEvent, joinBytes } from '../../../support/aws-messages.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../../support/session-folder.ts';

const BODIES: readonly (readonly [Framing, Uint8Array])[] = [
  ['ndjson', Buffer.from('{"a":"é"}\n\n{"b":2}\n{"c":')],
  ['aws-event-stream', joinBytes([awsEvent('chunk', { a: 1 }), awsEvent('end', {})])],
  ['sse', Buffer.from('id: 1\ndata: x\n\n: hi\n')],
  ['json-array', Buffer.from('[{"a":1},\r\n[2]]\n')],
  ['json-seq', Buffer.from('\x1e{"a":1}\n\x1e{"b"\x1e3\n')],
  ['text', Buffer.from('one\ntwo')],
];

/** One attempt a body, in reads of five bytes. */
function record(log: SessionLog): void {
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  BODIES.forEach(([framing, body], index) => {
    const attempt = index + 1;
    recorder.entry(attemptStart(attempt), (atMs += 1));
    recorder.entry({ ...(responseHead(attempt) as ResponseHeadEntry), framing }, (atMs += 1));
    recorder.beginBody(attempt, framing);
    for (let at = 0; at < body.length; at += 5) recorder.read(body.subarray(at, at + 5), (atMs += 1));
    recorder.endBody((atMs += 1));
    recorder.entry(attemptEnd(attempt), (atMs += 1));
  });
}

async function contentOf(reader: SessionReader): Promise<string[]> {
  const records = await recordsOf(reader);
  return records.map((one) =>
    JSON.stringify([one, one.kindNumber === 0 ? reader.eventTypes[one.typeNumber] : '']),
  );
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;
let whole: string[];

beforeEach(async () => {
  place = await temporaryFolder({ inMemory: true });
  folder = join(place.path, 'session');
  const recording = await startRecording(folder);
  record(recording.log);
  await recording.finish('ended');
  whole = await contentOf(recording.log);
  await recording.closeFiles();
});
afterEach(() => place.remove());

async function reopened(): Promise<string[]> {
  const opened = await openRecorded(folder);
  try {
    return await contentOf(opened.reader);
  } finally {
    await opened.close();
  }
}

it('a session of bodies of every framing opens as it was recorded', async () => {
  expect(await reopened()).toEqual(whole);
});

it('its index is built again from the bytes when it is gone', async () => {
  await rm(join(folder, 'frames.idx'));
  expect((await reopened()).slice(0, whole.length)).toEqual(whole);
});

it('its index is completed from the bytes, wherever a crash cut it', async () => {
  const index = await readFile(join(folder, 'frames.idx'));
  const manifest = decodeManifest(await readFile(join(folder, 'manifest.json'), 'utf8'));
  for (let count = 0; count < whole.length; count += 1) {
    await writeFile(join(folder, 'frames.idx'), index);
    await truncate(join(folder, 'frames.idx'), count * RECORD_BYTES);
    await writeFile(join(folder, 'manifest.json'), encodeManifest({ ...manifest, sizes: null }));
    expect((await reopened()).slice(0, whole.length), `after ${count} records`).toEqual(whole);
  }
});
