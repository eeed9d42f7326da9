/** What a shell has to know to complete, read out of the declarations: the same for every shell. */
import { isGroup, type CommandEntry } from '../command.ts';
import { HELP_OPTION, type Completes, type OptionDeclaration } from '../declaration.ts';

/** What stands in the place of a value. */
export interface ValueOffer {
  /** Words to choose from; empty: free text or a path. */
  readonly words: readonly string[];
  readonly completes: Completes;
}

export interface OptionOffer {
  readonly name: string;
  readonly short: string | null;
  readonly multiple: boolean;
  readonly help: string;
  /** null: it takes no value. */
  readonly value: (ValueOffer & { readonly name: string }) | null;
}

export interface OperandOffer extends ValueOffer {
  readonly name: string;
  readonly multiple: boolean;
}

/** One place where a command's arguments are typed: "record", or "sessions list". */
export interface CommandOffer {
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionOffer[];
  readonly operands: readonly OperandOffer[];
}

export interface NamedOffer {
  readonly name: string;
  readonly summary: string;
}

export interface Offers {
  readonly names: readonly NamedOffer[];
  readonly groups: readonly { readonly name: string; readonly names: readonly NamedOffer[] }[];
  readonly commands: readonly CommandOffer[];
}

export function offersOf(entries: readonly CommandEntry[]): Offers {
  const named = ({ name, summary }: NamedOffer): NamedOffer => ({ name, summary });
  const groups = entries.filter(isGroup);
  return {
    names: entries.map(named),
    groups: groups.map(({ name, commands }) => ({ name, names: commands.map(named) })),
    commands: entries.flatMap((entry) =>
      isGroup(entry)
        ? entry.commands.map((command) => ({ ...commandOffer(command), words: [entry.name, command.name] }))
        : [commandOffer(entry)],
    ),
  };
}

function commandOffer(command: Exclude<CommandEntry, { commands: unknown }>): CommandOffer {
  const options = Object.entries({ ...command.options, ...HELP_OPTION });
  return {
    words: [command.name],
    summary: command.summary,
    options: options.map(([name, option]) => optionOffer(name, option)),
    operands: command.operands.map(({ name, values = [], completes = 'nothing', multiple = false }) => {
      return { name, words: values, completes, multiple };
    }),
  };
}

function optionOffer(name: string, option: OptionDeclaration): OptionOffer {
  const { type, short = null, multiple = false, help, value = 'VALUE', values = [] } = option;
  const { completes = 'nothing' } = option;
  return {
    name,
    short,
    multiple,
    help,
    value: type === 'boolean' ? null : { name: value, words: values, completes },
  };
}
