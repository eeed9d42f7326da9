/** From rounds to rows: medians, their spread, and whether a goal is met. */

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/**
 * A row of the table. `pairs` has `[ours, peer]` of each round: the ratio is the median of the rounds' ratios, because a machine
 * that slows down for a while slows both. `target` is `{ atLeast }`, `{ atMost }` or null for a row that only informs; `better` is
 * then `more` (default) or `less`.
 */
export function ratioRow({ id, what, unit, pairs, target, better }) {
  const ratios = pairs.map(([ours, peer]) => ours / peer);
  const ratio = median(ratios);
  return {
    id,
    what,
    unit,
    ours: median(pairs.map(([ours]) => ours)),
    peer: median(pairs.map(([, peer]) => peer)),
    ratio,
    spread: spreadOf(ratios),
    target: targetText(target),
    met: isMet(ratio, target),
    better: direction(target, better),
  };
}

/** A row whose goal is a figure and not a ratio. */
export function valueRow({ id, what, unit, values, target, better }) {
  const ours = median(values);
  return {
    id,
    what,
    unit,
    ours,
    peer: null,
    ratio: null,
    spread: spreadOf(values),
    target: targetText(target),
    met: isMet(ours, target),
    better: direction(target, better),
  };
}

/** A row as `--json` prints it. */
export function goalOf({ id, what, ours, peer, ratio, target, met }) {
  return { id, what, ours, peer, ratio, target, met };
}

const spreadOf = (values) => [Math.min(...values), Math.max(...values)];

function direction(target, better) {
  if (!target) return better ?? 'more';
  return target.atLeast !== undefined ? 'more' : 'less';
}

function targetText(target) {
  if (!target) return null;
  return target.atLeast !== undefined ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
}

function isMet(value, target) {
  if (!target) return null;
  return target.atLeast !== undefined ? value >= target.atLeast : value <= target.atMost;
}
