/** `streamscope convert` from file to file, by way of the formats. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf, type TestIoOptions } from '../../support/command-io.ts';
import { KEYS } from '../../support/planted-secrets.ts';
import { readMemory, recorded, wholeEntries } from '../../support/round-trip.ts';
import { recordAttempts, startRecording } from '../../support/session-folder.ts';

const byteText = createNodeByteText();
const clock = { nowMs: () => 0, epochMs: () => 0 };
const commands = createCommands({ byteText, clock, version: '7.8.9' });

const folders: string[] = [];
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-convert-test-'));
  folders.push(folder);
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const bytesOf = (name: string): Buffer => readFileSync(at(name));
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return at(name);
}

async function convert(args: readonly string[], options: TestIoOptions = {}) {
  const io = createTestIo(options);
  let complaints = '';
  const complain = (text: string) => void (complaints += text);
  const code = await runProgram(['convert', ...args], { version: '7.8.9', commands, io, complain });
  return { code, written: io.written, notes: io.notes, complaints };
}
async function done(args: readonly string[], options: TestIoOptions = {}) {
  const result = await convert(args, options);
  expect(result).toMatchObject({ code: 0, complaints: '' });
  return result;
}

const STREAM = Buffer.from(
  '\uFEFF: hello\n\nid: 1\nevent: goal\r\ndata: {"home":1}\n\ndata: ä\xff\rdata: b\r\rretry: 50\n\nid: 2\nevent: goal\ndata: {"home":2}\n\ndata: cut of',
);

async function entriesOf(name: string): Promise<readonly object[]> {
  const { captures } = await readMemory(name, bytesOf(name));
  return wholeEntries(await recorded(captures[0]));
}

it('by way of HAR and NDJSON every byte and event comes back', async () => {
  const bytes = Buffer.concat([STREAM, Buffer.from([0xff, 0xfe, 10, 10])]);
  file('a.sse', bytes);
  await done([at('a.sse'), at('b.har')]);
  await done([at('b.har'), at('c.ndjson')]);
  await done([at('c.ndjson'), at('d.sse')]);
  expect(bytesOf('d.sse').equals(bytes)).toBe(true);
  const frames = (entries: readonly object[]) => entries.filter((entry) => 'bytes' in entry);
  expect(frames(await entriesOf('a.sse'))).toHaveLength(6);
  expect(frames(await entriesOf('d.sse'))).toEqual(frames(await entriesOf('a.sse')));
  expect(JSON.parse(bytesOf('b.har').toString())).toMatchObject({ log: { creator: { version: '7.8.9' } } });
});

it('reads a session folder and a session file, and standard input, and writes to standard output', async () => {
  const recording = await startRecording(at('session'));
  recordAttempts(recording.log, [['data: one\n\n', 'data: two\n\n']]);
  await recording.finish('ended');
  await recording.closeFiles();
  await done([at('session'), at('packed.streamscope'), '--include-secrets']);
  const unpacked = await done([at('packed.streamscope'), '-', '--to', 'sse']);
  expect(unpacked.written).toBe('data: one\n\ndata: two\n\n');
  const piped = await done(['-', '-', '--to', 'csv', '--read-as', 'ndjson'], { input: ['{"a":', '1}\n'] });
  expect(piped.written).toContain('""a"":1');
  const found = await done(['-', '-', '--to', 'sse'], { input: ['data: x\n', '\n'] });
  expect(found.written).toBe('data: x\n\n');
});

describe('secrets', () => {
  const planted = `data: the key is ${KEYS.openai}\n\ndata: plain\n\n`;

  it.each(['sse', 'ndjson', 'har', 'csv', 'json', 'streamscope'])(
    'are taken out of %s',
    async (extension) => {
      file('a.sse', planted);
      const { notes } = await done([at('a.sse'), at(`out.${extension}`)]);
      expect(notes).toEqual(['1 secret was taken out; --include-secrets leaves them in.']);
      expect(bytesOf(`out.${extension}`).toString('latin1')).not.toContain(KEYS.openai);
      // Packed, encoded or not: what it holds is what comes out of it again.
      const { written } = await done([at(`out.${extension}`), '-', '--to', 'sse', '--include-secrets']);
      expect(written).toBe('data: the key is [redacted]\n\ndata: plain\n\n');
    },
  );

  it('are taken out of a page', async () => {
    file('a.sse', planted);
    const { written } = await done([at('a.sse'), '-', '--to', 'html']);
    expect(written).toContain('plain');
    expect(written).not.toContain(KEYS.openai);
  });

  it('are there when they are asked for', async () => {
    file('a.sse', planted);
    const { notes } = await done([at('a.sse'), at('b.sse'), '--include-secrets']);
    expect(notes).toEqual(['Secrets are included.']);
    expect(bytesOf('b.sse').toString()).toBe(planted);
    await done([at('a.sse'), at('b.streamscope'), '--include-secrets']);
    const { written } = await done([at('b.streamscope'), '-', '--to', 'sse', '--include-secrets']);
    expect(written).toBe(planted);
  });
});

describe('a part', () => {
  const three = 'event: goal\ndata: 1\n\ndata: 2\n\nevent: goal\ndata: 3\n\n';
  const datas = (written: string) =>
    linesOf(written).flatMap(({ data }) => (typeof data === 'string' ? [data] : []));

  it('by a filter, a range of numbers, and both', async () => {
    file('a.sse', three);
    const run = async (...options: string[]) =>
      (await done([at('a.sse'), '-', '--to', 'ndjson', ...options])).written;
    const all = linesOf(await run());
    const first = all.find(({ data }) => data === '1')?.['seq'] as number;
    expect(datas(await run('--filter', 'type:goal'))).toEqual(['1', '3']);
    expect(datas(await run('--range', `${first}-${first + 1}`))).toEqual(['1', '2']);
    expect(datas(await run('--range', `${first + 1}-`))).toEqual(['2', '3']);
    expect(datas(await run('--range', `${first + 1}-`, '--filter', 'type:goal'))).toEqual(['3']);
  });

  it('as a session file holds nothing else', async () => {
    file('a.sse', three);
    await done([at('a.sse'), at('b.streamscope'), '--filter', 'type:goal', '--include-secrets']);
    const { written } = await done([at('b.streamscope'), '-', '--to', 'sse']);
    expect(written).toBe('event: goal\ndata: 1\n\nevent: goal\ndata: 3\n\n');
  });

  it('with nothing in it says so', async () => {
    file('a.sse', three);
    const { written, notes } = await done([at('a.sse'), '-', '--to', 'sse', '--filter', 'type:none']);
    expect(written).toBe('');
    expect(notes).toContain('Nothing matches the filter.');
    const beyond = await convert([at('a.sse'), '-', '--to', 'sse', '--range', '900-']);
    expect(beyond).toMatchObject({
      code: 1,
      complaints: expect.stringMatching(/numbered 0 to \d+/) as string,
    });
  });
});

describe('a file with several streams', () => {
  const exchange = (url: string, text: string) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 10,
    request: { method: 'GET', url, headers: [] },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [{ name: 'content-type', value: 'text/event-stream' }],
      content: { mimeType: 'text/event-stream', text },
    },
  });
  const har = JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'Browser', version: '1' },
      entries: [
        exchange('http://h.example/a', 'data: one\n\n'),
        exchange('http://h.example/b', 'data: two\n\n'),
      ],
    },
  });

  it('lists them, and takes the one that is named', async () => {
    file('two.har', har);
    const asked = await convert([at('two.har'), at('out.sse')]);
    expect(asked.code).toBe(2);
    expect(asked.complaints).toMatch(
      /2 streams; --stream N says which:\n {2}1 {2}GET \S+\/a .*\n {2}2 {2}GET \S+\/b /,
    );
    expect(existsSync(at('out.sse'))).toBe(false);
    await done([at('two.har'), at('out.sse'), '--stream', '2']);
    expect(bytesOf('out.sse').toString()).toBe('data: two\n\n');
    expect((await convert([at('two.har'), '-', '--to', 'sse', '--stream', '3'])).complaints).toContain(
      'there is no 3',
    );
  });
});

describe('a file that is there', () => {
  it('is replaced only by --force, and nothing is left beside it', async () => {
    file('a.sse', 'data: new\n\n');
    file('b.sse', 'old');
    const refused = await convert([at('a.sse'), at('b.sse')]);
    expect(refused).toMatchObject({ code: 1, complaints: expect.stringContaining('--force') as string });
    expect(bytesOf('b.sse').toString()).toBe('old');
    await done([at('a.sse'), at('b.sse'), '--force']);
    expect(bytesOf('b.sse').toString()).toBe('data: new\n\n');
    expect(readdirSync(folder).sort()).toEqual(['a.sse', 'b.sse']);
  });

  it('stays when what is read turns out to be broken', async () => {
    file('a.ndjson', '{"seq":0,"kind":"event","data":"x","type":"message"}\n{"seq":1,"ki');
    file('b.sse', 'old');
    expect((await convert([at('a.ndjson'), at('b.sse'), '--force'])).code).toBe(1);
    expect(bytesOf('b.sse').toString()).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['a.ndjson', 'b.sse']);
  });

  it('stays when it is interrupted', async () => {
    file('b.sse', 'old');
    const io = createTestIo();
    async function* input() {
      yield Buffer.from('data: x\n\n');
      io.interrupt();
      await Promise.resolve();
    }
    const convertOnce = commands.find(({ name }) => name === 'convert');
    if (!convertOnce || !('run' in convertOnce)) throw new Error('There is no convert');
    const args = ['-', at('b.sse'), '--force'];
    await expect(convertOnce.run(args, { ...io, input: input() })).rejects.toThrow(/Interrupted/);
    expect(bytesOf('b.sse').toString()).toBe('old');
    expect(readdirSync(folder)).toEqual(['b.sse']);
  });
});

it.each([
  [['a'], 2, /IN and OUT/],
  [['a', 'b.sse', 'c'], 2, /one argument too many/],
  [['missing.sse', 'out.sse'], 1, /no file or folder "missing\.sse"/],
  [['missing.sse', '-'], 2, /--to says/],
  [['-', 'out.sse', '--stream', '0'], 2, /--stream needs/],
  [['-', 'out.sse', '--read-as', 'luck'], 2, /--read-as knows/],
  [['-', '.'], 2, /does not say/],
])('%j is told', async (args, code, message) => {
  const result = await convert(args);
  expect(result.code).toBe(code);
  expect(result.complaints).toMatch(message);
});

it('what is no capture is told, with what would be', async () => {
  file('noise.bin', Buffer.from([0, 1, 2, 3]));
  const { code, complaints } = await convert([at('noise.bin'), at('out.sse')]);
  expect(code).toBe(1);
  expect(complaints).toContain('Supported are');
});
