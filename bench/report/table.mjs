/** The rows as Markdown, for the terminal and for docs/performance.md. */

export const number = (value) => {
  if (value === null || value === undefined) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
};

const metText = { true: 'yes', false: 'NO', null: '' };

export function table(rows) {
  const head =
    '| what | unit | ours | peer | ratio | spread | target | met |\n|---|---|--:|--:|--:|---|---|---|';
  const lines = rows.map((row) => {
    const spread = row.spread.map(number).join(' to ');
    const cells = [row.what, row.unit, number(row.ours), number(row.peer), number(row.ratio), spread];
    return `| ${[...cells, row.target ?? '', metText[row.met]].join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}
