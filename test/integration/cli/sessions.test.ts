/** `streamscope sessions` over a library on disk. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { createDirectoryCaptureStore } from '../../../src/main/capture/directory-capture-store.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createRecorder } from '../../../src/shared/session/recorder.ts';
import { attemptEnd, attemptStart, responseHead } from '../../support/attempt-entries.ts';
import { createTestIo, linesOf } from '../../support/command-io.ts';
import { KEYS } from '../../support/planted-secrets.ts';

const byteText = createNodeByteText();
const commands = createCommands({ byteText, clock: { nowMs: () => 0, epochMs: () => 0 }, version: '1' });
const folders: string[] = [];
let root = '';
let epochMs = Date.UTC(2026, 0, 1);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'streamscope-sessions-'));
  folders.push(root);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A session with these events; one that is still being recorded when it is `live`. */
async function session(name: string, events: readonly string[], live = false) {
  epochMs += 60_000;
  const store = createDirectoryCaptureStore({ root, byteText, epochMs: () => epochMs });
  const made = { name, method: 'GET', url: 'http://h.example/', endpointId: null, startedAt: epochMs };
  const log = await store.create(made, () => {});
  const recorder = createRecorder({ log, byteText });
  recorder.entry(attemptStart(1), 0);
  recorder.entry(responseHead(1), 1);
  recorder.beginBody(1, 'sse');
  for (const [at, data] of events.entries()) recorder.read(Buffer.from(`data: ${data}\n\n`), 10 * (at + 1));
  recorder.endBody(100);
  recorder.entry(attemptEnd(1), 100);
  await log.flush();
  const finish = () => store.finish(log.sessionId, 'ended');
  if (!live) await finish();
  return { id: log.sessionId, finish };
}

async function run(...args: readonly string[]) {
  const io = createTestIo();
  let complaints = '';
  const complain = (text: string) => void (complaints += text);
  const words = [...args.slice(0, 1), '--library', root, ...args.slice(1)];
  const code = await runProgram(['sessions', ...words], { version: '1', commands, io, complain });
  return { code, written: io.written, complaints, notes: io.notes };
}
const listed = async (...args: readonly string[]) =>
  linesOf((await run('list', '--json', ...args)).written).map(({ id, name, tags, pinned, notes }) => {
    return { id, name, tags, pinned, notes };
  });

