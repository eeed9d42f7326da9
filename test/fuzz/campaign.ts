/** Plan after plan to both clients, many at once, until a number or a time is reached; what they disagree on is tried again alone. */
import { performance } from 'node:perf_hooks';
import { asBlinkReads } from './blink.ts';
import type { BrowserClient } from './browser-client.ts';
import { differenceOf } from './compare.ts';
import type { FuzzClient } from './our-client.ts';
import type { ClientLog, Plan } from './plan.ts';
import type { PlanServer } from './plan-server.ts';
import { randomPlan } from './random-plan.ts';

export interface Clients {
  readonly server: PlanServer;
  readonly browser: BrowserClient;
  readonly ours: FuzzClient;
}

export interface Trial {
  readonly browser: ClientLog;
  readonly ours: ClientLog;
  readonly difference: string | null;
}

export interface CampaignOptions {
  readonly seed: number;
  /** The first plan's number. */
  readonly from: number;
  readonly count: number;
  /** No plan is begun after this long. */
  readonly forMs: number;
  readonly atOnce: number;
  /** Now and then, with what was done so far. */
  readonly onProgress: (figures: Figures) => void;
}

export interface Figures {
  streams: number;
  connections: number;
  events: number;
  bytes: number;
  /** Differences that did not come back when the plan was tried again alone, in words. */
  unrepeated: string[];
}

export interface Finding {
  readonly number: number;
  readonly plan: Plan;
  readonly trial: Trial;
}

const PROGRESS_EVERY = 500;
/** Enough to look at. */
const MOST_FINDINGS = 10;
/** A campaign stops when this many streams differ; on a busy machine some differ once and not again. */
const MOST_SUSPECTS = 200;

/** Runs one plan on both clients. */
export async function tryPlan({ server, browser, ours }: Clients, plan: Plan): Promise<Trial> {
  const run = async (played: Plan, client: FuzzClient) => {
    const served = await server.serve(played);
    try {
      return await client(served);
    } finally {
      served.release();
    }
  };
  const departed = asBlinkReads(plan);
  const [theirs, own] = await Promise.all([
    run(plan, (served) => browser.run(served, plan)),
    run(departed, ours),
  ]);
  return { browser: theirs, ours: own, difference: differenceOf(departed, theirs, own) };
}

export async function runCampaign(
  clients: Clients,
  options: CampaignOptions,
): Promise<{ figures: Figures; findings: Finding[] }> {
  const figures: Figures = { streams: 0, connections: 0, events: 0, bytes: 0, unrepeated: [] };
  const suspects: Finding[] = [];
  const endMs = performance.now() + options.forMs;
  let next = options.from;

  const worker = async (): Promise<void> => {
    while (
      next < options.from + options.count &&
      performance.now() < endMs &&
      suspects.length < MOST_SUSPECTS
    ) {
      const number = next;
      next += 1;
      const plan = randomPlan(options.seed, number);
      const trial = await tryPlan(clients, plan);
      figures.streams += 1;
      figures.connections += trial.browser.attempts.length;
      for (const attempt of trial.browser.attempts) figures.events += attempt.events.length;
      for (const { writes } of plan.connections) for (const bytes of writes) figures.bytes += bytes.length;
      if (trial.difference !== null) suspects.push({ number, plan, trial });
      if (figures.streams % PROGRESS_EVERY === 0) options.onProgress(figures);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));

  const findings: Finding[] = [];
  for (const suspect of suspects) {
    const again = await tryPlan(clients, suspect.plan);
    if (again.difference === null)
      figures.unrepeated.push(`stream ${suspect.number}: ${suspect.trial.difference}`);
    else if (findings.length < MOST_FINDINGS) findings.push({ ...suspect, trial: again });
  }
  return { figures, findings };
}
