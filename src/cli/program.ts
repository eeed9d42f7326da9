/** The command line program: finds the command, runs it, and turns how it went into an exit code and a line. */
import { UsageError, type Command, type CommandIo } from './command.ts';

export const EXIT_OK = 0;
export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;

export interface ProgramOptions {
  readonly version: string;
  readonly commands: readonly Command[];
  readonly io: CommandIo;
  readonly complain: (text: string) => void;
}

/** Runs the program with its arguments and gives the exit code. */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<number> {
  const { commands, io, complain } = options;
  const [name, ...rest] = args;
  const misused = (message: string, usage: string): number => {
    complain(`streamscope: ${message}\n${usage}`);
    return EXIT_USAGE;
  };
  const find = (wanted: string | undefined) => commands.find((command) => command.name === wanted);

  if (name === '--version' || name === '-V') {
    await io.output.write(`${options.version}\n`);
    return EXIT_OK;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const asked = name === 'help' ? rest[0] : undefined;
    if (asked !== undefined && !find(asked))
      return misused(`There is no command "${asked}".`, overview(commands));
    await io.output.write(find(asked)?.help ?? overview(commands));
    return EXIT_OK;
  }
  if (name === undefined) return misused('Which command?', overview(commands));
  const command = find(name);
  if (!command) return misused(`There is no command "${name}".`, overview(commands));
  if (asksForHelp(rest)) {
    await io.output.write(command.help);
    return EXIT_OK;
  }
  try {
    await command.run(rest, io);
    return EXIT_OK;
  } catch (error) {
    if (error instanceof UsageError) return misused(error.message, usageOf(command));
    complain(`streamscope: ${oneLine(error)}\n`);
    return EXIT_FAILURE;
  }
}

/** Not behind `--`, where everything is meant as it stands. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const list = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join('\n');
  return `Usage: streamscope COMMAND …

${list}

streamscope COMMAND --help says more. streamscope --version prints the version.
`;
}

function usageOf(command: Command): string {
  const [first = ''] = command.help.split('\n');
  return `${first}\nstreamscope ${command.name} --help says more.\n`;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
