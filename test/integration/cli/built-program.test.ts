/** The program as it is built and shipped, in a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { linesOf } from '../../support/command-io.ts';
import { afterTest, cleanUp, serve } from '../connections/bench.ts';
import { STREAM_HEAD } from '../connections/raw-server.ts';

const PROGRAM = resolve(import.meta.dirname, '../../../out/main/cli.cjs');

afterEach(cleanUp);

/** Runs the program; `onOutput` sees everything printed so far. */
function run(args: readonly string[], input: string | null = null, onOutput?: (text: string) => void) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: 'pipe' });
  afterTest(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
    onOutput?.(stdout);
  });
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  child.stdin.on('error', () => {});
  if (input !== null) child.stdin.end(input);
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
  return { child, ended };
}

describe.skipIf(!existsSync(PROGRAM))('the built program', () => {
  it('tells its version', async () => {
    const manifest = readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await run(['--version']).ended).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('exits with 2 and its usage when it is called wrongly', async () => {
    const { code, stdout, stderr } = await run(['record']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: streamscope record URL');
  });

  it('decodes standard input', async () => {
    const { code, stdout } = await run(['decode', '-'], 'data: a\n\n').ended;
    expect(code).toBe(0);
    expect(linesOf(stdout)).toMatchObject([{ kind: 'event', seq: 0, data: 'a' }]);
  });

  it('exits with 1 and one line when nobody answers', async () => {
    const { code, stderr } = await run(['record', 'http://127.0.0.1:1/']).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^streamscope: Nothing listens at 127\.0\.0\.1:1\.[^\n]*\n$/);
  });

  it('records, ends properly on an interrupt, and reads back what it recorded', async () => {
    const server = await serve((call) => call.write(`${STREAM_HEAD}data: a\n\n`));
    const parent = mkdtempSync(join(tmpdir(), 'streamscope-program-'));
    afterTest(() => rmSync(parent, { recursive: true, force: true }));
    const folder = join(parent, 'session');
    const recording = run(['record', server.origin, '--out', folder], null, (text) => {
      if (text.includes('"kind":"event"')) recording.child.kill('SIGINT');
    });
    const { code, stdout, stderr } = await recording.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(linesOf(stdout).at(-1)).toMatchObject({ kind: 'connection-closed', why: 'You interrupted it' });
    const decoded = await run(['decode', folder]).ended;
    expect(linesOf(decoded.stdout)).toMatchObject([{ kind: 'event', seq: 2, data: 'a' }]);
    expect(await run(['rebuild', folder]).ended).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  it('ends quietly when its output is closed, and closes the connection', async () => {
    const server = await serve((call) => {
      call.write(STREAM_HEAD);
      const pump = setInterval(() => call.write('data: a\n\n'), 1);
      afterTest(() => clearInterval(pump));
      void call.closed.passed.then(() => clearInterval(pump));
    });
    const { child, ended } = run(['record', server.origin], null, () => child.stdout.destroy());
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await (
      await server.call(1)
    ).closed.passed;
  });
});
