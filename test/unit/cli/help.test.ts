import { describe, expect, it } from 'vitest';
import { createCommands } from '../../../src/cli/commands.ts';
import { flatCommands, helpOf, optionTerm } from '../../../src/cli/help.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';

const commands = createCommands({
  byteText: createNodeByteText(),
  clock: { nowMs: () => 0, epochMs: () => 0 },
  version: '1.2.3',
});

describe.each(
  flatCommands(commands).map(({ command, path }) => ({ name: `${path} ${command.name}`, command, path })),
)('the help of $name', ({ name, command, path }) => {
  const help = helpOf(command, path);

  it('begins with how it is called and names every option', () => {
    expect(help).toMatch(new RegExp(`^Usage: ${name}`));
    for (const [option, declared] of Object.entries(command.options))
      expect(help).toContain(`\n  ${optionTerm(option, declared)}`);
  });

  it('fits a terminal, apart from commands to copy', () => {
    const lines = help.split('\n').filter((line) => !line.startsWith('  streamscope '));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says what each operand and option is', () => {
    for (const { help: text } of Object.values(command.options)) expect(text).toMatch(/\.$/);
  });

  it('has no letter twice', () => {
    const letters = Object.values(command.options).flatMap(({ short }) => short ?? []);
    expect(new Set([...letters, 'h']).size).toBe(letters.length + 1);
  });
});

it('explains an option beside its name, or below it when there is no room', () => {
  const help = helpOf({
    name: 'x',
    summary: '',
    about: 'About.',
    operands: [],
    options: {
      all: { type: 'boolean', short: 'a', help: 'All of it.' },
      'a-very-long-option': { type: 'string', value: 'VALUE', help: 'Long.' },
    },
    exitCodes: [{ code: 3, means: 'nothing found' }],
  });
  expect(help).toBe(`Usage: streamscope x [options]

About.

Options:
  -a, --all             All of it.
  --a-very-long-option VALUE
                        Long.
  -h, --help            Print this help.

Exit code: 0 done, 1 failure, 2 bad usage, 3 nothing found.
`);
});
