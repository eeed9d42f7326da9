/** The manual page, made from the declarations as the help is. roff with the man macros. */
import type { CommandEntry } from './command.ts';
import { exitCodesOf, HELP_OPTION, type CommandDeclaration } from './declaration.ts';
import { flatCommands, operandTerm, optionTerm } from './help.ts';

export function manPage(entries: readonly CommandEntry[], version: string): string {
  const commands = flatCommands(entries);
  return [
    `.TH STREAMSCOPE 1 "" "streamscope ${version}" "User Commands"`,
    '.SH NAME',
    'streamscope \\- an instrument for streams of Server\\-Sent Events',
    '.SH SYNOPSIS',
    '.B streamscope',
    '.I COMMAND',
    '[arguments]',
    '.SH COMMANDS',
    ...commands.flatMap(({ command, path }) => commandSection(command, path)),
    '.SH EXIT STATUS',
    ...['0 done', '1 failure', '2 bad usage'].map((line) => `.TP\n.B ${line.replace(' ', '\n')}`),
    '.PP',
    'Where a command gives more, its section says so.',
    '',
  ].join('\n');
}

function commandSection(command: CommandDeclaration, path: string): string[] {
  const { name, about, operands, options, examples = [], exitCodes = [] } = command;
  const told = operands.filter(({ help }) => help !== '');
  return [
    `.SS ${roff([path, name, ...operands.map(operandTerm), '[options]'].join(' '))}`,
    ...aboutLines(about),
    ...told.flatMap((operand) => ['.TP', `.I ${roff(operand.name)}`, roff(operand.help)]),
    ...Object.entries({ ...options, ...HELP_OPTION }).flatMap(([long, option]) => [
      '.TP',
      `.B ${roff(optionTerm(long, option))}`,
      roff(option.help),
    ]),
    ...examples.flatMap(({ command: typed, does }) => [
      '.PP',
      roff(does),
      '.PP',
      '.nf',
      `    ${roff(typed)}`,
      '.fi',
    ]),
    ...(exitCodes.length === 0
      ? []
      : [
          '.PP',
          roff(
            `Exit code: ${exitCodesOf(command)
              .map(({ code, means }) => `${code} ${means}`)
              .join(', ')}.`,
          ),
        ]),
  ];
}

/** Paragraphs; lines with an indent stay as they are. */
function aboutLines(about: string): string[] {
  let literal = false;
  const lines: string[] = ['.PP'];
  for (const line of about.trim().split('\n')) {
    const isLiteral = line.startsWith(' ');
    if (isLiteral !== literal && line !== '') {
      lines.push(isLiteral ? '.nf' : '.fi');
      literal = isLiteral;
    }
    lines.push(line === '' ? '.PP' : roff(line));
  }
  return literal ? [...lines, '.fi'] : lines;
}

/** Text that says to roff what it says to people: nothing in it is a request or an escape. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
