/** The commands about replays. */
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { ReplayService } from '../replay/replay-service.ts';

type ReplayCommands = Extract<keyof Handlers, `replay:${string}`>;

export function createReplayHandlers(replays: ReplayService): Pick<Handlers, ReplayCommands> {
  return {
    'replay:list': () => replays.list(),
    'replay:open': ({ sessionId }) => replays.open(sessionId),
    'replay:start': ({ replayId }) => replays.start(replayId),
    'replay:stop': ({ replayId }) => replays.stop(replayId),
    'replay:remove': ({ replayId }) => replays.remove(replayId),
    'replay:update': ({ replayId, options, faults }) => replays.update(replayId, options, faults),
    'replay:save-faults': ({ replayId }) => replays.saveFaults(replayId),
    'replay:control': ({ replayId, client, action }) => replays.control(replayId, client, action),
    'replay:forget-attempts': ({ replayId }) => replays.forgetAttempts(replayId),
  };
}
