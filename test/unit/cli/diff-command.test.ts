import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { diffCommand } from '../../../src/cli/diff-command.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf } from '../../support/command-io.ts';
import { recordAttempts, startRecording } from '../../support/session-folder.ts';

const diff = diffCommand(createNodeByteText());

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'streamscope-diff-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const io = createTestIo();
  const code = (await diff.run(args, io)) ?? 0;
  return { code, text: io.written };
}

it('finds nothing between a file and itself', async () => {
  const path = file('same.sse', 'data: a\n\nevent: goal\ndata: b\n\n');
  expect(await run(path, path)).toEqual({
    code: 0,
    text: '0 changed, 0 only in the first, 0 only in the second, 2 the same.\n',
  });
});

it('prints what changed and what only one has, with all of their lines', async () => {
  const a = file('a.sse', 'data: one\n\nid: 2\nevent: goal\ndata: 1-0\ndata: late\n\ndata: end\n\n');
  const b = file('b.sse', 'data: one\n\nid: 2\nevent: goal\ndata: 2-0\n\ndata: end\n\ndata: more\n\n');
  expect(await run(a, b)).toEqual({
    code: 3,
    text: `@@ #1 #1 changed @@
- 0.000s goal id "2"  1-0
-   late
+ 0.000s goal id "2"  2-0
@@ - #3 only in one @@
+ 0.000s message  more
1 changed, 0 only in the first, 1 only in the second, 2 the same.
`,
  });
});

it('compares a recorded session with a file, without the keys that do not count', async () => {
  const session = join(folder, 'session');
  const recording = await startRecording(session);
  recordAttempts(recording.log, [['data: {"id":"x","n":1}\n\n', 'data: {"id":"y","n":2}\n\n']]);
  await recording.finish('ended');
  await recording.closeFiles();
  const other = file('other.sse', 'data: {"n": 1, "id": "z"}\n\ndata: {"n": 3, "id": "z"}\n\n');
  const { code, text } = await run(session, other, '--ignore', 'id', '--json');
  expect(code).toBe(3);
  expect(linesOf(text)).toMatchObject([
    { kind: 'changed', left: { data: '{"id":"y","n":2}' }, right: { data: '{"n": 3, "id": "z"}' } },
    { kind: 'counts', same: 1, changed: 1, left: 0, right: 0 },
  ]);
});

it.each([
  [['a'], /two captures/],
  [['-', '-'], /one of the two only/],
  [['a', 'b', '--by', 'luck'], /--by is id, position, content/],
])('refuses %j', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(UsageError);
  await expect(run(...args)).rejects.toThrow(message);
});
