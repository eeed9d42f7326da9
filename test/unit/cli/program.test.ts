import { describe, expect, it } from 'vitest';
import { UsageError, type Command } from '../../../src/cli/command.ts';
import { helpOf } from '../../../src/cli/help.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { createTestIo } from '../../support/command-io.ts';

const given: (readonly string[])[] = [];
const command = (name: string, fails?: Error): Command => ({
  name,
  summary: `Do ${name}.`,
  about: `More about ${name}.`,
  operands: [{ name: 'THING', help: '' }],
  options: {},
  run: (args) => {
    given.push(args);
    return fails ? Promise.reject(fails) : Promise.resolve();
  },
});
const commands = [
  command('work'),
  command('misuse', new UsageError('THING is missing.')),
  command('break', new Error('The disk\n  is full.')),
  { ...command('judge'), run: () => Promise.resolve(3) },
  { name: 'things', summary: 'Things.', about: 'About things.', commands: [command('list')] },
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

it('gives the exit code that a command decided on', async () => {
  expect(await run('judge')).toEqual({ code: 3, written: '', complaints: '' });
});

describe('a group of commands', () => {
  it('runs the one that is named', async () => {
    expect((await run('things', 'list', 'a')).code).toBe(0);
    expect(given.at(-1)).toEqual(['a']);
  });

  it.each([[['things', '--help']], [['help', 'things']]])('%j lists them', async (args) => {
    const { code, written } = await run(...args);
    expect(code).toBe(0);
    expect(written).toMatch(/^Usage: streamscope things COMMAND …\n[^]*list +Do list\./);
  });

  it.each([[['things', 'list', '--help']], [['help', 'things', 'list']]])('%j explains one', async (args) => {
    expect((await run(...args)).written).toMatch(/^Usage: streamscope things list THING\n/);
  });

  it.each([[['things']], [['things', 'nonsense']]])('%j is bad usage', async (args) => {
    const { code, written, complaints } = await run(...args);
    expect({ code, written }).toEqual({ code: 2, written: '' });
    expect(complaints).toContain('Usage: streamscope things COMMAND');
  });
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
    expect(await run(...args)).toEqual({ code: 0, written: helpOf(command('work')), complaints: '' });
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
