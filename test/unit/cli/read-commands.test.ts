import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { decodeCommand, rebuildCommand } from '../../../src/cli/read-commands.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf, type TestIoOptions } from '../../support/command-io.ts';

const byteText = createNodeByteText();
const decode = decodeCommand(byteText);
const rebuild = rebuildCommand(byteText);
const CHAT = `data: ${JSON.stringify({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
})}\n\ndata: [DONE]\n\n`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-read-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(command: typeof decode, args: string[], options: TestIoOptions = {}): Promise<string> {
  const io = createTestIo(options);
  await command.run(args, io);
  return io.written;
}

it('decodes a file', async () => {
  const path = join(folder, 'a.sse');
  writeFileSync(path, 'data: a\n\n'.repeat(30_000));
  const lines = linesOf(await run(decode, [path]));
  expect(lines).toHaveLength(30_000);
  expect(lines.at(-1)).toMatchObject({
    kind: 'event',
    seq: 29_999,
    data: 'a',
    offset: 29_999 * 9,
    length: 9,
  });
});

it('decodes standard input, part by part', async () => {
  const io = createTestIo();
  const seen: string[] = [];
  async function* input() {
    yield Buffer.from('data: a\n\nda');
    seen.push(io.written);
    yield Buffer.from('ta: b\n\n');
    seen.push(io.written);
  }
  await decode.run(['-'], { ...io, output: io.output, input: input() });
  expect(seen.map((text) => linesOf(text).length)).toEqual([1, 2]);
});

it('stops reading when nobody reads its output any more', async () => {
  const io = createTestIo();
  let parts = 0;
  async function* input() {
    for (;;) {
      parts += 1;
      yield Buffer.from('data: a\n\n');
      if (parts === 3) io.close();
    }
  }
  await decode.run(['-'], { ...io, output: io.output, input: input() });
  expect(parts).toBeLessThan(6);
});

it('rebuilds the completions of a stream', async () => {
  const completions = JSON.parse(await run(rebuild, ['-'], { input: [CHAT] })) as unknown;
  expect(completions).toMatchObject([
    { dialect: 'openai-chat', id: 'c1', choices: [{ content: 'Hi', finishReason: 'stop' }], end: 'done' },
  ]);
});

describe.each([decode, rebuild])('$name', (command) => {
  it.each([[[]], [['a', 'b']], [['--colour', 'a']]])('%j is bad usage', async (args) => {
    await expect(run(command, args)).rejects.toBeInstanceOf(UsageError);
  });

  it('says that there is no such file', async () => {
    const path = join(folder, 'none');
    await expect(run(command, [path])).rejects.toThrow(`There is no file or folder "${path}".`);
  });

  it('says that a folder is no session', async () => {
    const path = join(folder, 'empty');
    mkdirSync(path, { recursive: true });
    await expect(run(command, [path])).rejects.toThrow();
  });
});
