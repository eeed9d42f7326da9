/**
 * Several sessions started together: a request a number of times, or the same prompt to several endpoints. Each is a session like
 * any other; a notice tells how far they are and stops them all.
 */
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { Connections } from './connections.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface Run {
  readonly name: string;
  readonly endpointId: string | null;
  readonly request: RequestSpec;
}

export type RunOrder = 'together' | 'in-turn';

export interface Runs {
  /** Resolves when all have ended. */
  start(runs: readonly Run[], order: RunOrder): Promise<void>;
  dispose(): void;
}

export interface RunsDeps {
  readonly connections: Connections;
  readonly notices: Notices;
  readonly environmentId: () => string | null;
  /** Shows a session without changing the form. */
  readonly show: (sessionId: string) => void;
  /** Shows the answers of sessions side by side. */
  readonly compare: (sessionIds: readonly string[]) => void;
}

/** The most that are started at one go. */
export const MOST_RUNS = 60;

export function createRuns(deps: RunsDeps): Runs {
  const { connections, notices } = deps;
  const ends = new Set<() => void>();

  function over(sessionId: string): Promise<void> {
    return new Promise((resolve) => {
      const end = $effect.root(() => {
        $effect(() => {
          const state = connections.statuses.get(sessionId)?.state;
          const outcome = connections.session(sessionId)?.outcome;
          if (outcome === 'live' && state !== 'closed' && state !== 'failed') return;
          ends.delete(end);
          resolve();
          queueMicrotask(end);
        });
      });
      ends.add(end);
    });
  }

  return {
    async start(runs, order) {
      const begunIds: string[] = [];
      const running = new Set<string>();
      let ended = 0;
      let stopped = false;
      const stop = (): void => {
        stopped = true;
        for (const id of running) connections.stop(id);
      };
      const content = () => ({
        tone: 'busy' as const,
        text: `${ended} of ${runs.length} runs ended`,
        progress: ended / runs.length,
        action: { label: 'Stop all', run: stop },
      });
      const notice = notices.show(content());

      async function runOne(run: Run): Promise<void> {
        if (stopped) return;
        const started = await connections.start({ ...run, environmentId: deps.environmentId() });
        if (started) {
          begunIds.push(started.id);
          running.add(started.id);
          if (begunIds.length === 1) deps.show(started.id);
          if (stopped) connections.stop(started.id);
          await over(started.id);
          running.delete(started.id);
        }
        ended += 1;
        notices.change(notice, content());
      }

      if (order === 'together') await Promise.all(runs.map(runOne));
      else for (const run of runs) await runOne(run);
      const begun = begunIds.length;
      const left = runs.length - begun;
      notices.change(notice, {
        tone: left > 0 ? 'plain' : 'good',
        text: `${begun} ${begun === 1 ? 'run' : 'runs'} ended${left > 0 ? `, ${left} not started` : ''}`,
        action: begun < 2 ? null : { label: 'Compare', run: () => deps.compare(begunIds) },
      });
    },
    dispose() {
      for (const end of ends) end();
    },
  };
}