it('lists the sessions, newest first', async () => {
  const one = await session('One', ['a']);
  const two = await session('Two \u001b[31m', ['a', 'b']);
  const { code, written } = await run('list');
  expect(code).toBe(0);
  const lines = written.trimEnd().split('\n');
  expect(lines.map((line) => line.split('  ')[0])).toEqual([two.id, one.id]);
  expect(lines[0]).toMatch(/ended +2 {2}Two ␛\[31m$/);
  expect((await listed('--limit', '1')).map(({ id }) => id)).toEqual([two.id]);
});

it('an empty library is no error', async () => {
  expect(await run('list')).toMatchObject({ code: 0, written: '' });
});

it('renames, tags, notes and pins', async () => {
  const { id } = await session('One', ['a']);
  await run('rename', 'latest', 'Another', 'name');
  await run('tag', id, 'red', 'blue');
  await run('tag', id, 'RED', '--remove');
  await run('note', id, 'Seen', 'twice');
  expect((await run('pin', id)).code).toBe(0);
  expect(await listed('--tag', 'blue')).toEqual([
    { id, name: 'Another name', tags: ['blue'], pinned: true, notes: 'Seen twice' },
  ]);
  expect(await listed('--tag', 'red')).toEqual([]);
});

it('bookmarks an entry and writes notes on it, and shows them', async () => {
  const { id } = await session('One', ['a', 'b']);
  await run('bookmark', id, '2');
  await run('bookmark', id, '#3', '--note', 'Odd.');
  const { written } = await run('show', id);
  expect(written).toMatch(/#2 {2}bookmark/);
  expect(written).toMatch(/#3 {2}note {2}Odd\./);
  await run('bookmark', id, '2', '--remove');
  expect(linesOf((await run('show', id, '--json')).written)[0]?.['annotations']).toEqual([
    { seq: 3, bookmarked: false, note: 'Odd.' },
  ]);
  expect((await run('bookmark', id, '99')).complaints).toContain('NUMBER is from 0 to 4');
});

it('deletes into the trash and restores', async () => {
  const one = await session('One', ['a']);
  const two = await session('Two', ['a']);
  const { notes } = await run('delete', one.id, two.id);
  expect(notes).toHaveLength(2);
  expect(await listed()).toEqual([]);
  expect((await run('restore', one.id)).code).toBe(0);
  expect((await listed()).map(({ id }) => id)).toEqual([one.id]);
});

it('searches all sessions, or one', async () => {
  const one = await session('One', ['a goal', 'b']);
  await session('Two', ['no', 'a goal']);
  const { code, written } = await run('search', 'goal', '--json');
  expect(code).toBe(0);
  expect(linesOf(written).map(({ seq, data }) => [seq, data])).toEqual([
    [3, 'a goal'],
    [2, 'a goal'],
  ]);
  const { written: lines } = await run('search', 'goal', '--session', one.id);
  expect(lines).toBe(`${one.id} #2  message  a goal\n`);
  expect((await run('search', 'nothing like it')).code).toBe(1);
  expect((await run('search', 'size>big')).complaints).toContain('QUERY cannot be read at character');
});

it('does not change a session that is being recorded', async () => {
  const { id, finish } = await session('Live', ['a'], true);
  for (const args of [
    ['rename', id, 'x'],
    ['tag', id, 'x'],
    ['delete', id],
  ]) {
    const { code, complaints } = await run(...args);
    expect(code).toBe(1);
    expect(complaints).toContain('is being recorded');
  }
  await finish();
  expect((await run('rename', id, 'x')).code).toBe(0);
});

it('names a session by a beginning of its id that no other has', async () => {
  const { id } = await session('One', ['a']);
  await session('Two', ['a']);
  expect((await run('show', id)).code).toBe(0);
  expect((await run('show', '2026')).complaints).toMatch(/could be .* and .*Type more of it\./);
  expect((await run('show', 'nope')).complaints).toContain('There is no session "nope"');
});

describe('export', () => {
  const secret = `the key is ${KEYS.openai}`;

  it('writes a session without its secrets, and with them when they are asked for', async () => {
    const { id } = await session('Scores', ['one', secret]);
    const out = join(root, 'out.sse');
    const first = await run('export', id, out);
    expect(first).toMatchObject({ code: 0, complaints: '' });
    expect(first.notes).toEqual(['1 secret was taken out; --include-secrets leaves them in.']);
    expect(readFileSync(out, 'utf8')).toBe('data: one\n\ndata: the key is [redacted]\n\n');
    expect(await run('export', id, out)).toMatchObject({
      code: 1,
      complaints: expect.stringContaining('--force') as string,
    });
    expect((await run('export', id, out, '--force', '--include-secrets')).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(secret);
  });

  it('finds by bookmarks and notes as well', async () => {
    const { id } = await session('Scores', ['one', 'two', 'three']);
    const lines = linesOf((await run('export', 'latest', '-', '--to', 'ndjson')).written);
    const two = lines.find(({ data }) => data === 'two')?.['seq'];
    expect((await run('bookmark', id, String(two))).code).toBe(0);
    const { written } = await run('export', id, '-', '--to', 'sse', '--filter', 'bookmarked');
    expect(written).toBe('data: two\n\n');
  });

  it('packs what the app opens again, and one that is being recorded as far as it has come', async () => {
    const { id, finish } = await session('Scores', ['one', 'two'], true);
    const packed = join(root, '..', `${id}.streamscope`);
    folders.push(packed);
    expect(await run('export', id, packed, '--include-secrets')).toMatchObject({ code: 0, complaints: '' });
    await finish();
    const io = createTestIo();
    const args = ['convert', packed, '-', '--to', 'sse'];
    const complain = (text: string) => expect.fail(text);
    expect(await runProgram(args, { version: '1', commands, io, complain })).toBe(0);
    expect(io.written).toBe('data: one\n\ndata: two\n\n');
  });

  it.each([
    [['nothing', 'out.sse'], /There is no session "nothing"/],
    [['latest'], /SESSION and OUT are needed/],
    [['latest', '-'], /--to says/],
  ])('refuses %j', async (args, message) => {
    await session('Scores', ['one']);
    const { code, complaints } = await run('export', ...args);
    expect(code).toBe(2);
    expect(complaints).toMatch(message);
  });
});

describe('commands that read a file or a folder', () => {
  async function read(...args: readonly string[]) {
    const io = createTestIo();
    let complaints = '';
    const complain = (text: string) => void (complaints += text);
    const code = await runProgram(args, { version: '1', commands, io, complain });
    return { code, written: io.written, complaints };
  }
  beforeEach(() => vi.stubEnv('STREAMSCOPE_LIBRARY', root));
  afterEach(() => vi.unstubAllEnvs());

  it('take the id of a session that the app keeps', async () => {
    const one = await session('One', ['first']);
    const two = await session('Two', ['second']);
    expect((await read('decode', one.id)).written).toContain('"first"');
    expect((await read('decode', 'latest')).written).toContain('"second"');
    expect((await read('convert', one.id, '-', '--to', 'sse')).written).toBe('data: first\n\n');
    expect((await read('diff', one.id, two.id)).code).toBe(3);
    expect(await read('rebuild', two.id)).toEqual({ code: 0, written: '[]\n', complaints: '' });
  });

  it('say that there is no such file where no session has that whole id', async () => {
    const { id } = await session('One', ['first']);
    const { code, complaints } = await read('decode', id.slice(0, -1));
    expect(code).toBe(1);
    expect(complaints).toContain(`There is no file or folder "${id.slice(0, -1)}"`);
  });
});
