/** The command line program: finds the command, runs it, and turns how it went into an exit code and a line. */
import { isGroup, UsageError, type Command, type CommandEntry, type CommandIo } from './command.ts';
import { groupHelp, helpOf, overview, usageOf } from './help.ts';

export const EXIT_OK = 0;
export const EXIT_FAILURE = 1;
export const EXIT_USAGE = 2;

export interface ProgramOptions {
  readonly version: string;
  readonly commands: readonly CommandEntry[];
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
  const tell = async (text: string): Promise<number> => {
    await io.output.write(text);
    return EXIT_OK;
  };

  if (name === '--version' || name === '-V') return tell(`${options.version}\n`);
  const asked = name === '--help' || name === '-h' || name === 'help';
  const words = asked ? (name === 'help' ? rest : []) : args;
  if (words.length === 0)
    return asked ? tell(overview(commands)) : misused('Which command?', overview(commands));

  const found = commands.find((entry) => entry.name === words[0]);
  if (!found) return misused(`There is no command "${words[0]}".`, overview(commands));
  if (!isGroup(found)) {
    return asked ? tell(helpOf(found)) : runCommand(found, 'streamscope', words.slice(1));
  }
  const second = words[1];
  if (second === undefined) {
    return asked ? tell(groupHelp(found)) : misused(`Which command of ${found.name}?`, groupHelp(found));
  }
  if (second === '--help' || second === '-h') return tell(groupHelp(found));
  const inner = found.commands.find((command) => command.name === second);
  if (!inner) return misused(`There is no command "${found.name} ${second}".`, groupHelp(found));
  const path = `streamscope ${found.name}`;
  return asked ? tell(helpOf(inner, path)) : runCommand(inner, path, words.slice(2));

  async function runCommand(command: Command, before: string, given: readonly string[]): Promise<number> {
    if (asksForHelp(given)) return tell(helpOf(command, before));
    try {
      return (await command.run(given, io)) ?? EXIT_OK;
    } catch (error) {
      if (error instanceof UsageError) return misused(error.message, usageOf(command, before));
      complain(`streamscope: ${oneLine(error)}\n`);
      return EXIT_FAILURE;
    }
  }
}

/** Not behind `--`, where everything is meant as it stands. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
