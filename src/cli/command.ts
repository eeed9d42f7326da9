/** What a command of the program is, and how it says that it was called wrongly or could not do its work. */
import type { CommandDeclaration } from './declaration.ts';

/** Where a command's results go. */
export interface Output {
  /** Resolves when the bytes have been taken; at once when nobody reads any more. */
  write(data: string | Uint8Array): Promise<void>;
  /** Whether the reader has gone away. */
  readonly closed: boolean;
  /** Calls back when the reader goes away. Returns the function that ends it. */
  onClosed(listener: () => void): () => void;
}

/** The terminal that results are shown on. */
export interface Terminal {
  /** Colours are wanted (NO_COLOR). */
  readonly colour: boolean;
  /** Now; it changes with the window. */
  readonly columns: number;
}

/** Everything a command has to do with the process that it runs in. */
export interface CommandIo {
  readonly output: Output;
  readonly input: AsyncIterable<Uint8Array>;
  /** null: results go to a file or another program. */
  readonly terminal: Terminal | null;
  /** Tells something that is no result; it goes to standard error. */
  note(text: string): void;
  /** Calls back when the user interrupts. Returns the function that ends it. */
  onInterrupt(listener: () => void): () => void;
}

export interface Command extends CommandDeclaration {
  /**
   * Resolves when its work is done, with an exit code where that is not 0. Rejects with a UsageError, or with an error whose
   * message says what went wrong.
   */
  run(args: readonly string[], io: CommandIo): Promise<number | void>;
}

/** Commands about one thing: `streamscope sessions list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly commands: readonly Command[];
}

export type CommandEntry = Command | CommandGroup;

export function isGroup(entry: CommandEntry): entry is CommandGroup {
  return 'commands' in entry;
}

/** The command was called wrongly. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
