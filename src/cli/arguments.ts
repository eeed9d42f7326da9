/** Arguments by node:util's parser, with its complaints turned into one sentence about what was wrong. */
import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';
import type { OptionTable } from './declaration.ts';

/** Options and positionals; throws a UsageError. */
export function readArguments<O extends OptionTable>(args: readonly string[], options: O) {
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

/** A number above 0; null when the option was not given. Throws a UsageError. */
export function readNumber(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new UsageError(`${option} needs a number above 0, and not "${text}".`);
  return value;
}

/** A whole number above 0; null when the option was not given. Throws a UsageError. */
export function readCount(text: string | undefined, option: string): number | null {
  const value = readNumber(text, option);
  if (value !== null && !Number.isSafeInteger(value))
    throw new UsageError(`${option} needs a whole number, and not "${text}".`);
  return value;
}

function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=[^.])\. |\n/);
  return first.endsWith('.') ? first : `${first}.`;
}
