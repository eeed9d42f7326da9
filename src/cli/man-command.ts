/** `streamscope man`: the manual page as it is installed. docs/streamscope.1 holds the same text; a test compares them. */
import { readArguments } from './arguments.ts';
import { UsageError, type Command, type CommandEntry } from './command.ts';
import { manPage } from './man-page.ts';

export function manCommand(commands: () => readonly CommandEntry[], version: string): Command {
  return {
    name: 'man',
    summary: 'Print the manual page.',
    operands: [],
    options: {},
    about:
      'Prints the manual page in roff: streamscope man | man -l -, or keep it as\nstreamscope.1 in a folder of your MANPATH.',
    async run(args, { output }) {
      const [first] = readArguments(args, {}).positionals;
      if (first !== undefined) throw new UsageError(`"${first}" is one argument too many.`);
      await output.write(manPage(commands(), version));
    },
  };
}
