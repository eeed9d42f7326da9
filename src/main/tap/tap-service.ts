/** All taps of the app: which there are, which run, and what is told of them. Changes are told together, a few times a second. */
import { CodedError } from '../../shared/ipc/envelope.ts';
import { ruleProblem } from '../../shared/tap/rule-book.ts';
import type { TapSpec } from '../../shared/tap/tap-spec.ts';
import type {
  HeldEvent,
  HeldVerdict,
  TapExchange,
  TapRunState,
  TapStatus,
} from '../../shared/tap/tap-state.ts';
import { readTarget } from '../../shared/tap/target-url.ts';
import { startTap, type RunningTap, type RunningTapDeps } from './running-tap.ts';

export interface TapServiceDeps extends Omit<RunningTapDeps, 'onChanged' | 'onHeldChanged'> {
  /** Of the last run. */
  readonly specs: readonly TapSpec[];
  readonly save: (specs: readonly TapSpec[]) => void;
  /** Told after changes, all of them each time. */
  readonly onStatus: (taps: readonly TapStatus[]) => void;
}

export interface TapService {
  list(): readonly TapStatus[];
  /** Adds a tap or changes one. What listens elsewhere or leads elsewhere starts anew. Throws `CodedError`. */
  put(spec: TapSpec): Promise<void>;
  /** Stops it; its sessions stay. */
  remove(tapId: string): Promise<void>;
  /** Throws `CodedError` with what is wrong, which the state says too. */
  start(tapId: string): Promise<void>;
  stop(tapId: string): Promise<void>;
  /** Newest first; empty for one that does not run. */
  exchanges(tapId: string): readonly TapExchange[];
  held(tapId: string): readonly HeldEvent[];
  decide(tapId: string, heldId: number, verdict: HeldVerdict): void;
  /** Starts those that start with the app; what fails is said in their state. */
  startAll(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  spec: TapSpec;
  run: TapRunState;
  running: RunningTap | null;
  /** What is done to it, one thing after the other. */
  turn: Promise<void>;
}

/** How long changes gather before they are told. */
const TELL_MS = 200;
const STOPPED: TapRunState = { kind: 'stopped' };

export function createTapService(deps: TapServiceDeps): TapService {
  const entries = new Map<string, Entry>(
    deps.specs.map((spec) => [spec.id, { spec, run: STOPPED, running: null, turn: Promise.resolve() }]),
  );
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const list = () =>
    [...entries.values()].map(({ spec, run, running }): TapStatus => ({
      spec,
      run,
      requests: running?.requests ?? 0,
      open: running?.open ?? 0,
      held: running?.held.count ?? 0,
    }));
  const tell = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!closed) deps.onStatus(list());
  };
  const tellSoon = () => {
    if (!closed) timer ??= setTimeout(tell, TELL_MS);
  };
  const save = () => deps.save([...entries.values()].map(({ spec }) => spec));

  const entryOf = (tapId: string): Entry => {
    const entry = entries.get(tapId);
    if (!entry) throw new CodedError('not-found', 'This tap is not there any more.');
    return entry;
  };
  const inTurn = (entry: Entry, act: () => Promise<void>): Promise<void> => {
    const turn = entry.turn.then(act);
    entry.turn = turn.catch(() => undefined);
    return turn;
  };

  const startNow = async (entry: Entry): Promise<void> => {
    if (entry.running || closed) return;
    entry.run = { kind: 'starting' };
    tell();
    try {
      const running = await startTap(entry.spec, { ...deps, onChanged: tellSoon, onHeldChanged: tell });
      entry.running = running;
      entry.run = { kind: 'running', port: running.port, address: running.address };
    } catch (error) {
      entry.run = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
      throw error;
    } finally {
      tell();
    }
  };
  const stopNow = async (entry: Entry): Promise<void> => {
    const { running } = entry;
    entry.running = null;
    await running?.stop();
    entry.run = STOPPED;
    tell();
  };

  return {
    list,
    async put(spec) {
      const target = readTarget(spec.target);
      if (!target.ok) throw new CodedError('bad-arguments', target.message);
      for (const [at, rule] of spec.rules.entries()) {
        const problem = ruleProblem(rule);
        if (problem !== null) throw new CodedError('bad-arguments', `Rule ${at + 1}: ${problem}`);
      }
      const known = entries.get(spec.id);
      const entry = known ?? { spec, run: STOPPED, running: null, turn: Promise.resolve() };
      const before = entry.spec;
      entry.spec = spec;
      entries.set(spec.id, entry);
      save();
      tell();
      if (!entry.running) return;
      if (listensAlike(before, spec)) entry.running.change(spec);
      else {
        await inTurn(entry, () => stopNow(entry));
        await inTurn(entry, () => startNow(entry));
      }
    },
    async remove(tapId) {
      const entry = entryOf(tapId);
      entries.delete(tapId);
      save();
      tell();
      await inTurn(entry, () => stopNow(entry));
    },
    start(tapId) {
      const entry = entryOf(tapId);
      return inTurn(entry, () => startNow(entry));
    },
    stop(tapId) {
      const entry = entryOf(tapId);
      return inTurn(entry, () => stopNow(entry));
    },
    exchanges: (tapId) => entryOf(tapId).running?.exchanges() ?? [],
    held: (tapId) => entryOf(tapId).running?.held.list() ?? [],
    decide(tapId, heldId, verdict) {
      const { running } = entryOf(tapId);
      if (!running) throw new CodedError('not-found', 'This tap does not run.');
      running.held.decide(heldId, verdict);
    },
    async startAll() {
      const starting = [...entries.values()].filter(({ spec }) => spec.autoStart);
      await Promise.allSettled(starting.map((entry) => inTurn(entry, () => startNow(entry))));
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await Promise.all([...entries.values()].map((entry) => inTurn(entry, () => stopNow(entry))));
    },
  };
}

function listensAlike(a: TapSpec, b: TapSpec): boolean {
  const way = ({ target, port, bind, transport }: TapSpec) => JSON.stringify([target, port, bind, transport]);
  return way(a) === way(b);
}
