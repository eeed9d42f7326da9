/** What a command of the program is, and how it says that it was called wrongly or could not do its work. */

/** Where a command's results go. */
export interface Output {
  /** Resolves when the bytes have been taken; at once when nobody reads any more. */
  write(data: string | Uint8Array): Promise<void>;
  /** Whether the reader has gone away. */
  readonly closed: boolean;
  /** Calls back when the reader goes away. Returns the function that ends it. */
  onClosed(listener: () => void): () => void;
}

/** Everything a command has to do with the process that it runs in. */
export interface CommandIo {
  readonly output: Output;
  readonly input: AsyncIterable<Uint8Array>;
  /** Tells something that is no result; it goes to standard error. */
  note(text: string): void;
  /** Calls back when the user interrupts. Returns the function that ends it. */
  onInterrupt(listener: () => void): () => void;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints; its first line says how the command is called. */
  readonly help: string;
  /** Resolves when its work is done. Rejects with a UsageError, or with an error whose message says what went wrong. */
  run(args: readonly string[], io: CommandIo): Promise<void>;
}

/** The command was called wrongly. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
