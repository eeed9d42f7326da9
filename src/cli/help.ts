/** What `--help` prints, made from the declarations. No line is longer than a terminal of 80 columns. */
import { isGroup, type Command, type CommandEntry, type CommandGroup } from './command.ts';
import {
  exitCodesOf,
  HELP_OPTION,
  type CommandDeclaration,
  type OperandDeclaration,
  type OptionDeclaration,
} from './declaration.ts';
import { wrapped } from './wrapped-text.ts';

const WIDTH = 80;
/** Where the explanation of an option begins. */
const COLUMN = 24;

/** `path` is what stands before it: "streamscope", or "streamscope sessions". */
export function helpOf(command: CommandDeclaration, path = 'streamscope'): string {
  const { about, operands, options, examples = [] } = command;
  const told = operands.filter(({ help }) => help !== '');
  const sections = [
    usageLine(command, path),
    about.trim(),
    told.map((operand) => entry(operand.name, operand.help)).join('\n'),
    `Options:\n${Object.entries({ ...options, ...HELP_OPTION })
      .map(([name, option]) => entry(optionTerm(name, option), option.help))
      .join('\n')}`,
    examples.length === 0 ? '' : `Examples:\n${examples.map(exampleText).join('\n')}`,
    wrapped(`Exit code: ${exitCodesOf(command).map(exitText).join(', ')}.`, WIDTH).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

export function groupHelp(group: CommandGroup): string {
  return `Usage: streamscope ${group.name} COMMAND …

${group.about.trim()}

${listOf(group.commands)}

streamscope ${group.name} COMMAND --help says more.
`;
}

export function overview(commands: readonly CommandEntry[]): string {
  return `Usage: streamscope COMMAND …

${listOf(commands)}

streamscope COMMAND --help says more. streamscope --version prints the version.
`;
}

/** The usage, for somebody who called it wrongly. */
export function usageOf(command: Command, path: string): string {
  return `${usageLine(command, path)}\n${path} ${command.name} --help says more.\n`;
}

export function usageLine({ name, operands, options }: CommandDeclaration, path: string): string {
  const rest = [...operands.map(operandTerm), ...(Object.keys(options).length === 0 ? [] : ['[options]'])];
  return ['Usage:', path, name, ...rest].join(' ');
}

export function operandTerm({ name, optional = false, multiple = false }: OperandDeclaration): string {
  const term = multiple ? `${name}…` : name;
  return optional ? `[${term}]` : term;
}

/** "-X, --request METHOD" */
export function optionTerm(name: string, { short, value }: OptionDeclaration): string {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  return value === undefined ? names : `${names} ${value}`;
}

function entry(term: string, help: string): string {
  const lines = wrapped(help, WIDTH - COLUMN);
  const indent = ' '.repeat(COLUMN);
  const head = `  ${term}`;
  if (head.length > COLUMN - 2) return [head, ...lines.map((line) => indent + line)].join('\n');
  return lines.map((line, at) => (at === 0 ? head.padEnd(COLUMN) : indent) + line).join('\n');
}

function exampleText({ command, does }: { readonly command: string; readonly does: string }): string {
  return `  ${command}\n${wrapped(does, WIDTH - 6)
    .map((line) => `      ${line}`)
    .join('\n')}`;
}

function exitText({ code, means }: { readonly code: number; readonly means: string }): string {
  return `${code} ${means}`;
}

function listOf(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join('\n');
}

/** All commands with what stands before them, those of groups as well. */
export function flatCommands(
  entries: readonly CommandEntry[],
): readonly { readonly command: Command; readonly path: string }[] {
  return entries.flatMap((one) =>
    isGroup(one)
      ? one.commands.map((command) => ({ command, path: `streamscope ${one.name}` }))
      : [{ command: one, path: 'streamscope' }],
  );
}
