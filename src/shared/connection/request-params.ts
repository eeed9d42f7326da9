/**
 * The query of an address as rows and back. The URL's text is the truth: a row that is not touched keeps its bytes, so nothing is
 * ever encoded twice. Rows that are switched off stand beside the URL. `{{variables}}` stay as they are.
 */
import type { OffParam, RequestSpec } from './types.ts';

export interface ParamRow {
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
}

/** What of a request the rows stand for. */
export type ParamSource = Pick<RequestSpec, 'url' | 'offParams'>;

interface AddressParts {
  readonly before: string;
  /** Without "?"; null when there is none. */
  readonly query: string | null;
  /** With "#". */
  readonly hash: string;
}

/** All parameters in the order of the table: those of the URL, and those switched off at their places. */
export function paramRows({ url, offParams }: ParamSource): readonly ParamRow[] {
  return mixed(url, offParams).map(({ row }) => row);
}

/** The row at `at` changed; behind the last one it is added. Only the touched parameter is written anew. */
export function changeParam(source: ParamSource, at: number, patch: Partial<ParamRow>): ParamSource {
  const rows = mixed(source.url, source.offParams);
  const present = rows[at]?.row ?? { name: '', value: '', enabled: true };
  const row = { ...present, ...patch };
  // "?flag" has no "=" and keeps none until it gets a value; switching a row off and on may add one.
  const bare = rows[at]?.piece?.includes('=') === false && row.value === '';
  const piece = row.enabled ? paramText(row, bare) : null;
  return written(source.url, [...rows.slice(0, at), { row, piece }, ...rows.slice(at + 1)]);
}

export function removeParam(source: ParamSource, at: number): ParamSource {
  const rows = mixed(source.url, source.offParams);
  return written(
    source.url,
    rows.filter((_, index) => index !== at),
  );
}

/** `url` with one more parameter, encoded. */
export function addParam(url: string, name: string, value: string): string {
  const { before, query, hash } = addressParts(url);
  const piece = paramText({ name, value }, false);
  return `${before}?${query === null || query === '' ? '' : `${query}&`}${piece}${hash}`;
}

/** Text for a name or a value in a query: everything that could mean something else there is percent-encoded. */
export function queryEncoded(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~!$'()*,;:@/?[\]]/gu, percentEncoded);
}

function percentEncoded(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function paramText({ name, value }: Pick<ParamRow, 'name' | 'value'>, bare: boolean): string {
  if (name === '' && value === '') return '';
  return bare ? aroundVariables(name) : `${aroundVariables(name)}=${aroundVariables(value)}`;
}

function aroundVariables(text: string): string {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : queryEncoded(part)))
    .join('');
}

interface MixedRow {
  readonly row: ParamRow;
  /** As it stands in the URL; null when it is switched off. */
  readonly piece: string | null;
}

function mixed(url: string, offParams: readonly OffParam[]): readonly MixedRow[] {
  const { query } = addressParts(url);
  const rows: MixedRow[] =
    query === null || query === '' ? [] : query.split('&').map((piece) => ({ row: readPiece(piece), piece }));
  for (const { at, name, value } of [...offParams].sort((a, b) => a.at - b.at))
    rows.splice(at, 0, { row: { name, value, enabled: false }, piece: null });
  return rows;
}

function written(url: string, rows: readonly MixedRow[]): ParamSource {
  const { before, hash } = addressParts(url);
  const pieces = rows.flatMap(({ piece }) => (piece === null ? [] : [piece]));
  const query = pieces.join('&');
  return {
    url: `${before}${query === '' ? '' : `?${query}`}${hash}`,
    offParams: rows.flatMap(({ row: { name, value }, piece }, at) =>
      piece === null ? [{ at, name, value }] : [],
    ),
  };
}

function readPiece(piece: string): ParamRow {
  const at = piece.indexOf('=');
  const name = at < 0 ? piece : piece.slice(0, at);
  return { name: decoded(name), value: at < 0 ? '' : decoded(piece.slice(at + 1)), enabled: true };
}

/** Text that is no valid encoding is shown as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A "?" or "#" inside the braces of a variable cannot be, so the first one counts. */
function addressParts(url: string): AddressParts {
  const hashAt = url.indexOf('#');
  const address = hashAt < 0 ? url : url.slice(0, hashAt);
  const hash = hashAt < 0 ? '' : url.slice(hashAt);
  const queryAt = address.indexOf('?');
  if (queryAt < 0) return { before: address, query: null, hash };
  return { before: address.slice(0, queryAt), query: address.slice(queryAt + 1), hash };
}
