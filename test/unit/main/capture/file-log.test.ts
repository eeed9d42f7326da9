import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSessionLog } from '../../../contract/session-log.ts';
import {
  openRecorded,
  recordAttempts,
  startRecording,
  temporaryFolder,
} from '../../../support/session-folder.ts';

describeSessionLog('The log in a folder', async () => {
  const place = await temporaryFolder();
  const folder = join(place.path, 'session');
  const recording = await startRecording(folder);
  const closers = [recording.closeFiles, place.remove];
  return {
    log: recording.log,
    reopen: async () => {
      await recording.finish('ended');
      const opened = await openRecorded(folder);
      closers.unshift(opened.close);
      expect(opened.manifest).toMatchObject({ outcome: 'ended', counts: opened.reader.counts });
      return opened.reader;
    },
    dispose: async () => {
      for (const close of closers) await close();
    },
  };
});

describe('the log in a folder', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let folder: string;
  beforeEach(async () => {
    place = await temporaryFolder();
    folder = join(place.path, 'session');
  });
  afterEach(() => place.remove());

  it('keeps the bytes in wire.bin exactly as they came', async () => {
    const recording = await startRecording(folder);
    const body = Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('data: \0\xff\r\n\r\n', 'latin1'), 0xff]);
    recordAttempts(recording.log, [[body], ['data: 2\n\n']]);
    await recording.finish('ended');
    await recording.closeFiles();
    expect(await readFile(join(folder, 'wire.bin'))).toEqual(
      Buffer.concat([body, Buffer.from('data: 2\n\n')]),
    );
  });

  it('reaches the disk by itself, while the stream is quiet and while it floods', async () => {
    const { log, closeFiles } = await startRecording(folder);
    const onDisk = async (): Promise<number> => (await readFile(join(folder, 'wire.bin'))).length;
    recordAttempts(log, [['data: 1\n\n']]);
    await expect.poll(onDisk).toBe(9);
    recordAttempts(log, [[Buffer.alloc(600 * 1024, 'x')]]);
    await expect.poll(onDisk).toBe(9 + 600 * 1024);
    await log.close();
    await closeFiles();
  });

  it('holds the writer back while the backlog is large, and lets it go when it is written', async () => {
    const { log, closeFiles } = await startRecording(folder);
    const block = Buffer.alloc(1024 * 1024, 'x');
    for (let at = 0; at < 8; at += 1) log.appendWire(block, at, 1);
    let released = false;
    const drained = log.drained().then(() => (released = true));
    await Promise.resolve();
    expect(released).toBe(false);
    await drained;
    expect((await readFile(join(folder, 'wire.bin'))).length).toBeGreaterThanOrEqual(4 * 1024 * 1024);
    await log.close();
    await closeFiles();
  });

  it('can still be read when it has been finished', async () => {
    const recording = await startRecording(folder);
    recordAttempts(recording.log, [['data: 1\n\n']]);
    await recording.finish('stopped');
    expect(Buffer.from(await recording.log.readWire(0, 9)).toString()).toBe('data: 1\n\n');
    expect(await recording.log.journal()).toHaveLength(3);
    await recording.closeFiles();
  });

  it('passes over a line of the journal that is no entry', async () => {
    const recording = await startRecording(folder);
    recordAttempts(recording.log, [['data: 1\n\n']]);
    await recording.finish('ended');
    await recording.closeFiles();
    await appendFile(join(folder, 'journal.ndjson'), '{"seq":"?"}\nnot json\n');
    const opened = await openRecorded(folder);
    expect((await opened.reader.journal()).map((line) => line.entry.kind)).toEqual([
      'attempt-start',
      'response-head',
      'attempt-end',
      'capture-notice',
    ]);
    await opened.close();
  });
});
