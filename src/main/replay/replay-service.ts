/**
 * The replays of the app: which there are, of which session, with which options and faults. Each is a server of its own. Owns what is
 * told about them, and the fault script beside a session.
 */
import type { Clock } from '../../shared/base/clock.ts';
import { NO_FAULTS, type FaultPlan } from '../../shared/faults/fault.ts';
import { parseFaults } from '../../shared/faults/parse-faults.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import { DEFAULT_REPLAY, type ReplayOptions } from '../../shared/replay/replay-options.ts';
import type { ReplayClient, ReplayControl, ReplayInfo } from '../../shared/replay/replay-status.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { readFaultFile, writeFaultFile } from './fault-file.ts';
import { createRecording } from './recording.ts';
import { createReplayServer, type ReplayServer } from './replay-server.ts';

export interface ReplayServiceDeps {
  /** Opens a session for reading. */
  readonly hold: (
    sessionId: string,
  ) => Promise<{ readonly reader: SessionReader; readonly release: () => void }>;
  readonly nameOf: (sessionId: string) => Promise<string>;
  readonly folderOf: (sessionId: string) => string;
  readonly byteText: ByteText;
  readonly clock: Clock;
  /** At most a few times a second. */
  readonly onChanged: (replays: readonly ReplayInfo[]) => void;
}

export interface ReplayService {
  list(): readonly ReplayInfo[];
  /** The session's replay; one that is not started yet, when it has none. */
  open(sessionId: string): Promise<ReplayInfo>;
  /** Throws `CodedError` when the port is taken or there is nothing to serve. */
  start(replayId: string): Promise<void>;
  stop(replayId: string): Promise<void>;
  remove(replayId: string): Promise<void>;
  /** Holds for requests from now on. Throws `CodedError` when the script cannot be read. */
  update(replayId: string, options: ReplayOptions, faults: string): void;
  /** Keeps the script beside the session. */
  saveFaults(replayId: string): Promise<void>;
  /** `client`: its number; null: all. */
  control(replayId: string, client: number | null, action: ReplayControl): void;
  forgetAttempts(replayId: string): void;
  /** The session is going to be removed. */
  endOf(sessionId: string): Promise<void>;
  close(): Promise<void>;
}

interface Replay {
  readonly id: string;
  readonly sessionId: string;
  readonly name: string;
  options: ReplayOptions;
  faults: string;
  /** The script beside the session. */
  saved: string;
  plan: FaultPlan;
  run: Run | null;
  /** Of the run before, when none is on. */
  last: { readonly clients: readonly ReplayClient[]; readonly requests: number };
  path: string;
  durationMs: number;
  bodyBytes: number;
}

interface Run {
  readonly server: ReplayServer;
  readonly origin: string;
  readonly release: () => void;
}

const TELL_EVERY_MS = 200;
const CLOCKS_EVERY_MS = 1000;

