/**
 * How a command is called, as data: parsing, help, completion scripts and the man page are all made from it, so that none of
 * them can know an option that another does not. It decides nothing about values; the command reads those.
 */

/** What a shell offers where a value stands. */
export type Completes = 'file' | 'folder' | 'nothing';

export interface OptionDeclaration {
  readonly type: 'boolean' | 'string';
  /** One letter. */
  readonly short?: string;
  readonly multiple?: boolean;
  /** What its value is called in the help, such as FILE. Of a string. */
  readonly value?: string;
  /** The only values there are, when they can be listed. */
  readonly values?: readonly string[];
  /** Default: `nothing`. */
  readonly completes?: Completes;
  /** Sentences; the help breaks the lines. */
  readonly help: string;
}

/** By their long names, in the order in which the help has them. */
export type OptionTable = Readonly<Record<string, OptionDeclaration>>;

export interface OperandDeclaration {
  /** As the usage line has it, such as `URL` or `FILE|DIR|-`. */
  readonly name: string;
  /** Default: false. */
  readonly optional?: boolean;
  /** May be given several times. Default: false. */
  readonly multiple?: boolean;
  readonly values?: readonly string[];
  /** Default: `nothing`. */
  readonly completes?: Completes;
  readonly help: string;
}

export interface ExampleDeclaration {
  readonly command: string;
  readonly does: string;
}

export interface ExitCodeDeclaration {
  readonly code: number;
  readonly means: string;
}

export interface CommandDeclaration {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Printed as it stands, at most 80 characters a line: an empty line ends a paragraph, an indented one is kept as it is. */
  readonly about: string;
  readonly operands: readonly OperandDeclaration[];
  readonly options: OptionTable;
  readonly examples?: readonly ExampleDeclaration[];
  /** Besides the usual ones: 0 done, 1 failure, 2 bad usage. One of the same number replaces the usual meaning. */
  readonly exitCodes?: readonly ExitCodeDeclaration[];
}

/** Every command has it; it is asked for before the command sees its arguments. */
export const HELP_OPTION: OptionTable = {
  help: { type: 'boolean', short: 'h', help: 'Print this help.' },
};

const USUAL_EXIT_CODES: readonly ExitCodeDeclaration[] = [
  { code: 0, means: 'done' },
  { code: 1, means: 'failure' },
  { code: 2, means: 'bad usage' },
];

export function exitCodesOf({ exitCodes = [] }: CommandDeclaration): readonly ExitCodeDeclaration[] {
  const own = new Set(exitCodes.map(({ code }) => code));
  const usual = USUAL_EXIT_CODES.filter(({ code }) => !own.has(code));
  return [...usual, ...exitCodes].sort((a, b) => a.code - b.code);
}
