/**
 * Cells of RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins
 * with an apostrophe, so that reading takes exactly that one away again.
 */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r']/;

export function guarded(text: string): string {
  return LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

export function unguarded(cell: string): string {
  return cell.startsWith("'") && LOOKS_LIKE_FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

export function csvCell(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
