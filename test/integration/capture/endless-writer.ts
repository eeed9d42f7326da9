/**
 * A program that records events as fast as it can until it is killed: `node endless-writer.mjs FOLDER BATCH DELAY_MS`. After
 * each socket read it prints how many events it has appended, and when.
 */
import { writeSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { recordFolder } from '../../../src/main/capture/record-folder.ts';
import { createSyncRound } from '../../../src/main/capture/sync-round.ts';
import { createRecorder } from '../../../src/shared/session/recorder.ts';
import { attemptStart, responseHead } from '../../support/attempt-entries.ts';

const [folder = '', batch = '1', delayMs = '0'] = process.argv.slice(2);

const { log } = await recordFolder({
  folder,
  sessionId: 'session',
  session: { name: '', method: 'GET', url: 'http://127.0.0.1/', endpointId: null, startedAt: Date.now() },
  onFailure(error) {
    throw error;
  },
  syncRound: createSyncRound(),
});
const recorder = createRecorder({ log, byteText: createNodeByteText() });
recorder.entry(attemptStart(1), 0);
recorder.entry(responseHead(1), 0);
recorder.beginBody(1, 'sse');
for (let count = 0; ;) {
  let text = '';
  for (let at = 0; at < Number(batch); at += 1) text += `id: ${count}\ndata: {"number":${count++}}\n\n`;
  recorder.read(Buffer.from(text), performance.now());
  writeSync(1, `${count} ${performance.now()}\n`);
  await log.drained();
  // Socket reads come one a turn of the event loop, too.
  await (delayMs === '0' ? nextTurn() : sleep(Number(delayMs)));
}
