/** `streamscope completion SHELL`: a script that completes commands, options and values, made from the declarations. */
import { onlyPositional, readArguments } from '../arguments.ts';
import { UsageError, type Command, type CommandEntry } from '../command.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const SHELLS: Readonly<Record<string, (commands: readonly CommandEntry[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
const NAMES = Object.keys(SHELLS);

/** `commands` is asked when it runs: the command is one of them itself. */
export function completionCommand(commands: () => readonly CommandEntry[]): Command {
  return {
    name: 'completion',
    summary: 'Print a script that completes commands and options in a shell.',
    operands: [{ name: NAMES.join('|'), values: NAMES, help: 'The shell.' }],
    options: {},
    about: `Prints a completion script. It knows every command, every option and the
values of those that have a list.`,
    examples: [
      {
        command: 'streamscope completion bash > ~/.local/share/bash-completion/completions/streamscope',
        does: 'For bash, from the next shell on.',
      },
      {
        command: 'streamscope completion zsh > "${fpath[1]}/_streamscope"',
        does: 'For zsh, from the next shell on.',
      },
      {
        command: 'streamscope completion fish > ~/.config/fish/completions/streamscope.fish',
        does: 'For fish, at once.',
      },
    ],
    async run(args, { output }) {
      const shell = onlyPositional(readArguments(args, {}).positionals, 'The shell');
      const script = SHELLS[shell];
      if (!script)
        throw new UsageError(`There is no completion for "${shell}", only for ${NAMES.join(', ')}.`);
      await output.write(script(commands()));
    },
  };
}
