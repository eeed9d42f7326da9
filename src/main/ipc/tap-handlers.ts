/** The commands about taps. */
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { TapService } from '../tap/tap-service.ts';

type TapCommand = Extract<keyof Handlers, `tap:${string}`>;

export function createTapHandlers(taps: TapService): Pick<Handlers, TapCommand> {
  return {
    'tap:list': () => taps.list(),
    'tap:save': (spec) => taps.put(spec),
    'tap:remove': ({ tapId }) => taps.remove(tapId),
    'tap:start': ({ tapId }) => taps.start(tapId),
    'tap:stop': ({ tapId }) => taps.stop(tapId),
    'tap:exchanges': ({ tapId }) => taps.exchanges(tapId),
    'tap:held': ({ tapId }) => taps.held(tapId),
    'tap:decide': ({ tapId, heldId, verdict }) => taps.decide(tapId, heldId, verdict),
  };
}
