/** The options of an export on the command line, which `convert` and `sessions export` share, and what they mean. */
import { ARCHIVE_EXTENSION } from '../../main/archive/archive-format.ts';
import type { ExportRange, Exporter } from '../../shared/export/exporter.ts';
import { exporterForName } from '../../shared/export/format-of-name.ts';
import type { Query } from '../../shared/filter/query.ts';
import { UsageError } from '../command.ts';
import type { OperandDeclaration, OptionTable } from '../declaration.ts';
import { readQuery } from '../query-hits.ts';

export const OUT_OPERAND: OperandDeclaration = {
  name: 'OUT',
  completes: 'file',
  help: 'The file to write, whose extension says what; - for standard output, with --to.',
};

/** `exporters` are those that need no folder; a session as one file is known besides. */
export function exportOptions(exporters: readonly Exporter[]) {
  const formats = [...exporters.map(({ id }) => id), ARCHIVE_EXTENSION];
  return {
    to: {
      type: 'string',
      value: 'FORMAT',
      values: formats,
      help: `What is written, whatever OUT is called: ${formats.join(', ')}.`,
    },
    range: {
      type: 'string',
      value: 'FROM-TO',
      help: 'Only the entries with these numbers, both included, counted from 0; FROM- for all from there on.',
    },
    filter: {
      type: 'string',
      value: 'QUERY',
      help: 'Only the entries that match, such as "type:goal"; docs/query-language.md has the language.',
    },
    'include-secrets': {
      type: 'boolean',
      help: 'Leave credentials in. Without it they are taken out, and their number is told.',
    },
    force: { type: 'boolean', help: 'Replace a file that is there already.' },
  } as const satisfies OptionTable;
}

/** As the parser gives them. */
export interface ExportValues {
  readonly to?: string | undefined;
  readonly range?: string | undefined;
  readonly filter?: string | undefined;
  readonly 'include-secrets'?: boolean | undefined;
  readonly force?: boolean | undefined;
}

/** A session in one file is packed, and everything else is written by an exporter. */
export type WrittenAs =
  { readonly as: 'export'; readonly exporter: Exporter } | { readonly as: 'session-file' };

export interface ExportOrder {
  readonly out: string;
  readonly format: WrittenAs;
  /** null: all of it. `to` is Infinity for the end. */
  readonly range: ExportRange | null;
  readonly query: Query | null;
  readonly includeSecrets: boolean;
  readonly force: boolean;
}

/** Throws a UsageError. */
export function readExportOrder(
  out: string,
  values: ExportValues,
  exporters: readonly Exporter[],
): ExportOrder {
  return {
    out,
    format: readFormat(out, values.to, exporters),
    range: values.range === undefined ? null : readRange(values.range),
    query: values.filter === undefined ? null : readQuery(values.filter, '--filter'),
    includeSecrets: values['include-secrets'] === true,
    force: values.force === true,
  };
}

function readFormat(out: string, to: string | undefined, exporters: readonly Exporter[]): WrittenAs {
  const known = [...exporters.map(({ id }) => id), ARCHIVE_EXTENSION].join(', ');
  if (to === ARCHIVE_EXTENSION) return { as: 'session-file' };
  if (to !== undefined) {
    const exporter = exporters.find(({ id }) => id === to);
    if (!exporter) throw new UsageError(`--to knows ${known}, and not "${to}".`);
    return { as: 'export', exporter };
  }
  if (out === '-')
    throw new UsageError(`Standard output has no extension: --to says what is written: ${known}.`);
  if (out.toLowerCase().endsWith(`.${ARCHIVE_EXTENSION}`)) return { as: 'session-file' };
  const exporter = /\.[^./\\]+$/.test(out) ? exporterForName(exporters, out) : undefined;
  if (!exporter)
    throw new UsageError(`The name "${out}" does not say what is to be written; --to does: ${known}.`);
  return { as: 'export', exporter };
}

function readRange(text: string): ExportRange {
  const [, first, last] = /^#?(\d+)-(?:#?(\d+))?$/.exec(text.trim()) ?? [];
  if (first === undefined) throw new UsageError(`--range is FROM-TO, such as 10-20, and not "${text}".`);
  const from = Number(first);
  const to = last === undefined ? Infinity : Number(last) + 1;
  if (to <= from) throw new UsageError(`--range ${text} ends before it begins.`);
  return { from, to };
}
