/** `streamscope replay` as a command: what it serves, what it prints, and what it says when it cannot. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { replayCommand } from '../../../src/cli/replay-command.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf, type TestIo } from '../../support/command-io.ts';
import { recordAttempts, startRecording, temporaryFolder } from '../../support/session-folder.ts';
import { askRaw } from '../replay/raw-client.ts';

const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
const command = replayCommand(createNodeByteText(), clock);
let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => place.remove());

/** Runs it until it serves; `ended` is how it ended. */
async function serving(io: TestIo, ...args: string[]): Promise<{ url: string; ended: Promise<unknown> }> {
  const ended = command.run(args, io);
  await Promise.race([io.until((text) => text.includes('\n')), ended]);
  return { url: String(linesOf(io.written)[0]?.['url']), ended };
}

async function session(...reads: string[]): Promise<string> {
  const folder = join(place.path, 'session');
  const recording = await startRecording(folder);
  recordAttempts(recording.log, [reads]);
  await recording.finish('ended');
  await recording.closeFiles();
  return folder;
}

describe('streamscope replay', () => {
  it('serves a file, once, at the gap that was asked for', async () => {
    const path = join(place.path, 'answer.sse');
    await writeFile(path, 'id: 1\r\ndata: a\r\n\r\n: c\ndata: b\n\ndata: tail');
    const io = createTestIo();
    const { url, ended } = await serving(io, path, '--once', '--gap', '1');
    const { pieces, headers } = await askRaw(url);
    expect(pieces.map(String)).toEqual(['id: 1\r\ndata: a\r\n\r\n', ': c\n', 'data: b\n\n', 'data: tail']);
    expect(headers['content-type']).toBe('text/event-stream');
    await ended;
    expect(linesOf(io.written)).toMatchObject([
      { kind: 'listening', attempts: 1, faults: 0 },
      { kind: 'client', state: 'done', attempt: 1, sentEvents: 2, status: 200 },
    ]);
  });

  it('serves what curl printed, with its head', async () => {
    const path = join(place.path, 'printed.txt');
    await writeFile(path, 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-A: 1\r\n\r\ndata: a\n\n');
    const io = createTestIo();
    const { url, ended } = await serving(io, path, '--once');
    expect(await askRaw(url)).toMatchObject({ text: 'data: a\n\n', headers: { 'x-a': '1' } });
    await ended;
  });

  it('serves standard input under the type of its framing', async () => {
    const io = createTestIo({ input: ['{"a":1}\n', '{"a":2}\n'] });
    const { url, ended } = await serving(io, '-', '--read-as', 'ndjson', '--speed', 'instant', '--once');
    expect(await askRaw(url)).toMatchObject({
      text: '{"a":1}\n{"a":2}\n',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    await ended;
  });

  it('serves a session with the faults beside it, until it is interrupted', async () => {
    const folder = await session('data: a\n\n', 'data: b\n\n');
    await writeFile(join(folder, 'faults.yaml'), 'faults:\n  - drop:\n    event: 1\n');
    const io = createTestIo();
    const { url, ended } = await serving(io, folder);
    expect((await askRaw(url)).text).toBe('data: b\n\n');
    expect(io.notes.join()).toMatch(/With 1 fault of .*faults\.yaml/);
    io.interrupt();
    await ended;
    await expect(askRaw(url)).rejects.toThrow('ECONNREFUSED');

    const without = createTestIo();
    const again = await serving(without, folder, '--faults', 'none');
    expect((await askRaw(again.url)).text).toBe('data: a\n\ndata: b\n\n');
    without.close();
    await again.ended;
  });

  it('says where a fault script is wrong', async () => {
    const script = join(place.path, 'bad.yaml');
    await writeFile(script, 'faults:\n  - stal: 1s\n');
    const folder = await session('data: a\n\n');
    await expect(command.run([folder, '--faults', script], createTestIo())).rejects.toThrow(
      `${script}:2:5: "stal" is no fault`,
    );
    await expect(command.run([folder, '--faults', `${script}x`], createTestIo())).rejects.toThrow(
      'no such file',
    );
  });

  it.each([
    [['x', '--speed', 'fast'], '--speed wants a factor'],
    [['x', '--cut', 'word'], '--cut knows reads, event, byte, mid-char, all'],
    [['x', '--port', '70000'], '--port wants a number'],
    [['x', '--loop', '--once'], 'contradict'],
    [[], 'is missing'],
  ])('refuses %j', async (args, message) => {
    const failure: unknown = await command.run(args, createTestIo()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as Error).message).toContain(message);
  });

  it('says that there is no such file', async () => {
    await expect(command.run([join(place.path, 'none')], createTestIo())).rejects.toThrow(
      'There is no file or folder',
    );
  });
});
