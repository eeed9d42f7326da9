/** Parsers of the arguments of imports and exports. */
import type { ExportRange } from '../export/exporter.ts';
import { bad, fields, flag, identifier, integer, kinds, list, oneOf, text } from './argument-fields.ts';
import type { ExportScope, StartExport } from './exchange.ts';

/** A piece of a file is not larger than this. */
export const MOST_PIECE_BYTES = 8 * 1024 * 1024;

export function startExport(value: unknown): StartExport {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    formatId: identifier(from, 'formatId'),
    scope: exportScope(from['scope']),
    includeSecrets: flag(from, 'includeSecrets'),
  };
}

export function lookAtExport(value: unknown): { readonly sessionId: string; readonly scope: ExportScope } {
  const from = fields(value);
  return { sessionId: identifier(from, 'sessionId'), scope: exportScope(from['scope']) };
}

function exportScope(value: unknown): ExportScope {
  const from = fields(value, '"scope"');
  switch (oneOf(from, 'kind', ['all', 'range', 'filter'] as const)) {
    case 'range':
      return { kind: 'range', range: exportRange(from['range']) };
    case 'filter': {
      const filter = fields(from['filter'], '"filter"');
      return {
        kind: 'filter',
        filter: { hiddenKinds: kinds(filter, 'hiddenKinds'), text: text(filter, 'text', 65_536) },
      };
    }
    default:
      return { kind: 'all' };
  }
}

function exportRange(value: unknown): ExportRange {
  const from = fields(value, '"range"');
  const range = { from: integer(from, 'from'), to: integer(from, 'to') };
  if (range.to < range.from) bad('"range" ends before it begins');
  return range;
}

export function beginImport(value: unknown): { readonly name: string } {
  return { name: text(fields(value), 'name', 1024) };
}

export function importRef(value: unknown): { readonly importId: string } {
  return { importId: identifier(fields(value), 'importId') };
}

export function importPiece(value: unknown): { readonly importId: string; readonly bytes: Uint8Array } {
  const from = fields(value);
  const { bytes } = from;
  if (!(bytes instanceof Uint8Array)) bad('"bytes" must be bytes');
  if (bytes.length > MOST_PIECE_BYTES) bad(`"bytes" are more than ${MOST_PIECE_BYTES}`);
  return { importId: identifier(from, 'importId'), bytes };
}

export function runImport(value: unknown): { readonly importId: string; readonly chosen: readonly number[] } {
  const from = fields(value);
  const chosen = list(from, 'chosen', 100_000).map((at) => integer({ at }, 'at'));
  return { importId: identifier(from, 'importId'), chosen: [...new Set(chosen)] };
}
