/**
 * A run against the one that was written last. Ratios are compared where there are some, because absolute figures follow the
 * machine. A row is worse when it is worse by more than SLACK and lies outside of what the written run spread over.
 */
import { number } from './table.mjs';

const SLACK = 0.1;

/** `{ table, worse }`: Markdown, and the ids of rows that became worse. */
export function compareRuns(before, rows) {
  const lines = [];
  const worse = [];
  for (const row of rows) {
    const old = before.find(({ id }) => id === row.id);
    const now = row.ratio ?? row.ours;
    const then = old ? (old.ratio ?? old.ours) : null;
    const verdict = old ? verdictOf(row, now, then, old.spread) : 'new';
    if (verdict === 'WORSE') worse.push(row.id);
    const change = then === null || then === 0 ? '' : `${number((100 * (now - then)) / then)} %`;
    lines.push(`| ${[row.what, number(then), number(now), change, row.target ?? '', verdict].join(' | ')} |`);
  }
  const head = '| what | written | now | change | target | |\n|---|--:|--:|--:|---|---|';
  return { table: [head, ...lines].join('\n'), worse };
}

function verdictOf({ better }, now, then, [least, most]) {
  if (better === 'more') {
    if (now < then * (1 - SLACK) && now < least) return 'WORSE';
    return now > then * (1 + SLACK) && now > most ? 'better' : 'same';
  }
  if (now > then * (1 + SLACK) && now > most) return 'WORSE';
  return now < then * (1 - SLACK) && now < least ? 'better' : 'same';
}
