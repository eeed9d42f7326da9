import { describe, expect, it } from 'vitest';
import { UsageError, type Command } from '../../../src/cli/command.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { createTestIo } from '../../support/command-io.ts';

const given: (readonly string[])[] = [];
const command = (name: string, fails?: Error): Command => ({
  name,
  summary: `Do ${name}.`,
  help: `Usage: streamscope ${name} THING\n\nMore about ${name}.\n`,
  run: (args) => {
    given.push(args);
    return fails ? Promise.reject(fails) : Promise.resolve();
  },
});
const commands = [
  command('work'),
  command('misuse', new UsageError('THING is missing.')),
  command('break', new Error('The disk\n  is full.')),
];

async function run(...args: string[]) {
  const io = createTestIo();
  let complaints = '';
  const complain = (text: string) => void (complaints += text);
  const code = await runProgram(args, { version: '1.2.3', commands, io, complain });
  return { code, written: io.written, complaints };
}

it('runs a command with its arguments', async () => {
  expect(await run('work', 'a', '-b')).toEqual({ code: 0, written: '', complaints: '' });
  expect(given.at(-1)).toEqual(['a', '-b']);
});

it('prints the version', async () => {
  expect(await run('--version')).toEqual({ code: 0, written: '1.2.3\n', complaints: '' });
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists the commands', async (...args) => {
    const { code, written, complaints } = await run(...args);
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(written).toMatch(/^Usage: streamscope COMMAND/);
    for (const { name, summary } of commands) expect(written).toMatch(new RegExp(`${name} +${summary}`));
  });

  it.each([
    ['work', '--help'],
    ['work', 'x', '-h'],
    ['help', 'work'],
  ])('%s %s explains the command', async (...args) => {
    expect(await run(...args)).toEqual({ code: 0, written: commands[0]?.help, complaints: '' });
  });

  it('is an argument like any other behind --', async () => {
    await run('work', '--', '--help');
    expect(given.at(-1)).toEqual(['--', '--help']);
  });
});

it.each([[], ['nonsense'], ['help', 'nonsense'], ['--nonsense']])(
  'no command or an unknown one (%s) is bad usage',
  async (...args) => {
    const { code, written, complaints } = await run(...args);
    expect({ code, written }).toEqual({ code: 2, written: '' });
    expect(complaints).toContain('Usage: streamscope COMMAND');
  },
);

it('a command that was called wrongly says so with its usage', async () => {
  expect(await run('misuse')).toEqual({
    code: 2,
    written: '',
    complaints:
      'streamscope: THING is missing.\nUsage: streamscope misuse THING\nstreamscope misuse --help says more.\n',
  });
});

it('a command that fails says so in one line', async () => {
  expect(await run('break')).toEqual({
    code: 1,
    written: '',
    complaints: 'streamscope: The disk is full.\n',
  });
});
