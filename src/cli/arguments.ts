/** Arguments by node:util's parser, with its complaints turned into one sentence about what was wrong. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and positionals; throws a UsageError. */
export function readArguments<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw error;
    throw new UsageError(firstSentence(error.message));
  }
}

/** The one positional that a command takes; throws a UsageError. */
export function onlyPositional(positionals: readonly string[], name: string): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`${name} is missing.`);
  if (second !== undefined) throw new UsageError(`"${second}" is one argument too many.`);
  return first;
}

function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=[^.])\. |\n/);
  return first.endsWith('.') ? first : `${first}.`;
}
