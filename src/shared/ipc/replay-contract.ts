/** The commands about replays. */
import type { ReplayInfo } from '../replay/replay-status.ts';
import { command } from './contract-shape.ts';
import { nothing, sessionRef } from './parse-arguments.ts';
import { controlReplay, replayRef, updateReplay } from './parse-replay.ts';

export const replayCommands = {
  'replay:list': command(nothing).returns<readonly ReplayInfo[]>(),
  /** The session's replay; one that is not started yet, when it has none. */
  'replay:open': command(sessionRef).returns<ReplayInfo>(),
  'replay:start': command(replayRef).returns<void>(),
  'replay:stop': command(replayRef).returns<void>(),
  'replay:remove': command(replayRef).returns<void>(),
  /** Options and fault script for requests from now on. */
  'replay:update': command(updateReplay).returns<void>(),
  /** Keeps the fault script beside the session. */
  'replay:save-faults': command(replayRef).returns<void>(),
  'replay:control': command(controlReplay).returns<void>(),
  'replay:forget-attempts': command(replayRef).returns<void>(),
} as const;
