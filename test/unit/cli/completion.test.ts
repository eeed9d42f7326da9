import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { completionCommand } from '../../../src/cli/completion/completion-command.ts';
import type { CommandEntry } from '../../../src/cli/command.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createTestIo } from '../../support/command-io.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const real = createCommands({
  byteText: createNodeByteText(),
  clock: { nowMs: () => 0, epochMs: () => 0 },
  version: '1.2.3',
});
const run = () => Promise.resolve();
const about = '';
const made: readonly CommandEntry[] = [
  {
    ...{ name: 'read', summary: "Reads what's there: all [of it].", about, run },
    operands: [{ name: 'FILE', completes: 'file', help: '' }],
    options: {
      form: {
        type: 'string',
        short: 'f',
        value: 'FORM',
        values: ['plain', 'json'],
        help: "The form: it's [one].",
      },
      out: { type: 'string', value: 'DIR', completes: 'folder', help: 'A folder.' },
      word: { type: 'string', multiple: true, value: 'W', help: 'A word.' },
      all: { type: 'boolean', help: 'All.' },
    },
  },
  {
    ...{ name: 'things', summary: 'Things.', about },
    commands: [
      {
        name: 'list',
        summary: 'Lists.',
        about,
        operands: [{ name: 'WHAT', values: ['new', 'old'], help: '' }],
        options: {},
        run,
      },
    ],
  },
];

async function script(shell: string, commands = made): Promise<string> {
  const io = createTestIo();
  await completionCommand(() => commands).run([shell], io);
  return io.written;
}

const has = (program: string) => spawnSync(program, ['-c', 'true']).status === 0;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-completion-'));
  writeFileSync(join(folder, 'a file.sse'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(SHELLS)('%s: every command and every option is in the script', async (shell) => {
  const text = await script(shell, real);
  for (const entry of real) {
    expect(text).toContain(entry.name);
    const commands = 'commands' in entry ? entry.commands : [entry];
    for (const { options } of commands)
      for (const name of Object.keys(options))
        expect(text).toMatch(new RegExp(`(--|-l )${name.replace('.', '\\.')}`));
  }
});

for (const shell of SHELLS) {
  it.skipIf(!has(shell))(`${shell} reads its script without a complaint`, async () => {
    const path = join(folder, `script.${shell}`);
    writeFileSync(path, await script(shell, real));
    const checked = spawnSync(shell, ['-n', path], { encoding: 'utf8' });
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' });
  });
}

describe.skipIf(!has('bash'))('in bash', () => {
  async function completed(...words: string[]): Promise<string[]> {
    const call = `${await script('bash')}
cd ${JSON.stringify(folder)}
COMP_WORDS=(streamscope ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_streamscope
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', call], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  }

  it.each([
    [[''], ['read', 'things', 'help', '--help', '--version']],
    [['re'], ['read']],
    [
      ['read', '--'],
      ['--form', '--out', '--word', '--all', '--help'],
    ],
    [
      ['read', '--form', ''],
      ['plain', 'json'],
    ],
    [['read', '-f', 'p'], ['plain']],
    [['read', '--word', ''], []],
    [['read', 'a'], ['a file.sse']],
    [['things', ''], ['list']],
    [
      ['things', 'list', ''],
      ['new', 'old'],
    ],
    [['things', 'list', '-'], ['--help']],
    [['help', 't'], ['things']],
    [['nonsense', ''], []],
  ])('%j offers %j', async (words, offered) => {
    expect(await completed(...words)).toEqual(offered);
  });
});