export function createReplayService(deps: ReplayServiceDeps): ReplayService {
  const { byteText, clock } = deps;
  const replays = new Map<string, Replay>();
  const opening = new Map<string, Promise<Replay>>();
  let telling: ReturnType<typeof setTimeout> | null = null;
  /** What changed is told in a moment. */
  let soon = false;
  let made = 0;

  function changed(): void {
    if (soon) return;
    if (telling) clearTimeout(telling);
    soon = true;
    telling = setTimeout(tell, TELL_EVERY_MS);
  }

  function tell(): void {
    soon = false;
    deps.onChanged(list());
    // Clocks go on although nothing happens.
    const anyActive = [...replays.values()].some(({ run }) => (run?.server.active ?? 0) > 0);
    telling = anyActive ? setTimeout(tell, CLOCKS_EVERY_MS) : null;
  }

  function list(): readonly ReplayInfo[] {
    return [...replays.values()].map(infoOf);
  }

  function found(replayId: string): Replay {
    const replay = replays.get(replayId);
    if (!replay) throw new CodedError('not-found', 'This replay is not there any more.');
    return replay;
  }

  async function openOf(sessionId: string): Promise<Replay> {
    const known = [...replays.values()].find((replay) => replay.sessionId === sessionId);
    if (known) return known;
    const [name, saved, held] = await Promise.all([
      deps.nameOf(sessionId),
      readFaultFile(deps.folderOf(sessionId)),
      deps.hold(sessionId),
    ]);
    try {
      const takes = await createRecording(held.reader, byteText).takes();
      const parsed = parseFaults(saved);
      made += 1;
      const replay: Replay = {
        id: `replay-${made}`,
        sessionId,
        name,
        options: DEFAULT_REPLAY,
        faults: saved,
        saved,
        plan: parsed.ok ? parsed.plan : NO_FAULTS,
        run: null,
        last: { clients: [], requests: 0 },
        path: takes.path,
        durationMs: held.reader.lastAtMs,
        bodyBytes: held.reader.wireBytes,
      };
      replays.set(replay.id, replay);
      changed();
      return replay;
    } finally {
      held.release();
    }
  }

  async function start(replay: Replay): Promise<void> {
    if (replay.run) return;
    // A script that was saved with a mistake must not quietly count as none.
    replay.plan = planOf(replay.faults);
    const { reader, release } = await deps.hold(replay.sessionId);
    try {
      const recording = createRecording(reader, byteText);
      if ((await recording.takes()).each.length === 0)
        throw new CodedError('not-found', 'This session has no answer that could be served.');
      const { plan, options } = replay;
      const onOver = (): void => {};
      const server = createReplayServer({ recording, plan, options, clock, onChange: changed, onOver });
      const origin = await server.start(options.port);
      replay.run = { server, origin, release };
      changed();
    } catch (error) {
      release();
      throw error;
    }
  }

  async function stop(replay: Replay): Promise<void> {
    const { run } = replay;
    if (!run) return;
    replay.run = null;
    await run.server.stop();
    run.release();
    replay.last = { clients: run.server.clients(), requests: run.server.requests };
    changed();
  }

  async function remove(replay: Replay): Promise<void> {
    await stop(replay);
    replays.delete(replay.id);
    changed();
  }

  return {
    list,
    async open(sessionId) {
      // Asked for twice at once it is still one.
      const replay = opening.get(sessionId) ?? openOf(sessionId);
      opening.set(sessionId, replay);
      try {
        return infoOf(await replay);
      } finally {
        opening.delete(sessionId);
      }
    },
    start: (replayId) => start(found(replayId)),
    stop: (replayId) => stop(found(replayId)),
    remove: (replayId) => remove(found(replayId)),
    update(replayId, options, faults) {
      const replay = found(replayId);
      replay.plan = planOf(faults);
      replay.options = options;
      replay.faults = faults;
      replay.run?.server.use(replay.plan, options);
      changed();
    },
    async saveFaults(replayId) {
      const replay = found(replayId);
      const { faults } = replay;
      await writeFaultFile(deps.folderOf(replay.sessionId), faults);
      replay.saved = faults;
      changed();
    },
    control: (replayId, client, action) => found(replayId).run?.server.control(action, client),
    forgetAttempts: (replayId) => found(replayId).run?.server.forgetAttempts(),
    async endOf(sessionId) {
      for (const replay of [...replays.values()]) if (replay.sessionId === sessionId) await remove(replay);
    },
    async close() {
      await Promise.all([...replays.values()].map(remove));
      if (telling) clearTimeout(telling);
    },
  };
}

function infoOf(replay: Replay): ReplayInfo {
  const { id, sessionId, name, options, faults, run, durationMs, bodyBytes, path } = replay;
  const served = run?.server;
  return {
    id,
    sessionId,
    name,
    state: run ? 'running' : 'stopped',
    url: run ? `${run.origin}${path}` : '',
    options,
    faults,
    faultsSaved: faults === replay.saved,
    durationMs,
    bodyBytes,
    clients: served?.clients() ?? replay.last.clients,
    requests: served?.requests ?? replay.last.requests,
    active: served?.active ?? 0,
  };
}

function planOf(script: string): FaultPlan {
  const parsed = parseFaults(script);
  if (parsed.ok) return parsed.plan;
  const [first] = parsed.problems;
  throw new CodedError(
    'bad-arguments',
    `The fault script cannot be read, line ${first?.line ?? 1}: ${first?.message ?? ''}`,
  );
}
