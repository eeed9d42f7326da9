/**
 * `{{variables}}` in a request: finding them, so that the window can mark them, and putting their values in, before a connection
 * starts. A name is letters, digits, `_`, `-` and `.`; spaces inside the braces do not count.
 */
import { queryEncoded } from '../connection/request-params.ts';
import type { RequestSpec } from '../connection/types.ts';
import { CodedError } from '../ipc/envelope.ts';
import { mapRequestTexts } from './request-texts.ts';

/** Values by name. */
export type Variables = ReadonlyMap<string, string>;

/** A place in a text where a variable is used. */
export interface VariableUse {
  readonly name: string;
  /** First character, the opening brace. */
  readonly from: number;
  /** Behind the closing brace. */
  readonly to: number;
  /** null: there is no such variable. */
  readonly value: string | null;
}

const USE = /\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}/g;

/** All uses of variables in `text`, in order, known or not. */
export function variableUses(text: string, variables: Variables): readonly VariableUse[] {
  return [...text.matchAll(USE)].map((match) => {
    const name = match[1] as string;
    return { name, from: match.index, to: match.index + match[0].length, value: variables.get(name) ?? null };
  });
}

/** A sentence about a variable that does not exist: what is wrong and what there is. */
export function unknownVariable(name: string, variables: Variables): string {
  const known = [...variables.keys()].map((key) => `{{${key}}}`).join(', ');
  return `There is no variable {{${name}}}. ${known === '' ? 'No variables are set.' : `Known: ${known}.`}`;
}

/**
 * `text` with its variables' values, which are not searched again. Throws `CodedError` on an unknown one; `where` says where it
 * stands.
 *
 * @param encode what a value becomes at its place in the text
 */
export function substitute(
  text: string,
  variables: Variables,
  where: string,
  encode: (value: string, use: VariableUse) => string = (value) => value,
): string {
  let result = '';
  let done = 0;
  for (const use of variableUses(text, variables)) {
    const { name, from, to, value } = use;
    if (value === null)
      throw new CodedError('bad-arguments', `${unknownVariable(name, variables)} It stands in ${where}.`);
    result += text.slice(done, from) + encode(value, use);
    done = to;
  }
  return result + text.slice(done);
}

/**
 * An address with its variables' values. In the name or the value of a query parameter (`?q={{words}}`) the value is one text and
 * is encoded as such; anywhere else, and where it stands for a whole piece of the query (`?{{query}}`), it is part of the address.
 */
export function substituteAddress(text: string, variables: Variables, where: string): string {
  const hashAt = text.indexOf('#');
  const queryAt = text.indexOf('?');
  const end = hashAt < 0 ? text.length : hashAt;
  return substitute(text, variables, where, (value, { from, to }) => {
    if (queryAt < 0 || from < queryAt || from > end) return value;
    const pieceFrom = Math.max(text.lastIndexOf('&', from), queryAt) + 1;
    const next = text.indexOf('&', to);
    const pieceTo = Math.min(next < 0 ? end : next, end);
    return from === pieceFrom && to === pieceTo ? value : queryEncoded(value);
  });
}

/** The request as it is sent: variables put into everything that is sent of it. */
export function substituteRequest(request: RequestSpec, variables: Variables): RequestSpec {
  return mapRequestTexts(request, (text, { where, sent, address }) => {
    if (!sent) return text;
    return address ? substituteAddress(text, variables, where) : substitute(text, variables, where);
  });
}
