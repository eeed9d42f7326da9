/**
 * What was measured of one or more answers as a table: a row a metric, a column an answer, the server's own numbers below. Texts
 * have units in them in Markdown, for people; TSV has plain numbers, for a spreadsheet.
 */
import { DEFINITIONS, definitionOf } from './definitions.ts';
import type { MeasuredAnswer } from './measured-answer.ts';
import type { Basis, MetricId, MetricUnit } from './metric.ts';
import { roundedFigure } from './rebuilt-metrics.ts';

export interface TableCell {
  readonly value: number;
  readonly basis: Basis;
  readonly note: string;
  readonly seq: number | null;
}

export interface TableRow {
  /** A metric's id, or the server's own name. */
  readonly key: string;
  readonly id: MetricId | null;
  readonly label: string;
  readonly unit: MetricUnit;
  readonly definition: string;
  /** One a column; null where it is not known. */
  readonly cells: readonly (TableCell | null)[];
  /** Columns with the best value; none where it does not matter or all are the same. */
  readonly best: readonly number[];
}

export interface MetricsTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableColumn {
  readonly name: string;
  readonly answer: MeasuredAnswer;
}

export function metricsTable(columns: readonly TableColumn[]): MetricsTable {
  const rows = DEFINITIONS.flatMap(({ id }): TableRow[] => {
    const metrics = columns.map(({ answer }) => answer.metrics.find((metric) => metric.id === id) ?? null);
    const some = metrics.find((metric) => metric !== null);
    if (!some) return [];
    const cells = metrics.map(
      (metric): TableCell | null =>
        metric && { value: metric.value, basis: metric.basis, note: metric.note, seq: metric.seq },
    );
    const { label, unit, definition } = some;
    return [{ key: id, id, label, unit, definition, cells, best: bestOf(cells, definitionOf(id).less) }];
  });
  return { columns: columns.map(({ name }) => name), rows: [...rows, ...reportedRows(columns)] };
}

/** By name and unit: two servers of a kind stand in one row. */
function reportedRows(columns: readonly TableColumn[]): TableRow[] {
  const rows = new Map<string, TableRow>();
  for (const [column, { answer }] of columns.entries()) {
    for (const { name, value, unit, seq, beside } of answer.reported) {
      const key = `server ${name} ${unit}`;
      const cells = [...(rows.get(key)?.cells ?? columns.map(() => null))];
      cells[column] = { value, basis: 'reported', note: '', seq };
      const definition =
        beside === null
          ? 'The server’s own number.'
          : `The server’s own number; it stands beside “${definitionOf(beside).label}”.`;
      rows.set(key, { key, id: null, label: name, unit, definition, cells, best: [] });
    }
  }
  return [...rows.values()];
}

function bestOf(cells: readonly (TableCell | null)[], less: boolean | null): number[] {
  const values = cells.flatMap((cell) => (cell ? [cell.value] : []));
  if (less === null || values.length < 2) return [];
  const best = less ? Math.min(...values) : Math.max(...values);
  if (values.every((value) => value === best)) return [];
  return cells.flatMap((cell, column) => (cell?.value === best ? [column] : []));
}

const UNITS: Readonly<Record<MetricUnit, string>> = { ms: 'ms', 'per-second': '1/s', count: '' };

/** Tab-separated, with a head line; a cell that is not known is empty. */
export function tsvTable({ columns, rows }: MetricsTable): string {
  const several = columns.flatMap((name) => [plain(name), `${plain(name)}, basis`]);
  const lines = rows.map(({ label, unit, cells }) =>
    [
      plain(label),
      UNITS[unit],
      ...cells.flatMap((cell) => (cell ? [String(roundedFigure(cell.value)), cell.basis] : ['', ''])),
    ].join('\t'),
  );
  return `${[['Metric', 'Unit', ...several].join('\t'), ...lines].join('\n')}\n`;
}

export function markdownTable({ columns, rows }: MetricsTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map(({ label, unit, cells }) =>
    line([
      escaped(label),
      ...cells.map((cell) => {
        if (!cell) return '–';
        const basis = cell.basis === 'measured' ? '' : ` (${cell.basis})`;
        const value = `${String(roundedFigure(cell.value))} ${UNITS[unit]}`.trimEnd();
        return `${value}${basis}`;
      }),
    ]),
  );
  const rule = `|---|${columns.map(() => '--:|').join('')}`;
  return `${[line(['Metric', ...columns.map(escaped)]), rule, ...body].join('\n')}\n`;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function escaped(text: string): string {
  return plain(text).replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
