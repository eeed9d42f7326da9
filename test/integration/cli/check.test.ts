/** `streamscope check` and `tail` against real sockets. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo, linesOf, type TestIoOptions } from '../../support/command-io.ts';
import { afterTest, cleanUp, serve } from '../connections/bench.ts';
import { STREAM_HEAD } from '../connections/raw-server.ts';

afterEach(cleanUp);

const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
const commands = createCommands({ byteText: createNodeByteText(), clock, version: '1' });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'streamscope-check-'));
  afterTest(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function start(args: readonly string[], options: TestIoOptions = {}) {
  const io = createTestIo(options);
  let complaints = '';
  const complain = (text: string) => void (complaints += text);
  const ended = runProgram(args, { version: '1', commands, io, complain }).then((code) => {
    return { code, written: io.written, complaints, notes: io.notes };
  });
  return { io, ended };
}
const run = (...args: readonly string[]) => start(args).ended;

/** A file with checks. */
function spec(yaml: string, name = 'checks.yaml'): string {
  const path = join(folder(), name);
  writeFileSync(path, yaml);
  return path;
}

describe('check', () => {
  it('connects, ends when every check is decided, and says so', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}event: ready\ndata: {"n":1}\n\n`));
    const path = spec(
      '- status: 200\n- event: { matches: type:ready, within: 30s }\n- count: { at-least: 1 }\n',
    );
    const { code, written, complaints } = await run('check', server.origin, '--spec', path);
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(written).toContain('✓ The server answers with 200');
    expect(written).toMatch(/All 3 checks passed\.\n$/);
    await (
      await server.call(1)
    ).closed.passed;
  });

  it('exits with 1 when a check fails, and points at the events', async () => {
    const server = await serve((call) => call.end(`${STREAM_HEAD}data: {"n":1}\n\ndata: nonsense\n\n`));
    const path = spec('- schema: { is: { type: object } }\n- count: { exactly: 2 }\n');
    const { code, written } = await run('check', server.origin, '--spec', path, '--no-reconnect');
    expect(code).toBe(1);
    expect(written).toContain('1 of 2 events is not valid. Its data is no JSON. (#3)');
    expect(written).toMatch(/1 of 2 checks passed, 1 failed\.\n$/);
  });

  it('fails a deadline by the clock, while the stream is silent and open', async () => {
    const server = await serve((call) => call.write(STREAM_HEAD));
    const path = spec('- event: { matches: type:ready, within: 50ms }\n- reconnects: none\n');
    const { code, written } = await run('check', server.origin, '--spec', path, '--fail-fast');
    expect(code).toBe(1);
    expect(written).toContain('No event matched type:ready.');
  });

  it('judges what came when the user interrupts', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
    const path = spec('- count: { exactly: 1 }\n');
    const kept = join(folder(), 'session');
    const { io, ended } = start(['check', server.origin, '--spec', path, '--out', kept]);
    await vi.waitFor(() => expect(statSync(join(kept, 'wire.bin')).size).toBeGreaterThan(0), {
      timeout: 10_000,
    });
    io.interrupt();
    expect(await ended).toMatchObject({ code: 0, complaints: '' });
  });

  it('exits with 3 when nobody answers, and reports it to the build server as well', async () => {
    const junit = join(folder(), 'report.xml');
    const path = spec('- status: 200\n');
    const { code, notes } = await run('check', 'http://127.0.0.1:1/', '--spec', path, '--junit', junit);
    expect(code).toBe(3);
    expect(notes.join(' ')).toContain('Nothing listens at 127.0.0.1:1');
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/tests="1" failures="1" errors="1"/);
    expect(xml).toContain('Nothing listens');
  });

  it('keeps the session, and judges it as it did while it ran', async () => {
    const server = await serve((call) => call.end(`${STREAM_HEAD}id: 1\ndata: a\n\nid: 1\ndata: b\n\n`));
    const path = spec('- ids: rising\n- gap: { at-most: 20s, between: bytes }\n- no-diagnostics: any\n');
    const kept = join(folder(), 'session');
    const live = await run(
      'check',
      server.origin,
      '--spec',
      path,
      '--no-reconnect',
      '--out',
      kept,
      '--json-report',
    );
    const stored = await run('check', kept, '--spec', path, '--json-report');
    expect([live.code, stored.code]).toEqual([1, 1]);
    const checksOf = (text: string) => linesOf(text)[0]?.['checks'];
    expect(checksOf(stored.written)).toEqual(checksOf(live.written));
    expect(linesOf(live.written)[0]).toMatchObject({ outcome: 'failed', passed: 2, failed: 1 });
  });

  it('judges bytes from a file and from standard input, without times', async () => {
    const bytes = join(folder(), 'a.sse');
    writeFileSync(bytes, 'data: a\n\n'.repeat(50_000));
    const path = spec('- count: { exactly: 50000 }\n- gap: 1ms\n');
    const file = await run('check', bytes, '--spec', path);
    expect(file).toMatchObject({ code: 0, complaints: '' });
    expect(file.written).toMatch(/1 of 2 checks passed, 1 not applicable\.\n$/);
    const piped = start(['check', '-', '--spec', path], { input: ['data: a\n', '\n'] });
    expect((await piped.ended).code).toBe(1);
  });

  it('takes schemas from files beside the checks', async () => {
    const path = spec('- schema: { file: goal.json }\n');
    writeFileSync(join(path, '..', 'goal.json'), '{"type":"object","required":["minute"]}');
    const { code, written } = await start(['check', '-', '--spec', path], { input: ['data: {}\n\n'] }).ended;
    expect(code).toBe(1);
    expect(written).toContain('minute');
  });

  it.each([
    [['check', 'a.sse'], '--spec FILE is missing.'],
    [['check', 'a.sse', '--spec', '/nowhere.yaml'], 'cannot be read'],
    [['check', '--spec', 'x'], 'URL, FILE, DIR or - is missing.'],
  ])('%j is bad usage', async (args, complaint) => {
    const { code, complaints } = await run(...args);
    expect(code).toBe(2);
    expect(complaints).toContain(complaint);
  });

  it('names every place of checks that cannot be read', async () => {
    const path = spec('- statsu: 200\n- ids: sinking\n');
    const { code, complaints } = await run('check', '-', '--spec', path);
    expect(code).toBe(2);
    expect(complaints).toContain(`${path}:1:3: There is no check "statsu"`);
    expect(complaints).toContain(`${path}:2:8: ids is present, rising or consecutive`);
  });

  it('says that there is no such file', async () => {
    const { code, notes } = await run('check', join(folder(), 'none'), '--spec', spec('- ids: rising'));
    expect(code).toBe(3);
    expect(notes[0]).toMatch(/There is no file or folder/);
  });
});

describe('tail', () => {
  const STREAM = `${STREAM_HEAD}event: goal\ndata: {"minute":1}\n\n: ping\n\ndata: \u001b[31mred\n\nevent: goal\ndata: {"minute":2}\n\n`;

  it('prints one line an event, and what happened to the connection', async () => {
    const server = await serve((call) => call.end(STREAM));
    const { code, written } = await run('tail', server.origin, '--no-reconnect');
    expect(code).toBe(0);
    expect(written).toMatch(/^ +\d\.\d{3} {2}Attempt 1: GET /);
    expect(written).toMatch(/\d {2}goal {2}\{"minute":1\}\n/);
    expect(written).toMatch(/\d {2}comment {2}ping\n/);
    expect(written).toContain('message  ␛[31mred');
    expect(written).not.toContain('\u001b');
  });

  it('prints only what matches, and ends after so many', async () => {
    const server = await serve((call) => call.write(STREAM));
    const args = ['tail', server.origin, '--filter', 'type:goal', '--data-only', '--max-events', '2'];
    expect(await run(...args)).toMatchObject({ code: 0, written: '{"minute":1}\n{"minute":2}\n' });
  });

  it('prints JSON', async () => {
    const server = await serve((call) => call.write(STREAM));
    const { written } = await run(
      'tail',
      server.origin,
      '--ndjson',
      '--filter',
      'type:goal',
      '--max-events',
      '1',
    );
    expect(linesOf(written)).toMatchObject([{ kind: 'event', type: 'goal', data: '{"minute":1}' }]);
  });

  it('has colours and a status line on a terminal', async () => {
    const server = await serve((call) => call.end(STREAM));
    const terminal = { colour: true, columns: 60 };
    const { written } = await start(['tail', server.origin, '--no-reconnect'], { terminal }).ended;
    expect(written).toContain('\u001b[36mgoal\u001b[0m');
    expect(written.split('\r\u001b[K').at(-1)?.replace(/\d+/g, '0')).toBe(
      '\u001b[0mended · 0 events · 0 bytes · 0 s\u001b[0m\n',
    );
    // The data's own escape is shown and not obeyed.
    expect(written).toContain('␛[31mred');
  });

  it.each([
    [['tail', 'http://h.example/', '--filter', 'size>big'], '--filter cannot be read at character'],
    [['tail', 'http://h.example/', '--color', 'pink'], '--color is auto, always, never'],
    [['tail', 'http://h.example/', '--ndjson', '--data-only'], 'contradict each other'],
    [['tail'], 'URL is missing.'],
  ])('%j is bad usage', async (args, complaint) => {
    const { code, complaints } = await run(...args);
    expect(code).toBe(2);
    expect(complaints).toContain(complaint);
  });
});
