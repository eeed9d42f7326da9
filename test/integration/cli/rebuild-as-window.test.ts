/** `streamscope rebuild DIR` and the window say the same of a session: each dialect's and protocol's own streams, attempt by attempt. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rebuildCommand } from '../../../src/cli/read-commands.ts';
import { createCompletionReader } from '../../../src/renderer/state/completion-reader.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { measuredAnswers } from '../../../src/shared/chat/timing/measured-answers.ts';
import { rebuiltList } from '../../../src/shared/export/rebuilt-list.ts';
import { createTestIo } from '../../support/command-io.ts';
import { startInProcessApp } from '../../support/in-process-app.ts';
import { recordAttempts, startRecording, temporaryFolder } from '../../support/session-folder.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
/** Socket reads of a prime size, so that they end anywhere. */
const READ_BYTES = 97;

const folders = ['chat', 'protocol'].flatMap((kind) =>
  readdirSync(join(FIXTURES, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${kind}/${name}`)
    .filter((path) => streamsOf(path).length > 0),
);

function streamsOf(path: string): Uint8Array[] {
  const folder = join(FIXTURES, path);
  const files = readdirSync(folder).filter((file) => file.endsWith('.sse'));
  return files.map((file) => new Uint8Array(readFileSync(join(folder, file))));
}

function readsOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / READ_BYTES);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * READ_BYTES, (at + 1) * READ_BYTES));
}

async function printed(path: string): Promise<unknown> {
  const io = createTestIo();
  await rebuildCommand(createNodeByteText()).run([path], io);
  return JSON.parse(io.written) as unknown;
}

async function shown(openFolder: string, dataFolder: string): Promise<unknown> {
  const app = await startInProcessApp({ dataFolder, openFolder });
  try {
    const sessionId = (await app.client.call('app:info')).openSessionId ?? '';
    const { counts } = await app.client.call('session:summary', { sessionId });
    const reader = createCompletionReader({
      readRun: (fromSeq, maxBytes) => app.client.call('session:frames', { sessionId, fromSeq, maxBytes }),
      readJournal: () => app.client.call('session:journal', { sessionId }),
      onChange: () => undefined,
    });
    reader.advance(counts.entries, true);
    await expect.poll(() => reader.cursor).toBe(counts.entries);
    reader.dispose();
    expect(app.faults).toEqual([]);
    const completions = reader.completions();
    // Times are measured from the journal, as the window's view does.
    const journal = await app.client.call('session:journal', { sessionId });
    const measured = await measuredAnswers(completions, journal);
    const rebuilt = { completions, exchanges: reader.exchanges(), measured };
    return JSON.parse(JSON.stringify(rebuiltList(rebuilt))) as unknown;
  } finally {
    await app.close();
  }
}

it.each(folders)('the streams of %s are the same from the command line and in the window', async (path) => {
  const [session, data] = [await temporaryFolder(), await temporaryFolder()];
  try {
    const folder = join(session.path, 'session');
    const recording = await startRecording(folder, () => undefined);
    recordAttempts(recording.log, streamsOf(path).map(readsOf));
    await recording.finish('ended');
    await recording.closeFiles();
    const fromCli = await printed(folder);
    expect((fromCli as unknown[]).length).toBeGreaterThan(0);
    expect(await shown(folder, data.path)).toEqual(fromCli);
  } finally {
    await session.remove();
    await data.remove();
  }
});
