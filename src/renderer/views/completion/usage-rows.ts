/** The provider's usage as rows. */
import { objectOf } from '../../../shared/chat/json-read.ts';

export interface UsageRow {
  readonly name: string;
  readonly value: string;
  readonly depth: number;
}

const MAX_USAGE_ROWS = 100;

/** The provider's usage as rows, nested objects indented. Its names are kept. */
export function usageRows(usage: Readonly<Record<string, unknown>>, depth = 0): UsageRow[] {
  const rows: UsageRow[] = [];
  for (const [name, value] of Object.entries(usage)) {
    if (value === null || rows.length >= MAX_USAGE_ROWS) continue;
    const nested = objectOf(value);
    if (nested && depth < 3) rows.push({ name, value: '', depth }, ...usageRows(nested, depth + 1));
    else rows.push({ name, value: valueText(value), depth });
  }
  return rows.slice(0, MAX_USAGE_ROWS);
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '…';
}
