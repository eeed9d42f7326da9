/** Makes a failing plan small: drops connections, joins writes and takes bytes out for as long as it goes on failing. */
import { performance } from 'node:perf_hooks';
import { bodyOf, CONTENT_TYPES, type Plan, type PlannedConnection } from './plan.ts';

/** @param fails whether a plan still shows the failure @param forMs when to be content with what was reached: each trial is a real connection, and may have to wait */
export async function shrunkPlan(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  forMs = 60_000,
): Promise<Plan> {
  let best = plan;
  const endMs = performance.now() + forMs;
  const keep = async (candidate: Plan): Promise<boolean> => {
    if (performance.now() > endMs || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };

  for (let at = best.connections.length - 1; at >= 0 && best.connections.length > 1; at -= 1) {
    await keep({ ...best, connections: best.connections.filter((_, index) => index !== at) });
  }
  await keep({ ...best, final: 'no-content' });
  for (let at = 0; at < best.connections.length; at += 1) {
    const whole = best.connections[at] as PlannedConnection;
    await keep(withConnection(best, at, { ...whole, framing: 'until-close', contentType: CONTENT_TYPES[0] }));
    const cut = best.connections[at] as PlannedConnection;
    await keep(withConnection(best, at, { ...cut, writes: [bodyOf(cut)] }));
    await withoutBytes(at);
  }
  return best;

  async function withoutBytes(at: number): Promise<void> {
    const size = (): number => bodyOf(best.connections[at] as PlannedConnection).length;
    for (let span = Math.ceil(size() / 2); span >= 1; span = span === 1 ? 0 : Math.ceil(span / 2)) {
      for (let from = 0; from < size();) {
        const connection = best.connections[at] as PlannedConnection;
        const shorter = { ...connection, writes: without(connection.writes, from, span) };
        if (!(await keep(withConnection(best, at, shorter)))) from += span;
      }
    }
  }
}

function withConnection(plan: Plan, at: number, connection: PlannedConnection): Plan {
  return { ...plan, connections: plan.connections.map((old, index) => (index === at ? connection : old)) };
}

/** The writes without `span` bytes from `from` on; the other cuts stay where they are. */
function without(writes: readonly Uint8Array[], from: number, span: number): Uint8Array[] {
  const kept: Uint8Array[] = [];
  let at = 0;
  for (const bytes of writes) {
    const first = Math.min(Math.max(from - at, 0), bytes.length);
    const last = Math.min(Math.max(from + span - at, 0), bytes.length);
    const rest = Buffer.concat([bytes.subarray(0, first), bytes.subarray(last)]);
    if (rest.length > 0) kept.push(rest);
    at += bytes.length;
  }
  return kept;
}
